import type { Kernel } from '../kernel.ts'
import type { Kind } from '../model/kind.ts'
import type { Program } from '../work/program.ts'
import type { Reconciler } from '../work/reconciler.ts'
import type { OperationRow } from './operation.ts'

/**
 * What a service consists of: everything that a control plane needs to know of it. A service joins
 * by its entry in `services`.
 */
export interface Service {
  readonly name: string
  /** Its kinds of record, for the store to open. */
  readonly kinds: readonly Kind[]
  /** What it can be asked to do. */
  readonly operations: readonly OperationRow[]
  /** Workflows that a worker can run for it. */
  readonly programs?: (kernel: Kernel) => readonly Program[]
  /** What it mends by itself, in the order in which they take turns. */
  readonly reconcilers?: (kernel: Kernel) => readonly Reconciler[]
}
