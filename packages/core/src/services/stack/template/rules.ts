import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import { type StackHook, stackHooks } from '../../../model/stack/resource.ts'
import { templateError, within } from './error.ts'
import { mapOf } from './shape.ts'

const restrictions = ['update', 'replace'] as const
type Restriction = (typeof restrictions)[number]

/** What an environment says of one resource, or of a nested stack's. */
export interface ResourceRules {
  readonly hooks: ReadonlySet<StackHook>
  /** What must not happen to it. */
  readonly restricted: ReadonlySet<Restriction>
  /** Other types for names of types, for this resource alone. */
  readonly registry: Readonly<Record<string, string>>
}

export const noRules: ResourceRules = { hooks: new Set(), restricted: new Set(), registry: {} }

/**
 * Checks the `resources` part of a resource registry, as it will be read.
 *
 * @throws CloudError `invalid` with the path of the first thing that is wrong.
 */
export function readRules(value: Json, path: string): JsonMap {
  const rules = mapOf(value, path)
  for (const [name, own] of Object.entries(rules)) {
    const at = within(path, name)
    for (const [key, member] of Object.entries(mapOf(own, at))) {
      const place = within(at, key)
      if (key === 'hooks') namesIn(member, stackHooks, place)
      else if (key === 'restricted_actions') namesIn(member, restrictions, place)
      else if (isJsonMap(member)) readRules({ [key]: member }, at)
      else if (typeof member !== 'string') throw templateError(place, 'is no rule of a resource.')
    }
  }
  return rules
}

/**
 * What holds for a resource.
 *
 * @param name as in the template; of a member of a group, `group/0`.
 */
export function rulesOf(rules: JsonMap, name: string): ResourceRules {
  const found = entriesFor(rules, name)
  if (found.length === 0) return noRules
  const of = <T extends string>(key: string, known: readonly T[]): ReadonlySet<T> =>
    new Set(found.flatMap((entry) => namesIn(entry[key] ?? [], known, key)))
  const registry = Object.fromEntries(
    found.flatMap((entry) =>
      Object.entries(entry).filter(
        (pair): pair is [string, string] =>
          typeof pair[1] === 'string' && pair[0] !== 'hooks' && pair[0] !== 'restricted_actions',
      ),
    ),
  )
  return {
    hooks: of('hooks', stackHooks),
    restricted: of('restricted_actions', restrictions),
    registry,
  }
}

/** The rules for the resources of the nested stack that a resource is. */
export function rulesWithin(rules: JsonMap, name: string): JsonMap {
  const parts = entriesFor(rules, name).flatMap((entry) =>
    Object.entries(entry).filter(([, member]) => isJsonMap(member)),
  )
  return Object.fromEntries(parts)
}

function entriesFor(rules: JsonMap, name: string): readonly JsonMap[] {
  let level: readonly JsonMap[] = [rules]
  for (const part of name.split('/')) {
    level = level.flatMap((map) =>
      Object.entries(map).flatMap(([pattern, entry]) =>
        isJsonMap(entry) && matches(pattern, part) ? [entry] : [],
      ),
    )
    if (level.length === 0) break
  }
  return level
}

/** `*` stands for any text; walked without going back more than once, so it is quick. */
function matches(pattern: string, text: string): boolean {
  const pieces = pattern.split('*')
  const [first = '', ...rest] = pieces
  if (rest.length === 0) return pattern === text
  if (!text.startsWith(first)) return false
  const last = rest.pop() ?? ''
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

function namesIn<T extends string>(value: Json, known: readonly T[], path: string): T[] {
  const list = isJsonList(value) ? value : [value]
  return list.map((item) => {
    const name = known.find((one) => one === item)
    if (name) return name
    throw templateError(path, `is not one of ${known.join(', ')}.`)
  })
}
