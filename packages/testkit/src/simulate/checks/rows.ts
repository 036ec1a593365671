import type { Draft, Kind, Stored } from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'
import type { World } from '../../world/world.ts'

/** What to do with rows of one kind, by how they are written. */
export interface Visitor<T extends Stored> {
  insert?(row: Draft<T>): void
  /** The row as it will be, with the revision that it replaces. */
  update?(row: T): void
  remove?(row: T): void
}

/** Shows a check the rows of one kind that a commit writes. */
export function visit<T extends Stored>(
  { batch }: Commit,
  { name }: Kind<T>,
  visitor: Visitor<NoInfer<T>>,
): void {
  for (const { kind, writes } of batch.kinds) {
    if (kind.name !== name) continue
    if (visitor.remove) for (const row of writes.remove ?? []) visitor.remove(row as T)
    if (visitor.update) for (const row of writes.update ?? []) visitor.update(row as T)
    if (visitor.insert) for (const row of writes.insert ?? []) visitor.insert(row as Draft<T>)
  }
}

const pageRows = 1_000

/** Every row of a kind, past every fault. */
export async function rowsOf<T extends Stored>(world: World, kind: Kind<T>): Promise<T[]> {
  const rows: T[] = []
  for (;;) {
    const after = rows.at(-1)
    const page = await world.store.truth.query(kind, {
      limit: pageRows,
      ...(after ? { after } : {}),
    })
    rows.push(...page)
    if (page.length < pageRows) return rows
  }
}

/** Adds to a sum in a map. */
export function addTo(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount)
}
