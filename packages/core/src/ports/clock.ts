/** Time as a parameter. A virtual clock makes a whole cloud run under one seed. */
export interface Clock {
  /** Milliseconds since the Unix epoch; may jump. No safety rests on it. */
  now(): number
  /** Monotonic milliseconds with fractions, for measuring durations only. */
  elapsed(): number
  /**
   * Resolves after `ms`; rejects with `aborted` when the signal fires. Never keeps a process alive
   * by itself if `background`.
   */
  sleep(
    ms: number,
    options?: { readonly signal?: AbortSignal; readonly background?: boolean },
  ): Promise<void>
  /** Resolves in a later turn of the event loop, so that callers of this turn can join a group. */
  turn(): Promise<void>
}
