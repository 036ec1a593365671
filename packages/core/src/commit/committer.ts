import { CloudError } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Conflict, Store, WriteBatch, WriteResult } from '../ports/store.ts'
import type { Telemetry } from '../ports/telemetry.ts'
import { withDerived } from './derive.ts'
import { mergeBatches } from './merge.ts'
import type { Writes } from './writes.ts'

/**
 * A batch lost against a concurrent writer or a counter's limit. Callers read again and decide
 * again.
 */
export class CommitConflict extends Error {
  override readonly name = 'CommitConflict'
  readonly conflict: Conflict
  constructor(conflict: Conflict) {
    super(`commit conflict: ${conflict.type}`)
    this.conflict = conflict
  }
}

interface Waiting {
  readonly batch: WriteBatch
  resolve(seq: number): void
  reject(error: unknown): void
}

/**
 * The only writer. What is committed in one turn of the event loop, or while a transaction is under
 * way, shares the next transaction (group commit); each batch still succeeds or fails by itself.
 * Doorbells ring after the commit.
 */
export class Committer {
  readonly origin: string
  readonly #store: Store
  readonly #bus: Bus
  readonly #clock: Clock
  readonly #telemetry: Telemetry
  #queue: Waiting[] = []
  #draining: Promise<void> | undefined
  /** Event records named so far: with the origin, no two ever have one name. */
  #named = 0

  constructor(
    ports: { store: Store; bus: Bus; clock: Clock; telemetry: Telemetry },
    origin: string,
  ) {
    this.#store = ports.store
    this.#bus = ports.bus
    this.#clock = ports.clock
    this.#telemetry = ports.telemetry
    this.origin = origin
  }

  /**
   * Commits durably.
   *
   * @returns the sequence number of the change.
   * @throws CommitConflict when the batch lost; CloudError `overloaded` when too many wait,
   *   `unavailable` from the store.
   */
  commit(writes: Writes): Promise<number> {
    if (this.#queue.length >= limits.commitQueue) {
      return Promise.reject(
        new CloudError('overloaded', 'Too many commits are waiting.', {
          limit: limits.commitQueue,
        }),
      )
    }
    const written = writes.batch(this.origin, this.#clock.now())
    const batch = withDerived(written, () => `${this.origin}-${++this.#named}`)
    return new Promise((resolve, reject) => {
      this.#queue.push({ batch, resolve, reject })
      this.#draining ??= this.#drain()
    })
  }

  /** Resolves when everything handed in so far has settled. */
  async idle(): Promise<void> {
    while (this.#draining) await this.#draining
  }

  async #drain(): Promise<void> {
    try {
      await this.#clock.turn()
      while (this.#queue.length > 0) await this.#flush(this.#queue.splice(0, limits.commitGroup))
    } finally {
      this.#draining = undefined
    }
  }

  async #flush(group: readonly Waiting[]): Promise<void> {
    const started = this.#clock.elapsed()
    let results: readonly WriteResult[]
    try {
      results = await this.#transact(group.map((waiting) => waiting.batch))
    } catch (error) {
      for (const waiting of group) waiting.reject(error)
      return
    }
    const topics = new Set<string>()
    group.forEach((waiting, index) => {
      const result = results[index] as WriteResult
      if (!result.ok) return waiting.reject(new CommitConflict(result.conflict))
      for (const topic of waiting.batch.topics ?? []) topics.add(topic)
      waiting.resolve(result.seq)
    })
    const { meter } = this.#telemetry
    meter.record('commit_ms', this.#clock.elapsed() - started)
    meter.record('commit_group', group.length)
    if (topics.size > 0) void this.#ring([...topics])
  }

  /** Doorbells only: a lost ring costs a poll interval, so no failure of the bus is anybody's. */
  async #ring(topics: readonly string[]): Promise<void> {
    try {
      await this.#bus.publish(topics)
    } catch {
      this.#telemetry.meter.count('bus_publish_failed')
    }
  }

  /** Small batches go as one where that is the same; if that one loses, each is tried by itself. */
  async #transact(batches: readonly WriteBatch[]): Promise<readonly WriteResult[]> {
    const merged = mergeBatches(batches)
    if (merged) {
      const [result] = await this.#store.transact([merged])
      if (result?.ok) return batches.map(() => result)
      this.#telemetry.meter.count('commit_merge_lost')
    }
    return this.#store.transact(batches)
  }
}
