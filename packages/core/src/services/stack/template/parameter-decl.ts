import { limits } from '../../../base/limits.ts'
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import { type Constraint, readConstraints } from './constraints.ts'
import { templateError, within } from './error.ts'
import { type ParameterType, parameterTypes } from './parameter-type.ts'

export interface ParameterDecl {
  readonly name: string
  readonly type: ParameterType
  readonly label: string
  readonly description: string
  /** Undefined = a value must be given. */
  readonly default: Json | undefined
  readonly hidden: boolean
  readonly immutable: boolean
  readonly tags: readonly string[]
  readonly constraints: readonly Constraint[]
}

const fields = new Set([
  'type',
  'label',
  'description',
  'default',
  'hidden',
  'immutable',
  'tags',
  'constraints',
])

/** @throws CloudError `invalid` with the path of the first thing that is wrong. */
export function readParameters(value: Json, path: string): ReadonlyMap<string, ParameterDecl> {
  if (!isJsonMap(value)) throw templateError(path, 'is not a map.')
  const entries = Object.entries(value)
  if (entries.length > limits.stackParameters) {
    throw templateError(path, 'are too many.', limits.stackParameters)
  }
  return new Map(
    entries.map(([name, decl]) => [name, readParameter(name, decl, within(path, name))]),
  )
}

function readParameter(name: string, value: Json, path: string): ParameterDecl {
  if (!isJsonMap(value)) throw templateError(path, 'is not a map.')
  if (name.startsWith('OS::')) throw templateError(path, 'is a name that the cloud gives.')
  const other = Object.keys(value).find((key) => !fields.has(key))
  if (other !== undefined) {
    throw templateError(within(path, other), `is not one of ${[...fields].join(', ')}.`)
  }
  const type = parameterTypes.find((one) => one === value['type'])
  if (!type)
    throw templateError(within(path, 'type'), `is not one of ${parameterTypes.join(', ')}.`)
  return {
    name,
    type,
    label: text(value, 'label', path),
    description: text(value, 'description', path),
    default: value['default'] ?? undefined,
    hidden: flag(value, 'hidden', path),
    immutable: flag(value, 'immutable', path),
    tags: texts(value['tags'] ?? [], within(path, 'tags')),
    constraints: readConstraints(value['constraints'] ?? [], type, within(path, 'constraints')),
  }
}

function text(map: JsonMap, key: string, path: string): string {
  const value = map[key] ?? ''
  if (typeof value === 'string') return value
  throw templateError(within(path, key), 'is not a text.')
}

function flag(map: JsonMap, key: string, path: string): boolean {
  const value = map[key] ?? false
  const read = toBoolean(value)
  if (read !== undefined) return read
  throw templateError(within(path, key), 'is neither true nor false.')
}

function texts(value: Json, path: string): readonly string[] {
  const list = typeof value === 'string' ? value.split(',') : value
  if (isJsonList(list) && list.every((item) => typeof item === 'string')) {
    return list
  }
  throw templateError(path, 'is not a list of texts.')
}

const yes = new Set(['t', 'true', 'on', 'y', 'yes', '1'])
const no = new Set(['f', 'false', 'off', 'n', 'no', '0'])

/** What Heat takes for true or false; undefined for anything else. */
export function toBoolean(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const word = String(value).toLowerCase()
  if (yes.has(word)) return true
  return no.has(word) ? false : undefined
}
