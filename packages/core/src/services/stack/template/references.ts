import { isJsonMap, type Json } from '../../../model/stack/json.ts'
import { templateError, within } from './error.ts'
import type { Scope } from './scope.ts'
import { isTrue } from './resolve.ts'

/**
 * Names of the resources that a part of a template refers to. Of an `if`, only the part that holds
 * counts.
 *
 * @throws CloudError `invalid` with the path of a name that is no resource's.
 */
export function referencesOf(
  value: Json,
  scope: Scope,
  path: string,
  found = new Set<string>(),
): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  if (isJsonMap(value)) {
    const keys = Object.keys(value)
    const [name] = keys
    if (keys.length === 1 && name !== undefined) {
      const inner = value[name] as Json
      const target = targetOf(name, inner)
      if (target !== undefined) found.add(target)
      if (name === 'if' && Array.isArray(inner)) {
        const [condition, yes, no] = inner as readonly Json[]
        const isYes = isTrue(condition ?? null, scope, within(within(path, name), 0))
        return referencesOf((isYes ? yes : no) ?? null, scope, path, found)
      }
    }
  }
  for (const [key, member] of Object.entries(value)) {
    referencesOf(member, scope, within(path, key), found)
  }
  return found
}

/** The resource that `get_resource` or `get_attr` names, when its name is written out. */
function targetOf(name: string, argument: Json): string | undefined {
  if (name === 'get_resource') return typeof argument === 'string' ? argument : undefined
  if (name !== 'get_attr' || !Array.isArray(argument)) return undefined
  const [first] = argument as readonly Json[]
  return typeof first === 'string' ? first : undefined
}

/**
 * Refuses circles of names.
 *
 * @param requires what each name needs; names outside of the map are passed over.
 * @throws CloudError `invalid` with the path of a resource in a circle.
 */
export function requireNoCircle(
  requires: ReadonlyMap<string, readonly string[]>,
  path: string,
): void {
  const users = new Map<string, string[]>()
  /** How many that each needs have not been passed yet. */
  const open = new Map<string, number>()
  for (const [name, needs] of requires) {
    const own = [...new Set(needs)].filter((need) => requires.has(need))
    open.set(name, own.length)
    for (const need of own) {
      const list = users.get(need)
      if (list) list.push(name)
      else users.set(need, [name])
    }
  }
  const free = [...open].filter(([, count]) => count === 0).map(([name]) => name)
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    for (const user of users.get(name) ?? []) {
      const count = (open.get(user) as number) - 1
      open.set(user, count)
      if (count === 0) free.push(user)
    }
  }
  const circle = [...open].find(([, count]) => count > 0)
  if (circle) throw templateError(within(path, circle[0]), 'depends on itself, by way of others.')
}
