import { createHash } from 'node:crypto'
import type { Kind } from '@nephos/core'

/** Characters that PostgreSQL keeps of a name; it cuts off the rest without a word. */
const nameLength = 63

/** Names are letters, digits, underscores and dots, so quoting needs no escapes. */
export function quote(name: string): string {
  if (name.length <= nameLength) return `"${name}"`
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12)
  return `"${name.slice(0, nameLength - 13)}_${hash}"`
}

/** The columns of fields stand apart from those of every table: `f_owner`; the id is itself. */
export function column(field: string): string {
  return field === 'id' ? '"id"' : quote(`f_${field}`)
}

export function indexName(kind: Kind, index: string): string {
  return quote(`${kind.name}.${index}`)
}

/** Every field that has a column, once, in the order of the indexes. */
export function keyFields(kind: Kind): readonly string[] {
  const fields = Object.values(kind.indexes).flatMap((spec) => spec.fields)
  return [...new Set(fields)].filter((field) => field !== 'id')
}

/** The fields of its unique indexes, by their names. */
export function uniqueIndexes(kind: Kind): readonly (readonly [string, readonly string[]])[] {
  return Object.entries(kind.indexes)
    .filter(([, spec]) => spec.unique)
    .map(([name, spec]) => [name, spec.fields] as const)
}

/** One text for what the tables of these kinds are. */
export function shapeOf(kinds: Iterable<Kind>): string {
  const shapes = [...kinds].map(({ name, indexes }) => {
    return [name, Object.entries(indexes).toSorted(byName)] as const
  })
  return createHash('sha256')
    .update(JSON.stringify(shapes.toSorted(byName)))
    .digest('hex')
}

function byName(
  [a]: readonly [string, ...unknown[]],
  [b]: readonly [string, ...unknown[]],
): number {
  return a < b ? -1 : 1
}
