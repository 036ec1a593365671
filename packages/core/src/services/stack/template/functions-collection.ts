import { canonicalJson } from '../../../base/canonical.ts'
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import { templateError, within } from './error.ts'
import type { Place, SpecialPlace, TemplateFunction } from './function.ts'
import { hasUnresolved, unresolved } from './scope.ts'
import { spend } from './spend.ts'

/** Functions that give lists and maps, or ask about them. */
export const collectionFunctions: Readonly<Record<string, TemplateFunction>> = {
  list_concat: {
    type: 'plain',
    since: '2017-09-01',
    run: (argument, place) => concat(argument, place),
  },
  list_concat_unique: {
    type: 'plain',
    since: '2017-09-01',
    run: (argument, place) => {
      const seen = new Set<string>()
      return concat(argument, place).filter((item) => {
        const text = canonicalJson(item)
        if (seen.has(text)) return false
        seen.add(text)
        return true
      })
    },
  },
  map_merge: {
    type: 'plain',
    since: '2016-04-08',
    run: (argument, { path }) => {
      const maps = listOf(argument, path).map((map, at) =>
        map === null ? {} : mapOf(map, within(path, at)),
      )
      return Object.assign({}, ...maps) as JsonMap
    },
  },
  map_replace: { type: 'plain', since: '2016-10-14', run: mapReplace },
  filter: {
    type: 'plain',
    since: '2017-02-24',
    run: (argument, { path }) => {
      const [out, list] = listOf(argument, path)
      const unwanted = new Set(
        listOf(out ?? null, within(path, 0)).map((item) => canonicalJson(item)),
      )
      return listOf(list ?? null, within(path, 1)).filter(
        (item) => !unwanted.has(canonicalJson(item)),
      )
    },
  },
  contains: {
    type: 'plain',
    since: '2017-09-01',
    run: (argument, { path }) => {
      const [item, within_] = listOf(argument, path)
      if (typeof within_ === 'string') return typeof item === 'string' && within_.includes(item)
      if (isJsonMap(within_)) return typeof item === 'string' && Object.hasOwn(within_, item)
      const text = canonicalJson(item ?? null)
      return listOf(within_ ?? null, within(path, 1)).some((one) => canonicalJson(one) === text)
    },
  },
  repeat: { type: 'special', since: '2015-04-30', run: repeat },
}

function concat(argument: Json, { scope, path }: Place): Json[] {
  const items = listOf(argument, path).flatMap((list, at) =>
    list === null ? [] : listOf(list, within(path, at)),
  )
  spend(scope, path, items.length)
  return items
}

function mapReplace(argument: Json, { path }: Place): Json {
  const [map, change] = listOf(argument, path)
  const { keys = {}, values = {}, ...rest } = mapOf(change ?? null, within(path, 1))
  if (Object.keys(rest).length > 0)
    throw templateError(within(path, 1), 'has more than keys, values.')
  const names = mapOf(keys, within(path, 'keys'))
  const others = mapOf(values, within(path, 'values'))
  const result = new Map<string, Json>()
  for (const [key, value] of Object.entries(mapOf(map ?? null, within(path, 0)))) {
    const name = Object.hasOwn(names, key) ? (names[key] as Json) : key
    if (typeof name !== 'string')
      throw templateError(within(within(path, 'keys'), key), 'is not a text.')
    if (result.has(name)) throw templateError(path, `gives the key ${name.slice(0, 100)} twice.`)
    const text = typeof value === 'object' ? undefined : String(value)
    const isKnown = text !== undefined && Object.hasOwn(others, text)
    result.set(name, isKnown ? (others[text] as Json) : value)
  }
  return Object.fromEntries(result)
}

/** The template once for each combination of what its variables go through. */
function repeat(argument: Json, { scope, path, evaluate }: SpecialPlace): Json {
  const { template, for_each: lists, permutations, ...rest } = mapOf(argument, path)
  if (template === undefined || Object.keys(rest).length > 0) {
    throw templateError(path, 'is not a template and a for_each.')
  }
  const each = evaluate(lists ?? null, scope, within(path, 'for_each'))
  if (hasUnresolved(each)) return unresolved
  const isNested = permutations === undefined ? true : evaluate(permutations, scope, path)
  if (typeof isNested !== 'boolean') {
    throw templateError(within(path, 'permutations'), 'is neither true nor false.')
  }
  const variables = Object.entries(mapOf(each, within(path, 'for_each'))).map(
    ([name, values]) => [name, valuesOf(values, within(path, `for_each.${name}`))] as const,
  )
  if (variables.some(([name]) => name === '')) throw templateError(path, 'has an empty variable.')
  const rounds = isNested ? combinations(variables, scope, path) : pairs(variables, path)
  return rounds.map((round) => {
    const text = substitute(template, round, scope, path)
    return evaluate(text, scope, within(path, 'template'))
  })
}

function valuesOf(value: Json, path: string): readonly Json[] {
  if (value === null) return []
  return isJsonMap(value) ? Object.keys(value) : listOf(value, path)
}

type Variable = readonly [name: string, values: readonly Json[]]
type Round = readonly (readonly [name: string, value: Json])[]

function combinations(
  variables: readonly Variable[],
  scope: Place['scope'],
  path: string,
): Round[] {
  let rounds: Round[] = [[]]
  for (const [name, values] of variables) {
    spend(scope, path, rounds.length * values.length)
    rounds = rounds.flatMap((round) => values.map((value): Round => [...round, [name, value]]))
  }
  return rounds
}

function pairs(variables: readonly Variable[], path: string): Round[] {
  const length = variables[0]?.[1].length ?? 0
  if (variables.some(([, values]) => values.length !== length)) {
    throw templateError(within(path, 'for_each'), 'has lists of different lengths.')
  }
  return Array.from({ length }, (_, at) =>
    variables.map(([name, values]) => [name, values[at] as Json] as const),
  )
}

/** Variables are replaced wherever they stand in texts; a text that is one becomes its value. */
function substitute(value: Json, round: Round, scope: Place['scope'], path: string): Json {
  spend(scope, path, 1)
  if (typeof value === 'string') {
    const whole = round.find(([name]) => name === value)
    if (whole) return whole[1]
    let text = value
    for (const [name, item] of round) {
      if (!text.includes(name)) continue
      if (typeof item === 'object') {
        throw templateError(path, `puts a list or a map into a text for ${name.slice(0, 100)}.`)
      }
      const parts = text.split(name)
      const put = String(item)
      spend(scope, path, 0, text.length + parts.length * put.length)
      text = parts.join(put)
    }
    return text
  }
  if (isJsonList(value)) return value.map((item) => substitute(item, round, scope, path))
  if (!isJsonMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      keyOf(substitute(key, round, scope, path), path),
      substitute(item, round, scope, path),
    ]),
  )
}

function keyOf(value: Json, path: string): string {
  if (typeof value === 'object') throw templateError(path, 'puts a list or a map into a key.')
  return String(value)
}

function listOf(value: Json, path: string): readonly Json[] {
  if (isJsonList(value)) return value
  throw templateError(path, 'is not a list.')
}

function mapOf(value: Json, path: string): JsonMap {
  if (isJsonMap(value)) return value
  throw templateError(path, 'is not a map.')
}
