import { limits } from '../../../base/limits.ts'
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import { templateError, within } from '../template/error.ts'
import { toBoolean } from '../template/parameter-decl.ts'
import { unresolved } from '../template/scope.ts'

/** What a property takes. */
export interface PropertySpec {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'list' | 'map' | 'any'
  readonly description?: string
  readonly required?: boolean
  readonly default?: Json
  /** True: may be changed while the resource stays; otherwise it is replaced. */
  readonly updatable?: boolean
  readonly allowed?: readonly Json[]
  readonly min?: number
  readonly max?: number
  /** Of each item of a list. */
  readonly items?: PropertySpec
  /** Of the members of a map; any without it. */
  readonly members?: PropertySpecs
  /** Heat's older name for it, which templates still use. */
  readonly alias?: string
}

export type PropertySpecs = Readonly<Record<string, PropertySpec>>

/**
 * Properties in the form that verbs read: defaults put in, numbers and truth values converted. What
 * is unresolved yet stays so.
 *
 * @throws CloudError `invalid` with the path of the property.
 */
export function readProperties(specs: PropertySpecs | null, given: JsonMap, path: string): JsonMap {
  if (specs === null) return given
  const aliases = new Set(Object.values(specs).map(({ alias }) => alias))
  const other = Object.keys(given).find((name) => !Object.hasOwn(specs, name) && !aliases.has(name))
  if (other !== undefined) throw templateError(within(path, other), 'is no property of this type.')
  const read: Record<string, Json> = {}
  for (const [name, spec] of Object.entries(specs)) {
    const value = givenOf(given, name, spec, path) ?? spec.default
    if (value === undefined || value === null) {
      if (spec.required) throw templateError(within(path, name), 'is missing.')
      continue
    }
    read[name] = readProperty(spec, value, within(path, name))
  }
  return read
}

/** @throws CloudError `invalid` when a property has both of its names. */
function givenOf(
  given: JsonMap,
  name: string,
  { alias }: PropertySpec,
  path: string,
): Json | undefined {
  const older = alias === undefined ? undefined : given[alias]
  if (older === undefined || older === null) return given[name]
  if (given[name] === undefined || given[name] === null) return older
  throw templateError(within(path, alias ?? name), `is the same as ${name}, which is there too.`)
}

function readProperty(spec: PropertySpec, value: Json, path: string): Json {
  if (value === unresolved) return value
  const read = readers[spec.type](spec, value, path)
  if (spec.allowed && !spec.allowed.includes(read)) {
    const all = spec.allowed.map(String).join(', ')
    throw templateError(path, `is not one of ${all.slice(0, limits.nameLength)}.`)
  }
  return read
}

type Read = (spec: PropertySpec, value: Json, path: string) => Json

const readers: Readonly<Record<PropertySpec['type'], Read>> = {
  string: (spec, value, path) => {
    if (typeof value === 'object' || value === null) throw templateError(path, 'is not a text.')
    const text = typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value)
    requireSize(spec, text.length, path)
    return text
  },
  integer: (spec, value, path) => {
    const number = toNumber(value)
    if (!Number.isSafeInteger(number)) throw templateError(path, 'is not an integer.')
    requireSize(spec, number, path)
    return number
  },
  number: (spec, value, path) => {
    const number = toNumber(value)
    if (!Number.isFinite(number)) throw templateError(path, 'is not a number.')
    requireSize(spec, number, path)
    return number
  },
  boolean: (_, value, path) => {
    const read = toBoolean(value)
    if (read === undefined) throw templateError(path, 'is neither true nor false.')
    return read
  },
  list: (spec, value, path) => {
    const list = typeof value === 'string' ? (value === '' ? [] : value.split(',')) : value
    if (!isJsonList(list)) throw templateError(path, 'is not a list.')
    requireSize(spec, list.length, path)
    const { items } = spec
    return items ? list.map((item, at) => readProperty(items, item, within(path, at))) : list
  },
  map: (spec, value, path) => {
    if (!isJsonMap(value)) throw templateError(path, 'is not a map.')
    requireSize(spec, Object.keys(value).length, path)
    return spec.members ? readProperties(spec.members, value, path) : value
  },
  any: (_, value) => value,
}

function toNumber(value: Json): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
}

function requireSize({ min, max }: PropertySpec, size: number, path: string): void {
  if (min !== undefined && size < min) throw templateError(path, 'is too small or short.', min)
  if (max !== undefined && size > max) throw templateError(path, 'is too large or long.', max)
}

/** A text property; undefined when it was not given. */
export function textOf(properties: JsonMap, name: string): string | undefined {
  const value = properties[name]
  return typeof value === 'string' ? value : undefined
}

export function numberOf(properties: JsonMap, name: string): number | undefined {
  const value = properties[name]
  return typeof value === 'number' ? value : undefined
}

export function flagOf(properties: JsonMap, name: string): boolean | undefined {
  const value = properties[name]
  return typeof value === 'boolean' ? value : undefined
}

export function listOf(properties: JsonMap, name: string): readonly Json[] | undefined {
  const value = properties[name]
  return isJsonList(value) ? value : undefined
}

export function textsOf(properties: JsonMap, name: string): string[] | undefined {
  return listOf(properties, name)?.filter((item): item is string => typeof item === 'string')
}

export function mapOf(properties: JsonMap, name: string): JsonMap | undefined {
  const value = properties[name]
  return isJsonMap(value) ? value : undefined
}

/** Only the members that have a value. */
export function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}
