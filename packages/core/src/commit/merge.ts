import type { Kind } from '../model/kind.ts'
import type { CounterAdd, KindWrites, WriteBatch } from '../ports/store.ts'

/** Rows above which a batch is left alone: its statements are well used already. */
const mergeRows = 64

interface Rows {
  readonly insert: NonNullable<KindWrites['insert']>[number][]
  readonly update: NonNullable<KindWrites['update']>[number][]
  readonly remove: NonNullable<KindWrites['remove']>[number][]
}

/**
 * Several small batches as one, if that changes nothing but the number of statements: it commits
 * exactly if each would, one after the other. So no record is written by two of them, adds to one
 * counter point the same way, and limits and drops stand alone.
 *
 * @returns undefined when they cannot be one, or it would not pay.
 */
export function mergeBatches(batches: readonly WriteBatch[]): WriteBatch | undefined {
  if (batches.length < 2) return undefined
  const merge = new Merge()
  for (const batch of batches) if (!merge.join(batch)) return undefined
  return merge.batch(batches[0] as WriteBatch)
}

class Merge {
  readonly #kinds = new Map<Kind, Rows>()
  readonly #ids = new Set<string>()
  readonly #adds = new Map<string, CounterAdd>()
  readonly #limits = new Map<string, NonNullable<WriteBatch['limit']>[number]>()
  readonly #topics = new Set<string>()

  /** False if the batch cannot be joined; the merge is of no use then. */
  join(batch: WriteBatch): boolean {
    if (batch.drop?.length) return false
    for (const limit of batch.limit ?? []) {
      const key = counterKey(limit)
      if (this.#limits.has(key) || this.#adds.has(key)) return false
      this.#limits.set(key, limit)
    }
    for (const add of batch.add ?? []) if (!this.#add(add, batch)) return false
    for (const topic of batch.topics ?? []) this.#topics.add(topic)
    return batch.kinds.every(({ kind, writes }) => this.#rows(kind, writes))
  }

  batch(first: WriteBatch): WriteBatch {
    return {
      ...first,
      kinds: [...this.#kinds].map(([kind, writes]) => ({ kind, writes })),
      add: [...this.#adds.values()],
      limit: [...this.#limits.values()],
      topics: [...this.#topics],
    }
  }

  #add(add: CounterAdd, batch: WriteBatch): boolean {
    const key = counterKey(add)
    const before = this.#adds.get(key)
    if (!before) {
      const limited = this.#limits.get(key)
      if (limited && !batch.limit?.includes(limited)) return false
      this.#adds.set(key, add)
      return true
    }
    const alike = before.limit === add.limit && before.transient === add.transient
    if (!alike || Math.sign(before.add) !== Math.sign(add.add)) return false
    this.#adds.set(key, { ...add, add: before.add + add.add })
    return true
  }

  #rows(kind: Kind, writes: KindWrites): boolean {
    const { insert = [], update = [], remove = [] } = writes
    if (insert.length + update.length + remove.length > mergeRows) return false
    for (const row of [...insert, ...update, ...remove]) {
      const key = `${kind.name}\n${row.id}`
      if (this.#ids.has(key)) return false
      this.#ids.add(key)
    }
    const joined: Rows = this.#kinds.get(kind) ?? { insert: [], update: [], remove: [] }
    joined.insert.push(...insert)
    joined.update.push(...update)
    joined.remove.push(...remove)
    this.#kinds.set(kind, joined)
    return true
  }
}

function counterKey(counter: { readonly scope: string; readonly name: string }): string {
  return `${counter.scope}\n${counter.name}`
}
