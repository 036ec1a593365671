/** Milliseconds without a transaction after which the log is moved into the file. */
const pauseMs = 50

/**
 * Runs upkeep in a pause between transactions, so that none of them waits for it. One timer at a
 * time, which keeps no process alive.
 */
export class Pauses {
  readonly #upkeep: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(upkeep: () => void) {
    this.#upkeep = upkeep
  }

  /** Says that there is something to do in the next pause. */
  worked(): void {
    if (this.#timer) this.#timer.refresh()
    else this.#timer = setTimeout(() => this.#run(), pauseMs).unref()
  }

  end(): void {
    clearTimeout(this.#timer)
  }

  #run(): void {
    this.#timer = undefined
    try {
      this.#upkeep()
    } catch {
      // The log stays as it is: the next commit meets the same trouble and reports it.
    }
  }
}
