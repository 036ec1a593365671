/** How much work a plan may take, counted the same on every machine. */
export class Budget {
  /** Work done so far, in hosts looked at. */
  steps = 0
  readonly #limit: number
  readonly #keepGoing: () => boolean
  #over = false

  constructor(limit: number, keepGoing: () => boolean) {
    this.#limit = limit
    this.#keepGoing = keepGoing
  }

  /** Is the search to end? Once it is, it stays so. */
  isOver(): boolean {
    if (!this.#over) this.#over = this.steps >= this.#limit || !this.#keepGoing()
    return this.#over
  }
}
