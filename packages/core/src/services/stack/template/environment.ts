import { isJsonList, type Json, type JsonMap } from '../../../model/stack/json.ts'
import { templateError, within } from './error.ts'
import { readRules } from './rules.ts'
import { mapOf, refuseOthers } from './shape.ts'

/** What is set beside a template: values for parameters, and other types for names of types. */
export interface Environment {
  /** Win over `parameterDefaults`. */
  readonly parameters: JsonMap
  /** Count only for parameters that the template has. */
  readonly parameterDefaults: JsonMap
  readonly registry: Readonly<Record<string, string>>
  /** What holds for single resources: hooks, restrictions, types of their own. */
  readonly rules: JsonMap
}

const sections = new Set([
  'parameters',
  'parameter_defaults',
  'parameter_merge_strategies',
  'resource_registry',
  'event_sinks',
  'encrypted_param_names',
])

/** @throws CloudError `invalid` with the path of the first thing that is wrong. */
export function readEnvironment(source: JsonMap, path = 'environment'): Environment {
  refuseOthers(source, sections, path)
  for (const section of ['event_sinks', 'encrypted_param_names', 'parameter_merge_strategies']) {
    const value = source[section]
    const isEmpty = value === undefined || value === null || Object.keys(value).length === 0
    if (!isEmpty) throw templateError(within(path, section), 'is not supported.')
  }
  return {
    parameters: mapOf(source['parameters'] ?? {}, within(path, 'parameters')),
    parameterDefaults: mapOf(
      source['parameter_defaults'] ?? {},
      within(path, 'parameter_defaults'),
    ),
    ...readRegistry(source['resource_registry'] ?? {}, within(path, 'resource_registry')),
  }
}

function readRegistry(value: Json, path: string): Pick<Environment, 'registry' | 'rules'> {
  const registry: Record<string, string> = {}
  const { resources, ...types } = mapOf(value, path)
  for (const [name, target] of Object.entries(types)) {
    const at = within(path, name)
    if (typeof target !== 'string' || target === '' || isJsonList(target)) {
      throw templateError(at, 'is not the name of a type or of a template.')
    }
    registry[name] = target
  }
  return { registry, rules: readRules(resources ?? {}, within(path, 'resources')) }
}

/** Several environments as one: later ones win. */
export function mergedEnvironment(all: readonly Environment[]): Environment {
  return {
    parameters: Object.assign({}, ...all.map(({ parameters }) => parameters)) as JsonMap,
    parameterDefaults: Object.assign(
      {},
      ...all.map(({ parameterDefaults }) => parameterDefaults),
    ) as JsonMap,
    registry: Object.assign({}, ...all.map(({ registry }) => registry)) as Record<string, string>,
    rules: Object.assign({}, ...all.map(({ rules }) => rules)) as JsonMap,
  }
}

/** The longest chain of names that stand for names. */
const longestChain = 16

/**
 * What a name of a type stands for: a name of a type that the cloud has, or of a template among the
 * files. `*` at the end of a name in the registry stands for any rest.
 *
 * @throws CloudError `invalid` when names stand for each other.
 */
export function typeBehind(
  registry: Readonly<Record<string, string>>,
  name: string,
  path: string,
): string {
  let at = name
  for (let steps = 0; steps < longestChain; steps++) {
    const next = behind(registry, at)
    if (next === undefined || next === at) return at
    at = next
  }
  throw templateError(path, 'stands for itself in the resource registry.')
}

function behind(registry: Readonly<Record<string, string>>, name: string): string | undefined {
  if (Object.hasOwn(registry, name)) return registry[name]
  const patterns = Object.keys(registry).filter(
    (key) => key.endsWith('*') && name.startsWith(key.slice(0, -1)),
  )
  const [longest] = patterns.sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  if (longest === undefined) return undefined
  const target = registry[longest] as string
  return target.endsWith('*') ? target.slice(0, -1) + name.slice(longest.length - 1) : target
}
