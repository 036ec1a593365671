import type { Draft, Stored } from '../../model/kind.ts'

/** What of a row is the store's and the committer's own. */
type Own = 'rev' | 'metered' | 'announced'

/** A row, or one that is about to be written, as its users see it. */
export function withoutOwn<T extends Stored>(row: Draft<T>): Omit<T, Own> {
  const { rev: _, metered: _metered, announced: _announced, ...rest } = row as T
  return rest
}
