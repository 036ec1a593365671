import { canonicalJson } from '../../../base/canonical.ts'
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import { templateError, within } from './error.ts'
import type { Place, TemplateFunction } from './function.ts'
import { makeUrl } from './make-url.ts'
import { spend } from './spend.ts'
import { hasSince } from './version.ts'

/** Functions that give texts, or take them apart. */
export const textFunctions: Readonly<Record<string, TemplateFunction>> = {
  list_join: { type: 'plain', since: '2013-05-23', run: listJoin },
  str_replace: {
    type: 'plain',
    since: '2013-05-23',
    run: (argument, place) => replace(argument, place, 'lenient'),
  },
  str_replace_strict: {
    type: 'plain',
    since: '2017-02-24',
    run: (argument, place) => replace(argument, place, 'strict'),
  },
  str_replace_vstrict: {
    type: 'plain',
    since: '2017-09-01',
    run: (argument, place) => replace(argument, place, 'very strict'),
  },
  str_split: { type: 'plain', since: '2015-10-15', run: split },
  digest: {
    type: 'plain',
    since: '2015-04-30',
    run: (argument, { scope, path }) => {
      const [algorithm, text] = isJsonList(argument) ? argument : []
      if (typeof algorithm !== 'string' || typeof text !== 'string') {
        throw templateError(path, 'is not an algorithm and a text.')
      }
      const digest = scope.digest(algorithm, text)
      if (digest === undefined) throw templateError(path, 'names an unknown algorithm.')
      return digest
    },
  },
  make_url: {
    type: 'plain',
    since: '2017-09-01',
    run: (argument, { path }) => makeUrl(argument, path),
  },
  yaql: {
    type: 'special',
    since: '2016-10-14',
    run: (_, { path }) => {
      throw templateError(path, 'is not supported.')
    },
  },
}

/** As it stands in a text. */
function written(value: Json, path: string): string {
  if (value === null) return ''
  if (typeof value === 'object') return canonicalJson(value)
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  throw templateError(path, 'is not a text.')
}

function listJoin(argument: Json, { scope, path }: Place): Json {
  const [delimiter, ...lists] = isJsonList(argument) ? argument : []
  if (typeof delimiter !== 'string' || lists.length === 0) {
    throw templateError(path, 'is not a delimiter and a list.')
  }
  if (lists.length > 1 && !hasSince(scope.version, '2015-10-15')) {
    throw templateError(path, 'joins several lists from version 2015-10-15 on.')
  }
  const items = lists.flatMap((list, at) => {
    if (list === null) return []
    if (isJsonList(list)) return list
    throw templateError(within(path, at + 1), 'is not a list.')
  })
  const texts = items.map((item, at) => written(item, within(path, at)))
  const length = texts.reduce((sum, text) => sum + text.length + delimiter.length, 0)
  spend(scope, path, 1, length)
  return texts.join(delimiter)
}

type Strictness = 'lenient' | 'strict' | 'very strict'

/** Replaces every parameter at once: what one puts in is not looked at for another. */
function replace(argument: Json, { scope, path }: Place, strictness: Strictness): Json {
  const { template, params, ...rest } = mapOf(argument, path)
  if (Object.keys(rest).length > 0) throw templateError(path, 'has more than template and params.')
  if (typeof template !== 'string') throw templateError(within(path, 'template'), 'is not a text.')
  const values = mapOf(params ?? null, within(path, 'params'))
  // The longest first, so that `$name` does not take what belongs to `$names`.
  const keys = Object.keys(values).sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  const texts = new Map<string, string>()
  for (const key of keys) {
    const at = within(within(path, 'params'), key)
    if (key === '') throw templateError(at, 'is an empty name.')
    const value = values[key] as Json
    const text = written(value, at)
    if (strictness === 'very strict' && text === '') throw templateError(at, 'has no value.')
    if (strictness !== 'lenient' && !template.includes(key)) {
      throw templateError(at, 'does not stand in the template.')
    }
    texts.set(key, text)
  }
  const text = replaceAll(template, keys, texts, (length) => spend(scope, path, 0, length))
  spend(scope, path, 1)
  return text
}

function replaceAll(
  template: string,
  keys: readonly string[],
  texts: ReadonlyMap<string, string>,
  paid: (length: number) => void,
): string {
  const parts: string[] = []
  // Keys by their first character: most places of a long text begin none of them.
  const begin = new Map<string, string[]>()
  for (const key of keys) {
    const first = key[0] as string
    begin.set(first, [...(begin.get(first) ?? []), key])
  }
  let from = 0
  for (let at = 0; at < template.length;) {
    const start = at
    const key = begin.get(template[at] as string)?.find((one) => template.startsWith(one, start))
    if (key === undefined) {
      at++
      continue
    }
    const text = texts.get(key) as string
    paid(at - from + text.length)
    parts.push(template.slice(from, at), text)
    at += key.length
    from = at
  }
  paid(template.length - from)
  return [...parts, template.slice(from)].join('')
}

function split(argument: Json, { scope, path }: Place): Json {
  const [delimiter, text, index] = isJsonList(argument) ? argument : []
  if (typeof delimiter !== 'string' || delimiter === '' || typeof text !== 'string') {
    throw templateError(path, 'is not a delimiter and a text.')
  }
  spend(scope, path, 1, text.length)
  const parts = text.split(delimiter)
  if (index === undefined || index === null) return parts
  const at = Number(index)
  if (!Number.isInteger(at) || at < 0 || at >= parts.length) {
    throw templateError(within(path, 2), 'is no index of a part.', parts.length - 1)
  }
  return parts[at] as string
}

function mapOf(value: Json, path: string): JsonMap {
  if (isJsonMap(value)) return value
  throw templateError(path, 'is not a map.')
}
