import { isJsonList, isJsonMap, type Json } from '../../../model/stack/json.ts'
import { templateError, within } from './error.ts'
import type { Evaluate, TemplateFunction } from './function.ts'
import { conditionFunctions, functions } from './functions.ts'
import { spend, spendValue } from './spend.ts'
import { absent } from './absent.ts'
import { hasUnresolved, type Scope, unresolved } from './scope.ts'
import { hasSince } from './version.ts'

/**
 * A part of a template with every function in it replaced by what it gives.
 *
 * @param path where the part stands.
 * @throws CloudError `invalid` with the path of the function that is wrong.
 */
export function resolve(value: Json, scope: Scope, path: string): Json {
  const resolved = walk(value, scope, path)
  return resolved === absent ? null : resolved
}

function walk(value: Json, scope: Scope, path: string): Json {
  spend(scope, path, 1)
  if (typeof value !== 'object' || value === null) return value
  if (isJsonList(value)) {
    return value
      .map((item, at) => walk(item, scope, within(path, at)))
      .filter((item) => item !== absent)
  }
  const call = functionOf(value, functions)
  if (call) return run(call, scope, path, walk)
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, Json>>)
      .map(([key, item]) => [key, walk(item, scope, within(path, key))] as const)
      .filter(([, item]) => item !== absent),
  )
}

interface FunctionCall {
  readonly name: string
  readonly rule: TemplateFunction
  readonly argument: Json
}

/** A map with one key that is a function's name. */
function functionOf(
  value: Json,
  table: Readonly<Record<string, TemplateFunction>>,
): FunctionCall | undefined {
  if (!isJsonMap(value)) return undefined
  const keys = Object.keys(value)
  const [name] = keys
  if (name === undefined || keys.length > 1 || !Object.hasOwn(table, name)) return undefined
  return { name, rule: table[name] as TemplateFunction, argument: value[name] as Json }
}

function run(
  { name, rule, argument }: FunctionCall,
  scope: Scope,
  path: string,
  evaluate: Evaluate,
): Json {
  const at = within(path, name)
  if (!hasSince(scope.version, rule.since)) {
    throw templateError(
      at,
      `is a function from version ${rule.since} on; this is ${scope.version}.`,
    )
  }
  if (rule.type === 'special') {
    return rule.run(argument, { scope, path: at, evaluate, condition: isTrue })
  }
  const resolved = evaluate(argument, scope, at)
  if (resolved === absent) throw templateError(at, 'has no argument.')
  // What it is given is not known yet, so neither is what it gives.
  if (hasUnresolved(resolved)) return unresolved
  const result = rule.run(resolved, { scope, path: at })
  spendValue(scope, at, result)
  return result
}

/**
 * The truth of a condition: a condition's name, true or false, or a condition function.
 *
 * @throws CloudError `invalid`.
 */
export function isTrue(value: Json, scope: Scope, path: string): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return scope.condition(value, path)
  const call = functionOf(value, conditionFunctions)
  if (!call) throw templateError(path, 'is no condition.')
  const result = run(call, scope, path, conditionArgument)
  if (typeof result === 'boolean') return result
  throw templateError(path, 'is neither true nor false.')
}

/** What stands within a condition: conditions are functions there too. */
function conditionArgument(value: Json, scope: Scope, path: string): Json {
  spend(scope, path, 1)
  if (isJsonList(value)) {
    return value.map((item, at) => conditionArgument(item, scope, within(path, at)))
  }
  const call = functionOf(value, conditionFunctions)
  if (call) return run(call, scope, path, conditionArgument)
  return isJsonMap(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          conditionArgument(item, scope, within(path, key)),
        ]),
      )
    : value
}
