import type { Kernel } from '../../kernel.ts'

/** A rule that the rows break. */
export interface Finding {
  /** Number of the invariant in docs/ARCHITECTURE.md. */
  readonly invariant: number
  /** The row or counter concerned, as `kind:id`. */
  readonly subject: string
  readonly message: string
}

/** Recomputes an invariant from the rows, page by page, and yields what breaks it. */
export type Checker = (kernel: Kernel) => AsyncIterable<Finding>

/** Adds up what a project's rows use, for comparison with its quota counters. */
export type UsageCount = (
  kernel: Kernel,
  add: (projectId: string, name: string, amount: number) => void,
) => Promise<void>
