/** The members of a value that is an object, else none. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** The value without some of its members. */
export function withoutFields(value: unknown, fields: readonly string[] = []): unknown {
  if (fields.length === 0 || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)))
}

/** Equal as JSON: whatever the order of members; undefined, null and absent are one. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b)
  if (typeof a !== 'object' || typeof b !== 'object') return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, index) => sameJson(item, b[index]))
  }
  const left = membersOf(a)
  const right = membersOf(b)
  return (
    Object.keys(left).every((name) => sameJson(left[name], right[name])) &&
    Object.keys(right).every((name) => name in left || isNothing(right[name]))
  )
}

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

/** Calls back with every text within, names of members included, until that answers true. */
export function someText(value: unknown, found: (text: string) => boolean): boolean {
  if (typeof value === 'string') return found(value)
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some((item) => someText(item, found))
  for (const name in value) {
    if (found(name) || someText((value as Record<string, unknown>)[name], found)) return true
  }
  return false
}

/** Ids of the things that an answer shows: its own, or those of its items. */
export function idsIn(answer: unknown): readonly string[] {
  if (Array.isArray(answer))
    return answer.flatMap((item) => membersOf(item)['id'] ?? []) as string[]
  const { id, hosts } = membersOf(answer)
  if (typeof id === 'string') return [id]
  return Array.isArray(hosts) ? idsIn(hosts) : []
}
