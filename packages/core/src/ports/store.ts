import type { Kind, Stored } from '../model/kind.ts'

/**
 * Durable records, bounded counters and a change feed. Safety rests on unique keys, compare-and-set
 * revisions and bounded counters, never on an isolation level. Every verb takes many: 500 rows are
 * one statement.
 */
export interface Store {
  readonly capabilities: StoreCapabilities
  /**
   * Creates or migrates the tables of these kinds. Called once, first. Throws `unavailable` when
   * written by a newer version.
   */
  open(kinds: readonly Kind[]): Promise<void>
  /**
   * Records by id, in the order asked; undefined where absent. One statement whatever the number.
   */
  get<T extends Stored>(kind: Kind<T>, ids: readonly string[]): Promise<(T | undefined)[]>
  /** One page of records of an index, in index order then id. */
  query<T extends Stored>(kind: Kind<T>, query: Query): Promise<T[]>
  /** Number of records the query matches, without its page bounds. */
  count(kind: Kind, query: Pick<Query, 'index' | 'equals'>): Promise<number>
  /**
   * All records whose index starts with one of the key tuples, each once, in any order. One
   * statement whatever the number of keys.
   */
  lookup<T extends Stored>(
    kind: Kind<T>,
    index: string,
    keys: readonly (readonly IndexValue[])[],
  ): Promise<T[]>
  /** All counters of the scopes, in any order. */
  counters(scopes: readonly string[]): Promise<Counter[]>
  /**
   * Counters of every scope that starts with `prefix`, in scope order: the first `limit` scopes
   * after `after`, each whole.
   */
  scan(
    prefix: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<Counter[]>
  /**
   * Applies the batches, in order, in ONE durable transaction: each batch wholly or not at all,
   * each with its own result. Resolves when the transaction is durable. Rejects only if nothing at
   * all was applied, or with `unavailable` and `detail.unknown` true when that cannot be known.
   */
  transact(batches: readonly WriteBatch[]): Promise<WriteResult[]>
  /**
   * Entries of the change feed after a cursor (0 = from the oldest kept), oldest first. Sequence
   * numbers only grow.
   */
  changes(after: number, limit: number): Promise<Change[]>
  /** Forgets feed entries up to and including this sequence number. */
  trim(upTo: number): Promise<void>
  readonly stats: StoreStats
  /** Finishes what was accepted, then refuses everything with `closed`. Idempotent. */
  close(): Promise<void>
}

export interface StoreCapabilities {
  /** Survives the end of the process. */
  readonly durable: boolean
  /** Several processes may open it at once. */
  readonly shared: boolean
}

export type IndexValue = string | number | boolean | null

export interface Query {
  /** Name of the kind's index; undefined = by id. */
  readonly index?: string
  /** Values of the index's leading fields. */
  readonly equals?: readonly IndexValue[]
  /**
   * Bounds of the field after `equals` (or of id when there is none): from inclusive, to exclusive.
   * A record whose field is null is outside every bound; no bound is null.
   */
  readonly from?: IndexValue
  readonly to?: IndexValue
  /**
   * Continue after this record: the last record of the page before, whose index fields and id are
   * read.
   */
  readonly after?: Stored
  readonly reverse?: boolean
  readonly limit: number
}

/**
 * A named integer that never leaves [0, limit] upwards: an `add` that would break it fails its
 * whole batch.
 */
export interface Counter {
  readonly scope: string
  readonly name: string
  readonly value: number
  readonly limit: number
}

export interface CounterAdd {
  readonly scope: string
  readonly name: string
  /**
   * Added to the value. Fails with a `counter` conflict if the result would be < 0, or if `add` > 0
   * and the result would exceed the limit (a limit may be lowered below the value; giving back is
   * always allowed).
   */
  readonly add: number
  /** The limit with which an absent counter is made; without it an absent counter is a conflict. */
  readonly limit?: number
  /** Remove the counter when it comes to 0. */
  readonly transient?: boolean
}

/** Sets a counter's limit, making it with value 0 if absent. The value is not touched. */
export interface CounterLimit {
  readonly scope: string
  readonly name: string
  readonly limit: number
}

export interface KindWrites {
  /**
   * New records without `rev` (it becomes 1): plain JSON values. A taken id or unique key is a
   * `unique` conflict.
   */
  readonly insert?: readonly (Omit<Stored, 'rev'> & object)[]
  /**
   * Whole records: stored with `rev` + 1 if the stored `rev` equals the given one, else a
   * `revision` conflict.
   */
  readonly update?: readonly Stored[]
  /** Removed if the stored `rev` equals the given one, else a `revision` conflict. */
  readonly remove?: readonly Stored[]
}

/**
 * What is written together. Order within a batch: each entry of `kinds` in turn, there removes,
 * then updates, then inserts, the rows of one verb all at once (so rows may exchange unique keys);
 * then limits, adds, drops. Several adds to one counter count as their sum. So a batch can set a
 * limit and add up to it, and an add can guard the drop of its own scope.
 */
export interface WriteBatch {
  readonly kinds: readonly { readonly kind: Kind; readonly writes: KindWrites }[]
  readonly add?: readonly CounterAdd[]
  readonly limit?: readonly CounterLimit[]
  /** Removes every counter of the scope. */
  readonly drop?: readonly string[]
  /** Topics to ring once durable: kept in the feed, so that nothing committed goes unannounced. */
  readonly topics?: readonly string[]
  /** Who writes: a process recognises its own changes in the feed. */
  readonly origin: string
  readonly at: number
}

export type WriteResult =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly conflict: Conflict }

/**
 * Why a batch was not applied: the first kind of trouble met, with everything of that kind. `ids`
 * are those of the batch's records; `index` is `id` when ids themselves were taken.
 */
export type Conflict =
  | {
      readonly type: 'unique'
      readonly kind: string
      readonly index: string
      readonly ids: readonly string[]
    }
  | { readonly type: 'revision'; readonly kind: string; readonly ids: readonly string[] }
  | { readonly type: 'counter'; readonly counters: readonly CounterConflict[] }

export interface CounterConflict {
  readonly scope: string
  readonly name: string
  readonly add: number
  /** Undefined when the counter is absent. */
  readonly value?: number
  readonly limit?: number
}

/** One committed batch in the feed. */
export interface Change {
  readonly seq: number
  readonly at: number
  readonly origin: string
  readonly topics: readonly string[]
  /** Ids written, by kind, for kinds with `feed`. */
  readonly put: Readonly<Record<string, readonly string[]>>
  /** Ids removed, by kind, for kinds with `feed`. */
  readonly removed: Readonly<Record<string, readonly string[]>>
  /** Counter scopes touched. */
  readonly scopes: readonly string[]
}

/** Counts since the store was made. */
export interface StoreStats {
  readonly transactions: number
  /** SQL statements (or their equivalent) executed, reads and writes, BEGIN/COMMIT excluded. */
  readonly statements: number
}
