import {
  CloudError,
  type Kind,
  memoryStore,
  type Store,
  type Stored,
  type WriteBatch,
  type WriteResult,
} from '@nephos/core'
import type { Ground } from './ground.ts'

/** A batch that was committed: the unit in which the world is checked. */
export interface Commit {
  /** Virtual milliseconds since the epoch. */
  readonly at: number
  /** The process that wrote it. */
  readonly process: string
  readonly batch: WriteBatch
  readonly seq: number
}

interface Applied {
  readonly at: number
  readonly batches: readonly WriteBatch[]
}

/** Told that rows are read at once; what it returns is told the rows. */
export type ReadWatch = (
  kind: Kind,
  ids: readonly string[],
) => (rows: readonly (Stored | undefined)[]) => void

/** How far a replica lags behind, in milliseconds. */
const lagMs = 2_000

/**
 * The database that all processes share. It can be down, read-only or full for a while, and its
 * replica answers with what was true a little earlier.
 */
export class StoreServer {
  /** The truth, without delay or fault. */
  readonly truth: Store
  down = false
  readOnly = false
  full = false
  /** Watches reads of rows by their ids. */
  onRead: ReadWatch | undefined
  readonly #ground: Ground
  readonly #onCommit: (commit: Commit) => Promise<void> | void
  /** Called with all batches that one transaction applied, before `onCommit` for each of them. */
  onTransaction?: (batches: readonly WriteBatch[]) => Promise<void>
  readonly #isStale: boolean
  #opening: Promise<void> | undefined
  #replica: Store | undefined
  #behind: Applied[] = []

  constructor(ground: Ground, truth: Store, onCommit: (commit: Commit) => Promise<void> | void) {
    this.#ground = ground
    this.truth = truth
    this.#onCommit = onCommit
    this.#isStale = ground.faults.planned('storeStale')
  }

  /** Opens the truth for the first who asks; later ones find it open. */
  open(kinds: readonly Kind[]): Promise<void> {
    this.#opening ??= this.#open(kinds)
    return this.#opening
  }

  /** @throws CloudError `unavailable` while the store takes no writes, or none at all. */
  async transact(process: string, batches: readonly WriteBatch[]): Promise<WriteResult[]> {
    this.check()
    if (this.readOnly) throw new CloudError('unavailable', 'The store is read-only.')
    if (this.full && batches.some(grows)) throw new CloudError('unavailable', 'The store is full.')
    const results = await this.truth.transact(batches)
    const won = batches.filter((_, index) => results[index]?.ok)
    if (won.length > 0 && this.#isStale) this.#behind.push({ at: this.#ground.now, batches: won })
    if (won.length > 0) await this.onTransaction?.(won)
    for (const [index, result] of results.entries()) {
      const batch = batches[index] as WriteBatch
      if (!result.ok) {
        this.#ground.sometimes(`a commit lost: ${result.conflict.type}`)
        continue
      }
      const { now } = this.#ground
      this.#ground.note('store', 'commit', `${result.seq} ${summary(batch)}`)
      await this.#onCommit({ at: now, process, batch, seq: result.seq })
    }
    return results
  }

  /** The store to read from: now and then a replica that lags. */
  async source(lane: string): Promise<Store> {
    this.check()
    if (!this.#isStale || !this.#ground.hits('storeStale', lane)) return this.truth
    return this.#caughtUp()
  }

  /** @throws CloudError `unavailable` while it is down. */
  check(): void {
    if (this.down) throw new CloudError('unavailable', 'The store is down.')
  }

  async #open(kinds: readonly Kind[]): Promise<void> {
    await this.truth.open(kinds)
    if (!this.#isStale) return
    this.#replica = memoryStore()
    await this.#replica.open(kinds)
  }

  async #caughtUp(): Promise<Store> {
    const replica = this.#replica as Store
    const until = this.#ground.now - lagMs
    const due = this.#behind.filter((applied) => applied.at <= until)
    this.#behind = this.#behind.slice(due.length)
    for (const { batches } of due) await replica.transact(batches)
    return replica
  }
}

/** True if the batch needs room: rows or counters that are new. */
function grows(batch: WriteBatch): boolean {
  return batch.kinds.some(({ writes }) => (writes.insert?.length ?? 0) > 0)
}

/** What a batch writes, in a line: part of the trace, so it must tell unequal batches apart. */
function summary(batch: WriteBatch): string {
  const kinds = batch.kinds.map(({ kind, writes }) => {
    const { insert = [], update = [], remove = [] } = writes
    const ids = [...insert, ...update, ...remove].map((row) => (row as { id: string }).id)
    const tail = ids.slice(0, 4).map((id) => id.slice(-6))
    return `${kind.name}+${insert.length}~${update.length}-${remove.length}(${tail.join(' ')})`
  })
  const adds = (batch.add ?? [])
    .slice(0, 4)
    .map(({ name, add }) => `${name}${add < 0 ? '' : '+'}${add}`)
  return [...kinds, ...adds].join(' ')
}
