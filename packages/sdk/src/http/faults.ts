import { CloudError, type CloudErrorOptions, type ErrorCode, isCloudError } from '@nephos/core'
/** Statuses of errors where they differ from the usual ones. */
export type Statuses = Readonly<Partial<Record<ErrorCode, number>>>

/** An error on its way to a client. */
export interface Fault {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
  readonly field: string | undefined
  readonly limit: number | string | undefined
  readonly detail: Readonly<Record<string, unknown>> | undefined
  readonly requestId: string
}

const defaultStatuses: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  idempotencyMismatch: 409,
  quotaExceeded: 403,
  noValidHost: 409,
  addressesExhausted: 409,
  checksumMismatch: 422,
  tooLarge: 413,
  stale: 409,
  aborted: 499,
  deadline: 504,
  overloaded: 429,
  unavailable: 503,
  closed: 503,
  internal: 500,
}

/** Statuses that tell a client when to come again. */
const retryable = new Set([413, 429, 503])

/** An error whose status the transport alone knows, such as 405 or 406. */
export class HttpError extends CloudError {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    options: CloudErrorOptions & {
      readonly code?: ErrorCode
      readonly headers?: Readonly<Record<string, string>>
    } = {},
  ) {
    super(options.code ?? codeOf(status), message, options)
    this.status = status
    this.headers = options.headers ?? {}
  }
}

function codeOf(status: number): ErrorCode {
  const found = Object.entries(defaultStatuses).find(([, own]) => own === status)
  return (found?.[0] as ErrorCode | undefined) ?? (status < 500 ? 'invalid' : 'unavailable')
}

/** The fault that an error is, for an API with statuses of its own. */
export function faultOf(
  error: unknown,
  requestId: string,
  ...statuses: (Statuses | undefined)[]
): Fault {
  const known = isCloudError(error)
    ? error
    : new CloudError('internal', `A defect: please report it with the request id ${requestId}.`)
  const { code, message, field, limit, detail } = known
  const own = statuses.find((table) => table?.[code] !== undefined)?.[code]
  const status = known instanceof HttpError ? known.status : (own ?? defaultStatuses[code])
  return { status, code, message, field, limit, detail, requestId }
}

/** Headers that go with an error. */
export function faultHeaders(error: unknown, fault: Fault): Readonly<Record<string, string>> {
  return {
    ...(retryable.has(fault.status) && { 'retry-after': '1' }),
    ...(error instanceof HttpError && error.headers),
  }
}
