import type { Change, CounterAdd, WriteBatch } from './store.ts'

/** What the feed tells of a batch. */
export type ChangeBody = Pick<Change, 'topics' | 'put' | 'removed' | 'scopes'>

/**
 * The feed entry of a batch, from the batch alone. An id written more than once is listed once, as
 * it ended.
 */
export function changeBody(batch: WriteBatch): ChangeBody {
  const put: Record<string, readonly string[]> = {}
  const removed: Record<string, readonly string[]> = {}
  const ends = new Map<string, Map<string, boolean>>()
  for (const { kind, writes } of batch.kinds) {
    if (!kind.feed) continue
    const ids = ends.get(kind.name) ?? new Map<string, boolean>()
    ends.set(kind.name, ids)
    for (const row of writes.remove ?? []) ids.set(row.id, false)
    for (const row of writes.update ?? []) ids.set(row.id, true)
    for (const row of writes.insert ?? []) ids.set(row.id, true)
  }
  for (const [name, ids] of ends) {
    const kept = [...ids].filter(([, stays]) => stays).map(([id]) => id)
    const gone = [...ids].filter(([, stays]) => !stays).map(([id]) => id)
    if (kept.length > 0) put[name] = kept
    if (gone.length > 0) removed[name] = gone
  }
  const scopes = new Set(batch.drop)
  for (const { scope } of batch.limit ?? []) scopes.add(scope)
  for (const { scope } of batch.add ?? []) scopes.add(scope)
  return { topics: [...new Set(batch.topics)], put, removed, scopes: [...scopes] }
}

/** What tells a counter from others. */
export interface CounterName {
  readonly scope: string
  readonly name: string
}

/** One text for each counter: neither part holds a NUL. */
export function counterKey({ scope, name }: CounterName): string {
  return `${scope}\0${name}`
}

/** Several adds to one counter in one batch count as their sum, with what the last one says. */
export function mergeAdds(adds: readonly CounterAdd[]): readonly CounterAdd[] {
  const merged = new Map<string, CounterAdd>()
  for (const add of adds) {
    const key = counterKey(add)
    const before = merged.get(key)
    merged.set(key, before ? { ...before, ...add, add: before.add + add.add } : add)
  }
  return merged.size === adds.length ? adds : [...merged.values()]
}
