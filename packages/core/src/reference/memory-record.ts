import type { Stored } from '../model/kind.ts'

/** A frozen copy of a record, with this revision. */
export function frozenRecord(record: object, rev: number): Stored {
  return frozenMembers(record, rev) as unknown as Stored
}

/**
 * A frozen copy of a JSON value: what a store hands out can be neither changed nor reached through
 * what was handed in. Members that are undefined are left out; −0 becomes 0, as in JSON.
 */
export function frozenCopy(value: unknown): unknown {
  if (typeof value === 'number') return value === 0 ? 0 : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy))
  return frozenMembers(value)
}

function frozenMembers(value: object, rev?: number): Readonly<Record<string, unknown>> {
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[key]
    if (member !== undefined) define(copy, key, frozenCopy(member))
  }
  if (rev !== undefined) copy['rev'] = rev
  return Object.freeze(copy)
}

/** Plain assignment to `__proto__` would set the prototype instead of a member. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') {
    target[key] = value
    return
  }
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
}
