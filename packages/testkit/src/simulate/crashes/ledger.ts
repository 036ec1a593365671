import type { Counter, Server, Store, Stored } from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'

/** How many scopes of counters are read at once: more than any scenario has. */
const mostScopes = 1_000

export interface Rows {
  readonly kinds: ReadonlyMap<string, ReadonlyMap<string, Stored>>
  readonly counters: readonly Counter[]
  /** Ids that were ever seen. */
  readonly known: number
}

/** What the store holds, known without asking it, so that it can be looked at anywhere. */
export class Ledger implements Rows {
  readonly #kinds = new Map<string, Map<string, Stored>>()
  /** In which order ids became known. */
  readonly #order = new Map<string, number>()
  readonly #claims = new Map<string, number>()
  readonly #repeated = new Set<string>()
  #counters: readonly Counter[] = []
  #version = 0

  get kinds(): ReadonlyMap<string, ReadonlyMap<string, Stored>> {
    return this.#kinds
  }

  get counters(): readonly Counter[] {
    return this.#counters
  }

  /** Grows with every commit. */
  get version(): number {
    return this.#version
  }

  get known(): number {
    return this.#order.size
  }

  /** Steps of workflows that were begun more than once, such as `server.converge.apply undo`. */
  get repeated(): ReadonlySet<string> {
    return this.#repeated
  }

  /** Which id was known earlier. */
  rank(id: string): number {
    return this.#order.get(id) ?? Infinity
  }

  rows<T extends Stored>(kind: string): readonly T[] {
    return [...(this.#kinds.get(kind)?.values() ?? [])] as T[]
  }

  /** A copy as it is now. */
  snapshot(): Rows {
    const kinds = new Map([...this.#kinds].map(([name, rows]) => [name, new Map(rows)]))
    return { kinds, counters: this.#counters, known: this.known }
  }

  /** True when nothing is under way: no work, and nothing between two states. */
  get quiet(): boolean {
    return (
      (this.#kinds.get('work')?.size ?? 0) === 0 &&
      this.rows<Server>('server').every(({ task }) => task === null) &&
      this.rows<Image>('image').every(isSettled) &&
      // Bytes of objects that come, or have yet to go.
      (this.#kinds.get('objectBytes')?.size ?? 0) === 0
    )
  }

  async note({ batch }: Commit, store: Store): Promise<void> {
    this.#version++
    for (const { kind, writes } of batch.kinds) {
      const rows = this.#of(kind.name)
      for (const row of writes.remove ?? []) rows.delete(row.id)
      for (const row of writes.update ?? []) {
        if (kind.name === 'work') this.#countClaim(rows.get(row.id), row)
        rows.set(row.id, { ...row, rev: row.rev + 1 })
      }
      for (const row of writes.insert ?? []) {
        const { id } = row as Stored
        if (!this.#order.has(id)) this.#order.set(id, this.#order.size)
        rows.set(id, { ...row, id, rev: 1 })
      }
    }
    this.#counters = await store.scan('', { limit: mostScopes })
  }

  #of(kind: string): Map<string, Stored> {
    const rows = this.#kinds.get(kind) ?? new Map<string, Stored>()
    this.#kinds.set(kind, rows)
    return rows
  }

  #countClaim(before: Stored | undefined, row: Stored): void {
    const old = before as WorkRow | undefined
    const { owner, program, step, undoing, id } = row as WorkRow
    const isNew = owner !== null && (old?.owner !== owner || old.step !== step)
    if (!isNew && old?.undoing === undoing) return
    if (owner === null) return
    const deed = `${program}.${step} ${undoing ? 'undo' : 'run'}`
    const key = `${id} ${deed}`
    const times = (this.#claims.get(key) ?? 0) + 1
    this.#claims.set(key, times)
    if (times > 1) this.#repeated.add(deed)
  }
}

interface WorkRow extends Stored {
  readonly program: string
  readonly step: string
  readonly undoing: boolean
  readonly owner: string | null
}

interface Image extends Stored {
  readonly status: string
  readonly upload: object | null
}

/** One that is uploading may be either: its bytes wait for an import once nobody sends any. */
function isSettled({ status, upload }: Image): boolean {
  return upload === null && !passing.has(status)
}

const passing: ReadonlySet<string> = new Set(['saving', 'importing', 'pending_delete'])
