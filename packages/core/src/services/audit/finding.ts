/** A rule that the rows break. */
export interface Finding {
  /** Number of the invariant, as in `invariants` and docs/ARCHITECTURE.md. */
  readonly invariant: number
  /** The row or counter concerned, as `kind:id`. */
  readonly subject: string
  readonly message: string
}
