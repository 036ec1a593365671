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
}

/** A record before the store has given it a revision. */
export type Draft<T extends Stored> = Omit<T, 'rev'>

export interface IndexSpec {
  /**
   * Top-level fields, strings, numbers, booleans or null, compared in this order, then by `id`. A
   * row with null or undefined in any field is not in a unique index's uniqueness check.
   */
  readonly fields: readonly string[]
  readonly unique?: boolean
}

export interface Kind<T extends Stored = Stored> {
  readonly name: string
  readonly indexes: Readonly<Record<string, IndexSpec>>
  /** True: ids that change are listed in the change feed. */
  readonly feed: boolean
  /** Type carrier only; never set. */
  readonly record?: T
}

export function defineKind<T extends Stored>(
  name: string,
  indexes: Readonly<Record<string, IndexSpec>>,
  options: { readonly feed?: boolean } = {},
): Kind<T> {
  return Object.freeze({
    name,
    indexes: Object.freeze({ ...indexes }),
    feed: options.feed ?? false,
  })
}
