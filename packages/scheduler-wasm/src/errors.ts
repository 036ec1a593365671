/** Thrown for input that the engine cannot take. Nothing was changed. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code = 'invalid'
  /** Path of the input concerned, e.g. `hosts[0].capacity.VCPU`. */
  readonly field: string
  /** The bound that was broken, as a number or a short text. */
  readonly limit: number | string

  constructor(message: string, field: string, limit: number | string) {
    super(`${field}: ${message}`)
    this.field = field
    this.limit = limit
  }
}
