import { canonicalJson } from '../../../base/canonical.ts'
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import { templateError, within } from './error.ts'
import { type ParameterDecl, toBoolean } from './parameter-decl.ts'
import { limits } from '../../../base/limits.ts'
import { hasUnresolved, unresolved } from './scope.ts'

/** What stands for a hidden value. */
export const hiddenValue = '******'

export type ParameterValues = ReadonlyMap<string, Json>

/**
 * The value of every declared parameter: what was given, or its default.
 *
 * @throws CloudError `invalid` with the path `parameters.<name>` for a value that is missing, of
 *   another type, against a constraint, or for a parameter that there is not.
 */
export function parameterValues(
  declared: ReadonlyMap<string, ParameterDecl>,
  given: JsonMap,
  path = 'parameters',
): ParameterValues {
  const other = Object.keys(given).find((name) => !declared.has(name))
  if (other !== undefined)
    throw templateError(within(path, other), 'is no parameter of the template.')
  return new Map(
    [...declared].map(([name, decl]) => {
      const at = within(path, name)
      const value = Object.hasOwn(given, name) ? given[name] : decl.default
      if (value === undefined) throw templateError(at, 'has no value and no default.')
      return [name, checked(decl, value, at)]
    }),
  )
}

/** Checks defaults without values being there: what a validation of a template can tell. */
export function checkDefaults(declared: ReadonlyMap<string, ParameterDecl>, path: string): void {
  for (const [name, decl] of declared) {
    if (decl.default !== undefined)
      checked(decl, decl.default, within(within(path, name), 'default'))
  }
}

function checked(decl: ParameterDecl, given: Json, path: string): Json {
  if (hasUnresolved(given)) return unresolved
  const value = converted(decl, given, path)
  for (const constraint of decl.constraints) {
    const problem = constraint.check(value)
    if (problem === undefined) continue
    const said = decl.hidden ? 'does not meet a constraint' : problem
    throw templateError(path, said.slice(0, limits.nameLength))
  }
  return value
}

function converted(decl: ParameterDecl, value: Json, path: string): Json {
  switch (decl.type) {
    case 'string':
      return asText(value, path)
    case 'number':
      return asNumber(value, path)
    case 'boolean': {
      const read = toBoolean(value)
      if (read === undefined) throw templateError(path, 'is neither true nor false.')
      return read
    }
    case 'comma_delimited_list':
      return asList(value, path)
    case 'json':
      return asJson(value, path)
  }
}

function asText(value: Json, path: string): Json {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'object') throw templateError(path, 'is not a text.')
  return String(value)
}

function asNumber(value: Json, path: string): Json {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw templateError(path, 'is not a number.')
}

function asList(value: Json, path: string): Json {
  if (typeof value === 'string') return value === '' ? [] : value.split(',')
  if (!isJsonList(value)) throw templateError(path, 'is not a list.')
  return value.map((item, at) => asText(item, within(path, at)))
}

function asJson(value: Json, path: string): Json {
  if (isJsonList(value) || isJsonMap(value)) return value
  if (value === null || value === '') return {}
  if (typeof value !== 'string') throw templateError(path, 'is neither a map nor a list.')
  let parsed: unknown
  try {
    parsed = JSON.parse(value)
  } catch {
    throw templateError(path, 'is not JSON.')
  }
  if (!isJsonList(parsed) && !isJsonMap(parsed)) {
    throw templateError(path, 'is neither a map nor a list.')
  }
  requirePlain(parsed, path, 0)
  return parsed
}

function requirePlain(value: unknown, path: string, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth > limits.stackTemplateDepth) {
    throw templateError(path, 'is nested too deeply.', limits.stackTemplateDepth)
  }
  for (const [key, member] of Object.entries(value)) {
    if (key === '__proto__') throw templateError(within(path, key), 'is a reserved key.')
    requirePlain(member, path, depth + 1)
  }
}

/**
 * What must stay as it is.
 *
 * @throws CloudError `invalid` for an immutable parameter whose value differs.
 */
export function requireImmutable(
  declared: ReadonlyMap<string, ParameterDecl>,
  before: ParameterValues,
  after: ParameterValues,
): void {
  for (const [name, { immutable }] of declared) {
    const old = before.get(name)
    if (!immutable || old === undefined) continue
    if (canonicalJson(old) === canonicalJson(after.get(name) ?? null)) continue
    throw templateError(within('parameters', name), 'is immutable.')
  }
}

/** Values as users see them: hidden ones covered. */
export function shownValues(
  declared: ReadonlyMap<string, ParameterDecl>,
  values: ParameterValues,
): JsonMap {
  return Object.fromEntries(
    [...values].map(([name, value]) => [name, declared.get(name)?.hidden ? hiddenValue : value]),
  )
}
