import type { Draft, Kind, Stored } from '../model/kind.ts'
import type { CounterAdd, CounterLimit, WriteBatch } from '../ports/store.ts'

interface KindRows {
  insert: object[]
  update: Stored[]
  remove: Stored[]
}

/** Collects what one decision writes; it becomes one `WriteBatch`, wholly applied or not at all. */
export class Writes {
  readonly #kinds = new Map<Kind, KindRows>()
  readonly #adds = new Map<string, CounterAdd>()
  readonly #limits: CounterLimit[] = []
  readonly #drops: string[] = []
  readonly #topics = new Set<string>()

  insert<T extends Stored>(kind: Kind<T>, ...rows: readonly Draft<T>[]): this {
    const list = this.#rows(kind).insert
    for (const row of rows) list.push(row)
    return this
  }

  update<T extends Stored>(kind: Kind<T>, ...rows: readonly T[]): this {
    const list = this.#rows(kind).update
    for (const row of rows) list.push(row)
    return this
  }

  remove<T extends Stored>(kind: Kind<T>, ...rows: readonly T[]): this {
    const list = this.#rows(kind).remove
    for (const row of rows) list.push(row)
    return this
  }

  /** Changes the rows of a kind that are to be inserted. */
  amend<T extends Stored>(kind: Kind<T>, change: (row: Draft<T>) => Draft<T>): this {
    const rows = this.#kinds.get(kind)
    if (rows) rows.insert = rows.insert.map((row) => change(row as Draft<T>))
    return this
  }

  /** Adds to a counter; several adds to one counter become one. */
  add(add: CounterAdd): this {
    if (add.add === 0 && add.limit === undefined) return this
    const key = `${add.scope}\n${add.name}`
    const before = this.#adds.get(key)
    this.#adds.set(key, before ? { ...before, ...add, add: before.add + add.add } : add)
    return this
  }

  limit(limit: CounterLimit): this {
    this.#limits.push(limit)
    return this
  }

  /** Removes every counter of a scope. */
  drop(scope: string): this {
    this.#drops.push(scope)
    return this
  }

  /** Rings a topic once this is durable. */
  ring(...topics: readonly string[]): this {
    for (const topic of topics) this.#topics.add(topic)
    return this
  }

  get empty(): boolean {
    return this.#kinds.size + this.#adds.size + this.#limits.length + this.#drops.length === 0
  }

  batch(origin: string, at: number): WriteBatch {
    return {
      kinds: [...this.#kinds].map(([kind, writes]) => ({ kind, writes: writes as never })),
      add: [...this.#adds.values()].filter((add) => add.add !== 0 || add.limit !== undefined),
      limit: this.#limits,
      drop: this.#drops,
      topics: [...this.#topics],
      origin,
      at,
    }
  }

  #rows(kind: Kind): KindRows {
    let rows = this.#kinds.get(kind)
    if (!rows) this.#kinds.set(kind, (rows = { insert: [], update: [], remove: [] }))
    return rows
  }
}
