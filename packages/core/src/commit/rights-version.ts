import type { Counter, CounterAdd, KindWrites, Store, WriteBatch } from '../ports/store.ts'

/** Prefix of the scopes of counters that are versions: they stand for no rows. */
export const versionPrefix = 'version:'

const scope = `${versionPrefix}rights`
const name = 'commits'

/**
 * What counts a batch that changes who may do what; undefined for any other. It is of the same
 * commit: whoever reads the version before he reads such rows, and finds the same version later,
 * would read the same rows again.
 */
export function rightsAdd({ kinds }: Pick<WriteBatch, 'kinds'>): CounterAdd | undefined {
  const isChange = kinds.some(({ kind, writes }) => {
    if (kind.rights === undefined) return false
    return kind.rights === 'written' ? writesAny(writes) : (writes.remove?.length ?? 0) > 0
  })
  return isChange ? { scope, name, add: 1, limit: Number.MAX_SAFE_INTEGER } : undefined
}

function writesAny({ insert = [], update = [], remove = [] }: KindWrites): boolean {
  return insert.length + update.length + remove.length > 0
}

/** How many commits have changed rights: one statement. It only grows. */
export async function rightsVersion(store: Pick<Store, 'counters'>): Promise<number> {
  const counters: readonly Counter[] = await store.counters([scope])
  return counters[0]?.value ?? 0
}
