import type { ErrorCode } from '@nephos/core'

/** Codes that clients tell errors apart by (placement's api-ref, "Errors"). */
const codes: Readonly<Record<string, string>> = {
  generation: 'placement.concurrent_update',
  name: 'placement.duplicate_name',
  inventoryInUse: 'placement.inventory.inuse',
  inUse: 'placement.resource_provider.inuse',
  children: 'placement.resource_provider.cannot_delete_parent',
  query: 'placement.query.bad_value',
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/** An error as Placement tells it. */
export function placementFault(fault: {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
  readonly detail: Readonly<Record<string, unknown>> | undefined
  readonly requestId: string
}): object {
  const reason = fault.detail?.['reason']
  const known = typeof reason === 'string' ? codes[reason] : undefined
  const code = known ?? (fault.code === 'stale' ? codes['generation'] : undefined)
  return {
    errors: [
      {
        status: fault.status,
        title: titles[fault.status] ?? 'Error',
        detail: fault.message,
        code: code ?? 'placement.undefined_code',
        request_id: fault.requestId,
      },
    ],
  }
}
