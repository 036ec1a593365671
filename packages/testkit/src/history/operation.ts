/** One call of a client as the client saw it. */
export interface Operation<I, O> {
  /** Who called; only explanations use it. */
  readonly process: string
  /**
   * When it was called and when it returned: any numbers that only grow, best the sequence numbers
   * of a run. An operation comes before another one for sure only when its return is less than the
   * other's call. `return` undefined: the outcome is unknown, as after a lost answer; it may take
   * effect at any later time, or never. What failed for sure without effect is left out.
   */
  readonly call: number
  readonly return: number | undefined
  readonly input: I
  /** Undefined: not known, any legal answer will do. Not looked at where `return` is undefined. */
  readonly output: O | undefined
}

/** What an object should do when it is called by one client at a time. */
export interface Model<S, I, O> {
  /** Operations with different names never touch each other; they are checked apart. */
  partition?(operation: Operation<I, O>): string
  init(): S
  /**
   * The state after the operation; undefined when that answer is illegal in this state. With an
   * unknown output: the state after it took effect, or the same state where it cannot. States are
   * values: a step makes a new one.
   */
  step(state: S, input: I, output: O | undefined): S | undefined
  /** Equal for equal states only. */
  key(state: S): string
  /**
   * True when an operation with this answer never changes any state, as a read or a refusal: such
   * ones are put into the order as soon as they fit. False is always right, but slower.
   */
  onlyLooks?(input: I, output: O): boolean
  /**
   * Equal for inputs that do the same to every state: operations with unknown outcome are then
   * interchangeable, which keeps the search small when there are many.
   */
  inputKey?(input: I): string
}

export type LinearizableVerdict<I, O> =
  | { readonly verdict: 'legal'; readonly visited: number }
  | {
      readonly verdict: 'undecided'
      readonly visited: number
      /** The first part whose search came to its budget. */
      readonly part: string
      readonly text: string
    }
  | {
      readonly verdict: 'illegal'
      readonly visited: number
      readonly part: string
      /** What was called before the first return that no order gets past, in call order. */
      readonly prefix: readonly Operation<I, O>[]
      /** The longest legal order up to there. */
      readonly order: readonly Operation<I, O>[]
      /** What should come next, and cannot. */
      readonly stuck: readonly Operation<I, O>[]
      /** All of this in words, for people. */
      readonly text: string
    }
