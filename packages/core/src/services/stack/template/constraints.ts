import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import { templateError, within } from './error.ts'
import { canonicalJson } from '../../../base/canonical.ts'
import { compilePattern, type Pattern } from './pattern.ts'
import type { ParameterType } from './parameter-type.ts'

/** What a parameter's value must be like. */
export interface Constraint {
  /** Undefined when the value is fine. */
  readonly check: (value: Json) => string | undefined
  /** As it was written: for those who ask what a template takes. */
  readonly source: JsonMap
}

const names = [
  'length',
  'range',
  'modulo',
  'allowed_values',
  'allowed_pattern',
  'custom_constraint',
] as const

/** @throws CloudError `invalid` with the path of the first thing that is wrong. */
export function readConstraints(
  value: Json,
  type: ParameterType,
  path: string,
): readonly Constraint[] {
  if (!isJsonList(value)) throw templateError(path, 'is not a list.')
  return value.map((item, at) => readConstraint(item, type, within(path, at)))
}

function readConstraint(value: Json, type: ParameterType, path: string): Constraint {
  if (!isJsonMap(value)) throw templateError(path, 'is not a map.')
  const { description = '', ...rest } = value
  const [name, ...more] = Object.keys(rest)
  const known = names.find((one) => one === name)
  if (!known || more.length > 0) throw templateError(path, `is not one of ${names.join(', ')}.`)
  const check = makers[known](rest[known] as Json, type, within(path, known))
  const told = typeof description === 'string' && description !== '' ? description : undefined
  return {
    source: value,
    check: (given) => {
      const problem = check(given)
      return problem === undefined ? undefined : (told ?? problem)
    },
  }
}

type Maker = (value: Json, type: ParameterType, path: string) => (value: Json) => string | undefined

const makers: Readonly<Record<(typeof names)[number], Maker>> = {
  length: (value, type, path) => {
    if (type === 'number' || type === 'boolean') throw notFor(path, type)
    const check = bounds(value, path)
    return (given) => check(sizeOf(given), 'its length')
  },
  range: (value, type, path) => {
    if (type !== 'number') throw notFor(path, type)
    const check = bounds(value, path)
    return (given) => check(Number(given), 'it')
  },
  modulo: (value, type, path) => {
    if (type !== 'number') throw notFor(path, type)
    const { step, offset = 0 } = isJsonMap(value) ? value : {}
    if (!isInteger(step) || step === 0 || !isInteger(offset) || Math.abs(offset) >= Math.abs(step))
      throw templateError(path, 'is no step with an offset below it.')
    return (given) =>
      (Number(given) - offset) % step === 0
        ? undefined
        : `is not ${offset} and a multiple of ${step}`
  },
  allowed_values: (value, _type, path) => {
    if (!isJsonList(value) || value.length === 0)
      throw templateError(path, 'is not a list of values.')
    const allowed = new Set(value.map((one) => plain(one)))
    return (given) => {
      const all = isJsonList(given) ? given : [given]
      return all.every((one) => allowed.has(plain(one)))
        ? undefined
        : `is not one of ${value
            .map((one) => plain(one))
            .join(', ')
            .slice(0, 200)}`
    }
  },
  allowed_pattern: (value, type, path) => {
    if (type === 'number' || type === 'boolean') throw notFor(path, type)
    if (typeof value !== 'string') throw templateError(path, 'is not a text.')
    const pattern: Pattern = compilePattern(value, path)
    return (given) => {
      const all = isJsonList(given) ? given : [given]
      const isFine = all.every((one) => typeof one === 'string' && pattern.matches(one))
      return isFine ? undefined : `does not match ${value.slice(0, 100)}`
    }
  },
  custom_constraint: (value, _type, path) => {
    if (typeof value !== 'string') throw templateError(path, 'is not a text.')
    // Whether the thing exists is found out by the operation that uses it.
    return (given) =>
      typeof given === 'string' && given !== '' ? undefined : `names no ${value.slice(0, 100)}`
  },
}

function notFor(path: string, type: ParameterType): Error {
  return templateError(path, `is not for a parameter of type ${type}.`)
}

function isInteger(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value)
}

function bounds(value: Json, path: string): (size: number, what: string) => string | undefined {
  const { min, max, ...rest } = isJsonMap(value) ? value : {}
  const isBound = (bound: unknown): boolean => bound === undefined || typeof bound === 'number'
  if (
    (min === undefined && max === undefined) ||
    !isBound(min) ||
    !isBound(max) ||
    Object.keys(rest).length > 0
  ) {
    throw templateError(path, 'has neither a min nor a max.')
  }
  return (size, what) => {
    if (typeof min === 'number' && size < min) return `${what} is below ${min}`
    if (typeof max === 'number' && size > max) return `${what} is above ${max}`
    return undefined
  }
}

function sizeOf(value: Json): number {
  if (typeof value === 'string') return [...value].length
  if (isJsonList(value)) return value.length
  return isJsonMap(value) ? Object.keys(value).length : 0
}

/** Values are compared as they would be written: `1` and `'1'` are the same. */
function plain(value: Json): string {
  return typeof value === 'object' ? canonicalJson(value) : String(value)
}
