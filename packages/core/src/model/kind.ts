/**
 * A kind of record: its name, its indexes, whether changes to it are worth a line in the change
 * feed. Stores know kinds by these properties only; no store branches on a kind's name.
 */

/**
 * What every stored record has. `rev` starts at 1 and grows by 1 with each update: the
 * compare-and-set token.
 */
export interface Stored {
  readonly id: string
  readonly rev: number
  /**
   * Kept by the committer in rows of metered kinds: since when (milliseconds since the epoch) the
   * row has these amounts, and then the amounts, as its meter lists them. Absent = nothing is
   * counted.
   */
  readonly metered?: readonly number[] | undefined
  /** Kept by the committer: the state that was announced last, in rows whose states are events. */
  readonly announced?: string | undefined
}

/** A record before the store has given it a revision. */
export type Draft<T extends Stored> = Omit<T, 'rev'>

/** A row as callers see it: without what the committer keeps in it for itself. */
export function shown<T extends Stored>(row: T): T {
  if (row.metered === undefined && row.announced === undefined) return row
  const { metered: _, announced: __, ...rest } = row
  return rest as T
}

export interface IndexSpec {
  /**
   * Top-level fields, strings, numbers, booleans or null, compared in this order, then by `id`. A
   * row with null or undefined in any field is not in a unique index's uniqueness check.
   */
  readonly fields: readonly string[]
  readonly unique?: boolean
}

/** How much of what a row is, so that its use can be summed up. Rows have a `projectId`. */
export interface UsageMeter<T extends Stored = Stored> {
  /** What is counted, in the order of the amounts. Only ever added to, at the end. */
  readonly classes: readonly string[]
  /** Index that begins with the project: finds what a project has now. */
  readonly index: string
  /** Whole numbers from 0, one per class; all 0 = not counted as it is now. */
  amounts(row: Draft<T>): readonly number[]
}

/** What the world is told of rows of a kind: made, removed, changed. */
export interface EventRule<T extends Stored = Stored> {
  /** A change of this is an event of its own, named after the new state. */
  state?(row: Draft<T>): string
}

export interface Kind<T extends Stored = Stored> {
  readonly name: string
  readonly indexes: Readonly<Record<string, IndexSpec>>
  /** True: ids that change are listed in the change feed. */
  readonly feed: boolean
  /** Its use over time is recorded by the commit that changes it. */
  readonly meter?: UsageMeter<T>
  /** Its events are recorded by the commit that brings them about. */
  readonly events?: EventRule<T>
  /**
   * Who may do what follows from its rows: commits that write them, or only those that remove some,
   * are counted, so that what was remembered of rights is known to be old.
   */
  readonly rights?: 'written' | 'removed'
  /** Type carrier only; never set. */
  readonly record?: T
}

export function defineKind<T extends Stored>(
  name: string,
  indexes: Readonly<Record<string, IndexSpec>>,
  options: Partial<Pick<Kind<T>, 'feed' | 'meter' | 'events' | 'rights'>> = {},
): Kind<T> {
  return Object.freeze({
    name,
    indexes: Object.freeze({ ...indexes }),
    feed: options.feed ?? false,
    ...(options.meter && { meter: options.meter }),
    ...(options.events && { events: options.events }),
    ...(options.rights && { rights: options.rights }),
  })
}
