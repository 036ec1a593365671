import { type Kind, kinds, type Store } from '@nephos/core'

const everything = 100_000

/** Kinds that remember calls rather than resources. */
const journals = new Set(['audit', 'idempotency'])

/** All rows of every kind, and all counters, in an order that depends on them only. */
export async function dump(
  store: Store,
  keep: (kind: Kind) => boolean = () => true,
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {}
  for (const kind of kinds) {
    if (keep(kind)) found[kind.name] = await store.query(kind, { limit: everything })
  }
  const counters = await store.scan('', { limit: everything })
  found['counters'] = counters
    // A counter at 0 without a limit of its own says nothing.
    .map(({ scope, name, value, limit }) => `${scope} ${name} ${value}/${limit}`)
    .sort()
  return found
}

/** As `dump`, without the records of calls. */
export function dumpResources(store: Store): Promise<Record<string, unknown>> {
  return dump(store, (kind) => !journals.has(kind.name))
}

/** Rows of every kind, counted. */
export async function rowCounts(store: Store): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const kind of kinds) counts[kind.name] = await store.count(kind, {})
  return counts
}
