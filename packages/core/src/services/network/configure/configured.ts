import type { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import type { NetworkObject, NetworkObjectType } from '../../../ports/network-object.ts'

/** An object of the data plane that changed. */
export interface ObjectRef {
  readonly type: NetworkObjectType
  readonly id: string
  /** As of the change: what is older was read too early. */
  readonly revision: number
  /**
   * True: the row went in the commit that asked for this, or what the data plane has of it. Else it
   * goes once that is confirmed.
   */
  readonly removed?: boolean
  /** Of what a group consists: one that was added with the change, one that went with it. */
  readonly wanted?: string
  readonly unwanted?: string
}

/** What the rows say of an object: `late` if they were read too early, `gone` without any. */
export type Reading<R = unknown> =
  | { readonly target: NetworkObject; readonly row: R }
  | 'late'
  | 'gone'

/** How objects of one type are read from rows, and what is written once they are confirmed. */
export interface ConfiguredType {
  /** In the order asked; a constant number of statements. */
  read(kernel: Kernel, refs: readonly ObjectRef[]): Promise<readonly Reading[]>
  /** Writes that the data plane is as these rows say. Fails at the commit if they have changed. */
  settle(kernel: Kernel, writes: Writes, rows: readonly unknown[]): Promise<void>
  /** Writes that a change of these is long overdue. */
  overdue(writes: Writes, rows: readonly unknown[]): void
}

/** @returns the same, typed by its rows. */
export function configuredType<R>(type: {
  readonly read: (kernel: Kernel, refs: readonly ObjectRef[]) => Promise<readonly Reading<R>[]>
  readonly settle: (kernel: Kernel, writes: Writes, rows: readonly R[]) => Promise<void>
  readonly overdue: (writes: Writes, rows: readonly R[]) => void
}): ConfiguredType {
  return {
    read: type.read,
    settle: (kernel, writes, rows) => type.settle(kernel, writes, rows as readonly R[]),
    overdue: (writes, rows) => type.overdue(writes, rows as readonly R[]),
  }
}
