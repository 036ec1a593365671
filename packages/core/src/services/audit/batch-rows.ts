import type { Draft, Kind, Stored } from '../../model/kind.ts'
import type { WriteBatch } from '../../ports/store.ts'

/** Rows of a kind that a batch makes. */
export function* insertedRows<T extends Stored>(
  batch: WriteBatch,
  kind: Kind<T>,
): Generator<Draft<T>> {
  for (const { kind: written, writes } of batch.kinds) {
    if (written.name === kind.name) yield* (writes.insert ?? []) as readonly Draft<T>[]
  }
}

/** Rows of a kind that a batch changes or removes. */
export function* changedRows<T extends Stored>(batch: WriteBatch, kind: Kind<T>): Generator<T> {
  for (const { kind: written, writes } of batch.kinds) {
    if (written.name !== kind.name) continue
    yield* (writes.update ?? []) as readonly T[]
    yield* (writes.remove ?? []) as readonly T[]
  }
}
