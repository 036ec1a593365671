/**
 * One error type for the whole product. Errors are data: a stable `code`, the `field` and `limit`
 * concerned, and what a caller can do about it (`retry`). Transports map codes to their own status
 * numbers in their outermost layer.
 */

/**
 * What a caller may do: `never` repeat as it stands, repeat `now` (a lost race), or `later` (a
 * resource is short or away).
 */
export type Retry = 'never' | 'now' | 'later'

/** Stable codes. A code says what the consumer can do, not where in our code it arose. */
export const errorCodes = {
  invalid: { retry: 'never', meaning: 'The input is malformed: see `field` and `limit`.' },
  unauthenticated: { retry: 'never', meaning: 'No valid identity came with the call.' },
  forbidden: { retry: 'never', meaning: 'The identity may not do this.' },
  notFound: { retry: 'never', meaning: 'No such resource, or none that this project may see.' },
  conflict: {
    retry: 'never',
    meaning: 'The state of the resource forbids it: name taken, in use, wrong state.',
  },
  idempotencyMismatch: {
    retry: 'never',
    meaning: 'The idempotency key was used with another body.',
  },
  quotaExceeded: { retry: 'later', meaning: 'A project limit would be exceeded.' },
  noValidHost: {
    retry: 'later',
    meaning: 'Placement found no hosts: `detail` counts every reason.',
  },
  addressesExhausted: {
    retry: 'later',
    meaning: 'The subnets asked for have too few free addresses.',
  },
  checksumMismatch: { retry: 'never', meaning: 'The bytes received are not the bytes declared.' },
  tooLarge: { retry: 'never', meaning: 'The body is larger than declared or allowed.' },
  stale: { retry: 'now', meaning: 'A concurrent writer won; read again and repeat.' },
  aborted: {
    retry: 'now',
    meaning: 'The caller gave up through its AbortSignal. The outcome may be unknown.',
  },
  deadline: { retry: 'later', meaning: 'The deadline passed. The outcome may be unknown.' },
  overloaded: { retry: 'later', meaning: 'A bounded queue is full.' },
  unavailable: {
    retry: 'later',
    meaning: 'A store, driver or process underneath does not answer.',
  },
  closed: { retry: 'never', meaning: 'This cloud, store or driver is closed.' },
  internal: { retry: 'later', meaning: 'A defect: please report it with the request id.' },
} as const satisfies Record<string, { retry: Retry; meaning: string }>

export type ErrorCode = keyof typeof errorCodes

export interface CloudErrorOptions {
  /** Path of the input field concerned, e.g. `networks[0].subnetId`. */
  readonly field?: string
  /** The limit that was exceeded, as a number or a short text. */
  readonly limit?: number | string
  /** Overrides the code's default. */
  readonly retry?: Retry
  /**
   * Public structured detail (counts by reason, nearest feasible size): safe to show to the caller.
   */
  readonly detail?: Readonly<Record<string, unknown>>
  /** Private context for operators' logs; never shown to callers. */
  readonly internal?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

const brand = Symbol.for('nephos.CloudError')

/**
 * The only error that public functions throw. Recognise it with `isCloudError`, which works across
 * package copies.
 */
export class CloudError extends Error {
  override readonly name = 'CloudError'
  readonly code: ErrorCode
  readonly retry: Retry
  readonly field: string | undefined
  readonly limit: number | string | undefined
  readonly detail: Readonly<Record<string, unknown>> | undefined
  /** Not enumerable: neither `JSON.stringify` nor `console.log` of a copy shows it. */
  declare readonly internal: Readonly<Record<string, unknown>> | undefined

  constructor(code: ErrorCode, message: string, options: CloudErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retry = options.retry ?? errorCodes[code].retry
    this.field = options.field
    this.limit = options.limit
    this.detail = options.detail
    Object.defineProperty(this, 'internal', { value: options.internal, enumerable: false })
    Object.defineProperty(this, brand, { value: true, enumerable: false })
  }

  /** The public form: what a transport may send. */
  toJSON(): Record<string, unknown> {
    const { code, message, retry, field, limit, detail } = this
    return { code, message, retry, field, limit, detail }
  }
}

export function isCloudError(error: unknown): error is CloudError {
  return typeof error === 'object' && error !== null && brand in error
}

/** Throws `aborted` (or the deadline error that caused it) if the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return
  if (isCloudError(signal.reason)) throw signal.reason
  throw new CloudError('aborted', 'The call was aborted by its AbortSignal.', {
    cause: signal.reason,
  })
}
