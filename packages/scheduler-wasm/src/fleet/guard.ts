import { EngineError } from '../errors.ts'

/** Runs what calls the kernel; once it trapped, nothing runs any more. */
export class Guard {
  #trapped = false

  /** @throws EngineError `trapped` if the module stopped in the middle of a call, now or before. */
  run<Result>(call: () => Result): Result {
    if (this.#trapped) throw trapped()
    try {
      return call()
    } catch (error) {
      throw this.caught(error)
    }
  }

  get trapped(): boolean {
    return this.#trapped
  }

  /**
   * What to throw for something that a kernel's call threw. The error of WebAssembly is known by
   * its name: not every runtime has its class.
   */
  caught(error: unknown): unknown {
    if (!(error instanceof Error) || error.name !== 'RuntimeError') return error
    this.#trapped = true
    return trapped(error)
  }

  /** What to throw instead of calling the kernel. */
  refusal(): EngineError {
    return trapped()
  }
}

function trapped(cause?: unknown): EngineError {
  const message = 'the module stopped in the middle of a call; restore a snapshot'
  const error = new EngineError(message, 'engine', 'running', 'trapped')
  if (cause !== undefined) error.cause = cause
  return error
}
