/** Names of statuses, as Keystone gives them beside the code. */
const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
}

/** The body of an error (https://docs.openstack.org/api-ref/identity/v3/). */
export function keystoneFault(fault: { readonly status: number; readonly message: string }): {
  readonly error: { readonly code: number; readonly message: string; readonly title: string }
} {
  const { status, message } = fault
  const isUnknown = status === 401
  return {
    error: {
      code: status,
      message: isUnknown ? 'The request you have made requires authentication.' : message,
      title: titles[status] ?? 'Error',
    },
  }
}
