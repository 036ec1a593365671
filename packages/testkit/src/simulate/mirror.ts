import type { Stored } from '@nephos/core'
import type { Commit } from '../world/store-server.ts'

/** Every row as it was last committed, so that a commit can be compared with what was before. */
export class Mirror {
  readonly #kinds = new Map<string, Map<string, Stored>>()

  row(kind: string, id: string): Stored | undefined {
    return this.#kinds.get(kind)?.get(id)
  }

  rows(kind: string): readonly Stored[] {
    return [...(this.#kinds.get(kind)?.values() ?? [])]
  }

  /** Every row of every kind, in the order in which they came. */
  *all(): Generator<Stored> {
    for (const rows of this.#kinds.values()) yield* rows.values()
  }

  apply({ batch }: Commit): void {
    for (const { kind, writes } of batch.kinds) {
      const rows = this.#of(kind.name)
      for (const row of writes.remove ?? []) rows.delete(row.id)
      for (const row of writes.update ?? []) rows.set(row.id, { ...row, rev: row.rev + 1 })
      for (const row of writes.insert ?? []) {
        const { id } = row as { id: string }
        rows.set(id, { ...row, id, rev: 1 })
      }
    }
  }

  #of(kind: string): Map<string, Stored> {
    let rows = this.#kinds.get(kind)
    if (!rows) this.#kinds.set(kind, (rows = new Map()))
    return rows
  }
}
