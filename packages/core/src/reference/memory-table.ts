import type { IndexSpec, Kind, Stored } from '../model/kind.ts'
import { compareIndexValues, compareRecords, fieldOf, uniqueKey } from '../ports/store-order.ts'
import type { Conflict, IndexValue, KindWrites, Query } from '../ports/store.ts'
import { MemoryList } from './memory-list.ts'
import { frozenRecord } from './memory-record.ts'

interface Index {
  readonly spec: IndexSpec
  readonly rows: MemoryList<Stored>
  /** Of a unique index: who holds which key. */
  readonly holders: Map<string, string>
}

/** Undoes one step of a batch. */
export type Undo = () => void

/** The records of one kind, frozen, by id and in the order of each index. */
export class MemoryTable {
  readonly #kind: Kind
  readonly #rows = new Map<string, Stored>()
  readonly #byId = new MemoryList<Stored>((a, b) => compareRecords([], a, b))
  readonly #indexes = new Map<string, Index>()

  constructor(kind: Kind) {
    this.#kind = kind
    for (const [name, spec] of Object.entries(kind.indexes)) {
      const rows = new MemoryList<Stored>((a, b) => compareRecords(spec.fields, a, b))
      this.#indexes.set(name, { spec, rows, holders: new Map() })
    }
  }

  get(id: string): Stored | undefined {
    return this.#rows.get(id)
  }

  query(fields: readonly string[], query: Query): Stored[] {
    const { after, reverse = false } = query
    const within = rangeOf(fields, query)
    const order = (row: Stored): number => (after ? compareRecords(fields, row, after) : 0)
    const begins = (row: Stored): boolean =>
      within(row) >= 0 && (after === undefined || reverse || order(row) > 0)
    const ends = (row: Stored): boolean =>
      within(row) > 0 || (after !== undefined && reverse && order(row) >= 0)
    return this.#list(query.index).range(begins, ends, query.limit, reverse)
  }

  count(fields: readonly string[], query: Pick<Query, 'index' | 'equals'>): number {
    const within = rangeOf(fields, { equals: query.equals ?? [] })
    return this.#list(query.index).count(
      (row) => within(row) >= 0,
      (row) => within(row) > 0,
    )
  }

  lookup(
    index: string,
    fields: readonly string[],
    keys: readonly (readonly IndexValue[])[],
  ): Stored[] {
    const found = new Set<Stored>()
    for (const equals of keys) {
      const within = rangeOf(fields, { equals })
      const rows = this.#list(index).range(
        (row) => within(row) >= 0,
        (row) => within(row) > 0,
        Infinity,
        false,
      )
      for (const row of rows) found.add(row)
    }
    return [...found]
  }

  /** Removes, updates, inserts, in this order, each verb at once. Stops at the first conflict. */
  write(writes: KindWrites, undo: Undo[]): Conflict | undefined {
    const { insert = [], update = [], remove = [] } = writes
    return (
      (remove.length > 0 ? this.#remove(remove, undo) : undefined) ??
      (update.length > 0 ? this.#update(update, undo) : undefined) ??
      (insert.length > 0 ? this.#insert(insert, undo) : undefined)
    )
  }

  #remove(rows: readonly Stored[], undo: Undo[]): Conflict | undefined {
    const conflict = this.#revisionConflict(rows)
    if (conflict) return conflict
    const before = rows.map((row) => this.#rows.get(row.id) as Stored)
    before.forEach((row) => this.#take(row))
    undo.push(() => before.forEach((row) => this.#put(row)))
    return undefined
  }

  #update(rows: readonly Stored[], undo: Undo[]): Conflict | undefined {
    const after = rows.map((row) => frozenRecord(row, row.rev + 1))
    const conflict = this.#revisionConflict(rows) ?? this.#uniqueConflict(after)
    if (conflict) return conflict
    const before = rows.map((row) => this.#rows.get(row.id) as Stored)
    this.#swap(before, after)
    undo.push(() => this.#swap(after, before))
    return undefined
  }

  #insert(drafts: readonly object[], undo: Undo[]): Conflict | undefined {
    const rows = drafts.map((draft) => frozenRecord(draft, 1))
    const seen = new Set<string>()
    const taken = rows.filter((row) => {
      const free = !this.#rows.has(row.id) && !seen.has(row.id)
      seen.add(row.id)
      return !free
    })
    if (taken.length > 0) return this.#unique('id', taken)
    const conflict = this.#uniqueConflict(rows)
    if (conflict) return conflict
    rows.forEach((row) => this.#put(row))
    undo.push(() => rows.forEach((row) => this.#take(row)))
    return undefined
  }

  /** Rows that are absent, were written by another, or are named twice. */
  #revisionConflict(rows: readonly Stored[]): Conflict | undefined {
    const seen = new Set<string>()
    const lost = rows.filter((row) => {
      const again = seen.has(row.id)
      seen.add(row.id)
      return again || this.#rows.get(row.id)?.rev !== row.rev
    })
    if (lost.length === 0) return undefined
    const ids = [...new Set(lost.map((row) => row.id))]
    return { type: 'revision', kind: this.#kind.name, ids }
  }

  /**
   * Rows whose unique key is held by another row, or by an earlier one of the list. Keys that the
   * list's own rows hold now are free: all rows change at once.
   */
  #uniqueConflict(rows: readonly Stored[]): Conflict | undefined {
    const own = new Set(rows.map((row) => row.id))
    for (const [name, { spec, holders }] of this.#indexes) {
      if (!spec.unique) continue
      const seen = new Set<string>()
      const taken = rows.filter((row) => {
        const key = uniqueKey(row, spec.fields)
        if (key === undefined) return false
        const again = seen.has(key)
        seen.add(key)
        const holder = holders.get(key)
        return again || (holder !== undefined && !own.has(holder))
      })
      if (taken.length > 0) return this.#unique(name, taken)
    }
    return undefined
  }

  #unique(index: string, rows: readonly Stored[]): Conflict {
    const ids = [...new Set(rows.map((row) => row.id))]
    return { type: 'unique', kind: this.#kind.name, index, ids }
  }

  /** Puts rows in the place of others of the same ids. Keys may go from one of them to another. */
  #swap(before: readonly Stored[], after: readonly Stored[]): void {
    for (const row of after) {
      this.#rows.set(row.id, row)
      this.#byId.replace(row)
    }
    for (const index of this.#indexes.values()) {
      const { fields } = index.spec
      const moved: Stored[] = []
      before.forEach((row, at) => {
        const now = after[at] as Stored
        if (fields.every((field) => fieldOf(row, field) === fieldOf(now, field))) {
          index.rows.replace(now)
        } else {
          takeFrom(index, row)
          moved.push(now)
        }
      })
      for (const row of moved) putInto(index, row)
    }
  }

  #put(row: Stored): void {
    this.#rows.set(row.id, row)
    this.#byId.add(row)
    for (const index of this.#indexes.values()) putInto(index, row)
  }

  #take(row: Stored): void {
    this.#rows.delete(row.id)
    this.#byId.remove(row)
    for (const index of this.#indexes.values()) takeFrom(index, row)
  }

  #list(index: string | undefined): MemoryList<Stored> {
    return index === undefined ? this.#byId : (this.#indexes.get(index) as Index).rows
  }
}

function putInto({ spec, rows, holders }: Index, row: Stored): void {
  rows.add(row)
  const key = spec.unique ? uniqueKey(row, spec.fields) : undefined
  if (key !== undefined) holders.set(key, row.id)
}

function takeFrom({ spec, rows, holders }: Index, row: Stored): void {
  rows.remove(row)
  const key = spec.unique ? uniqueKey(row, spec.fields) : undefined
  if (key !== undefined) holders.delete(key)
}

/**
 * Where a row stands in index order: below (negative), within (0) or above a query's `equals` and
 * bounds. Null is below every bound.
 */
function rangeOf(
  fields: readonly string[],
  query: Pick<Query, 'equals' | 'from' | 'to'>,
): (row: Stored) => number {
  const { equals = [], from, to } = query
  const bounded = fields[equals.length] ?? 'id'
  return (row) => {
    for (let at = 0; at < equals.length; at++) {
      const order = compareIndexValues(fieldOf(row, fields[at] as string), equals[at])
      if (order !== 0) return order
    }
    if (from === undefined && to === undefined) return 0
    const value = fieldOf(row, bounded)
    if (value === null) return -1
    if (from !== undefined && compareIndexValues(value, from) < 0) return -1
    return to !== undefined && compareIndexValues(value, to) >= 0 ? 1 : 0
  }
}
