/**
 * What went wrong. `invalid`: input that the engine cannot take. `corrupt`: bytes that are no
 * snapshot. `trapped`: the module stopped in the middle of a call; its state is lost, and a new
 * engine is to be made from a snapshot.
 */
export type EngineErrorCode = 'invalid' | 'corrupt' | 'trapped'

/** Thrown for what the engine cannot do. Unless it says `trapped`, nothing was changed. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: EngineErrorCode
  /** Path of the input concerned, e.g. `hosts[0].capacity.VCPU`. */
  readonly field: string
  /** The bound that was broken, as a number or a short text. */
  readonly limit: number | string

  constructor(
    message: string,
    field: string,
    limit: number | string,
    code: EngineErrorCode = 'invalid',
  ) {
    super(`${field}: ${message}`)
    this.field = field
    this.limit = limit
    this.code = code
  }
}
