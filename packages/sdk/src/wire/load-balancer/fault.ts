/**
 * The body of an error
 * (https://docs.openstack.org/api-ref/load-balancer/v2/#general-api-information).
 */
export function octaviaFault(error: {
  readonly status: number
  readonly message: string
}): Readonly<Record<string, unknown>> {
  const { status, message } = error
  const faultcode = status < 500 ? 'Client' : 'Server'
  return { faultcode, faultstring: message, debuginfo: null }
}
