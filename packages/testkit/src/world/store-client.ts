import {
  type Change,
  CloudError,
  type Counter,
  type IndexValue,
  type Kind,
  type Query,
  type Store,
  type StoreCapabilities,
  type Stored,
  type StoreStats,
  type WriteBatch,
  type WriteResult,
} from '@nephos/core'
import type { Ground } from './ground.ts'
import type { Life } from './life.ts'
import type { StoreServer } from './store-server.ts'

/** What one process sees of the store that all share: slow, refusing, forgetful of its answers. */
export class StoreClient implements Store {
  readonly capabilities: StoreCapabilities = Object.freeze({ durable: true, shared: true })
  readonly #ground: Ground
  readonly #life: Life
  readonly #server: StoreServer
  #closed = false

  constructor(ground: Ground, life: Life, server: StoreServer) {
    this.#ground = ground
    this.#life = life
    this.#server = server
  }

  get stats(): StoreStats {
    return this.#server.truth.stats
  }

  open(kinds: readonly Kind[]): Promise<void> {
    return this.#send('open', true, () => {
      this.#server.check()
      return this.#server.open(kinds)
    })
  }

  get<T extends Stored>(kind: Kind<T>, ids: readonly string[]): Promise<(T | undefined)[]> {
    return this.#read(`get ${kind.name} ${ids.length}`, async (store) => {
      const seen = this.#server.onRead?.(kind, ids)
      const rows = await store.get(kind, ids)
      seen?.(rows)
      return rows
    })
  }

  query<T extends Stored>(kind: Kind<T>, query: Query): Promise<T[]> {
    const label = `query ${kind.name} ${query.index ?? 'id'}`
    return this.#read(label, (store) => store.query(kind, query))
  }

  count(kind: Kind, query: Pick<Query, 'index' | 'equals'>): Promise<number> {
    return this.#read(`count ${kind.name}`, (store) => store.count(kind, query))
  }

  lookup<T extends Stored>(
    kind: Kind<T>,
    index: string,
    keys: readonly (readonly IndexValue[])[],
  ): Promise<T[]> {
    const label = `lookup ${kind.name} ${index} ${keys.length}`
    return this.#read(label, (store) => store.lookup(kind, index, keys))
  }

  counters(scopes: readonly string[]): Promise<Counter[]> {
    return this.#read(`counters ${scopes.length}`, (store) => store.counters(scopes))
  }

  scan(
    prefix: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<Counter[]> {
    return this.#read(`scan ${prefix}`, (store) => store.scan(prefix, page))
  }

  /** The feed is read from the primary: a follower that went back in time would skip entries. */
  changes(after: number, limit: number): Promise<Change[]> {
    return this.#send(`changes ${after}`, false, () => {
      this.#server.check()
      return this.#server.truth.changes(after, limit)
    })
  }

  trim(upTo: number): Promise<void> {
    return this.#send(`trim ${upTo}`, true, () => {
      this.#server.check()
      return this.#server.truth.trim(upTo)
    })
  }

  transact(batches: readonly WriteBatch[]): Promise<WriteResult[]> {
    const ground = this.#ground
    const lane = this.#life.name
    return this.#send(`transact ${batches.length}`, true, async () => {
      if (ground.hits('storeRefuses', lane)) throw refused()
      if (ground.hits('storeConflict', lane)) return batches.map(spuriousLoss)
      const results = await this.#server.transact(lane, batches)
      if (ground.hits('storeLosesAnswer', lane)) throw unknownOutcome()
      return results
    })
  }

  async close(): Promise<void> {
    this.#closed = true
  }

  #read<T>(label: string, read: (store: Store) => Promise<T>): Promise<T> {
    return this.#send(label, false, async () => {
      if (this.#ground.hits('storeRefuses', this.#life.name)) throw refused()
      return read(await this.#server.source(this.#life.name))
    })
  }

  #send<T>(label: string, writes: boolean, effect: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new CloudError('closed', 'This store is closed.'))
    const { latency } = this.#ground
    const isSlow = this.#ground.hits('storeSlow', this.#life.name)
    return this.#life.call({
      to: 'store',
      label: `store.${label}`,
      latency: isSlow ? [latency.store[1], latency.store[1] * 1_000] : latency.store,
      effect,
      writes,
      ...(writes ? { lost: unknownOutcome } : {}),
    })
  }
}

function refused(): CloudError {
  return new CloudError('unavailable', 'The store does not answer.')
}

/** What a client hears when it cannot know whether its transaction was applied. */
function unknownOutcome(): CloudError {
  return new CloudError('unavailable', 'The store did not answer in time.', {
    detail: { unknown: true },
  })
}

/** A lost race that nobody else won: a deadlock's victim. Its rows are as they were. */
function spuriousLoss(batch: WriteBatch): WriteResult {
  const first = batch.kinds.find(({ writes }) => (writes.update?.length ?? 0) > 0)
  const kind = first?.kind.name ?? batch.kinds[0]?.kind.name ?? 'work'
  const ids = (first?.writes.update ?? []).map((row) => row.id)
  return { ok: false, conflict: { type: 'revision', kind, ids } }
}
