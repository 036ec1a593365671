import { limits } from '../../../base/limits.ts'
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import { deletionPolicies, type DeletionPolicy } from '../../../model/stack/resource.ts'
import { templateError, within } from './error.ts'
import { type ParameterDecl, readParameters } from './parameter-decl.ts'
import { hasSince, type HotVersion, readVersion } from './version.ts'

export interface ResourceDecl {
  readonly name: string
  readonly type: string
  readonly properties: JsonMap
  readonly metadata: Json
  readonly dependsOn: readonly string[]
  /** The name of a condition, or a condition itself; undefined = always. */
  readonly condition: Json | undefined
  readonly updatePolicy: JsonMap
  readonly deletionPolicy: DeletionPolicy
  readonly externalId: Json | undefined
}

export interface OutputDecl {
  readonly description: string
  readonly value: Json
  readonly condition: Json | undefined
}

/** A template, its sections checked; what is inside is looked at when it is resolved. */
export interface Template {
  readonly version: HotVersion
  readonly description: string
  readonly parameterGroups: readonly ParameterGroup[]
  readonly parameters: ReadonlyMap<string, ParameterDecl>
  readonly conditions: ReadonlyMap<string, Json>
  readonly resources: ReadonlyMap<string, ResourceDecl>
  readonly outputs: ReadonlyMap<string, OutputDecl>
}

export interface ParameterGroup {
  readonly label: string
  readonly description: string
  readonly parameters: readonly string[]
}

const conditionsSince: HotVersion = '2016-10-14'

const sections = new Set([
  'heat_template_version',
  'description',
  'parameter_groups',
  'parameters',
  'conditions',
  'resources',
  'outputs',
])

const resourceFields = new Set([
  'type',
  'properties',
  'metadata',
  'depends_on',
  'condition',
  'update_policy',
  'deletion_policy',
  'external_id',
])

/** Names of resources, parameters and outputs become parts of paths and rows. */
const nameForm = /^[^\p{Cc}\p{Cs}/]{1,255}$/u

/** @throws CloudError `invalid` with the path of the first thing that is wrong. */
export function readTemplate(source: JsonMap, path = 'template'): Template {
  const version = readVersion(
    source['heat_template_version'] ?? null,
    within(path, 'heat_template_version'),
  )
  refuseOthers(source, sections, path)
  if (source['conditions'] !== undefined) requireSince(version, conditionsSince, path, 'conditions')
  const parameters = readParameters(source['parameters'] ?? {}, within(path, 'parameters'))
  const resources = readResources(source['resources'] ?? {}, version, within(path, 'resources'))
  return {
    version,
    description: textAt(source, 'description', path),
    parameterGroups: readGroups(source['parameter_groups'] ?? [], parameters, path),
    parameters,
    conditions: new Map(
      Object.entries(mapOf(source['conditions'] ?? {}, within(path, 'conditions'))),
    ),
    resources,
    outputs: readOutputs(source['outputs'] ?? {}, version, within(path, 'outputs')),
  }
}

function readResources(
  value: Json,
  version: HotVersion,
  path: string,
): ReadonlyMap<string, ResourceDecl> {
  const entries = Object.entries(mapOf(value, path))
  if (entries.length > limits.stackResources) {
    throw templateError(path, 'are too many.', limits.stackResources)
  }
  return new Map(
    entries.map(([name, fields]) => {
      const at = within(path, name)
      if (!nameForm.test(name)) throw templateError(at, 'is no name of a resource.')
      return [name, readResource(name, mapOf(fields, at), version, at)]
    }),
  )
}

function readResource(
  name: string,
  fields: JsonMap,
  version: HotVersion,
  path: string,
): ResourceDecl {
  refuseOthers(fields, resourceFields, path)
  const { type } = fields
  if (typeof type !== 'string' || type === '' || type.length > limits.nameLength) {
    throw templateError(within(path, 'type'), 'is no name of a type.')
  }
  for (const field of ['condition', 'external_id']) {
    if (fields[field] !== undefined) requireSince(version, conditionsSince, path, field)
  }
  return {
    name,
    type,
    properties: mapOf(fields['properties'] ?? {}, within(path, 'properties')),
    metadata: fields['metadata'] ?? {},
    dependsOn: readDependsOn(fields['depends_on'] ?? [], within(path, 'depends_on')),
    condition: fields['condition'],
    updatePolicy: mapOf(fields['update_policy'] ?? {}, within(path, 'update_policy')),
    deletionPolicy: readDeletionPolicy(
      fields['deletion_policy'] ?? 'Delete',
      within(path, 'deletion_policy'),
    ),
    externalId: fields['external_id'],
  }
}

function readDependsOn(value: Json, path: string): readonly string[] {
  const list = isJsonList(value) ? value : [value]
  return list.map((name, at) => {
    if (typeof name === 'string') return name
    throw templateError(within(path, at), 'is no name of a resource.')
  })
}

function readDeletionPolicy(value: Json, path: string): DeletionPolicy {
  const text = typeof value === 'string' ? value.toLowerCase() : undefined
  const policy = deletionPolicies.find((one) => one.toLowerCase() === text)
  if (policy) return policy
  throw templateError(path, `is not one of ${deletionPolicies.join(', ')}.`)
}

function readOutputs(
  value: Json,
  version: HotVersion,
  path: string,
): ReadonlyMap<string, OutputDecl> {
  const entries = Object.entries(mapOf(value, path))
  if (entries.length > limits.stackOutputs) {
    throw templateError(path, 'are too many.', limits.stackOutputs)
  }
  return new Map(
    entries.map(([name, fields]) => {
      const at = within(path, name)
      const output = mapOf(fields, at)
      refuseOthers(output, new Set(['description', 'value', 'condition']), at)
      if (!('value' in output)) throw templateError(within(at, 'value'), 'is missing.')
      if (output['condition'] !== undefined) requireSince(version, conditionsSince, at, 'condition')
      return [
        name,
        {
          description: textAt(output, 'description', at),
          value: output['value'],
          condition: output['condition'],
        },
      ]
    }),
  )
}

function readGroups(
  value: Json,
  parameters: ReadonlyMap<string, ParameterDecl>,
  path: string,
): readonly ParameterGroup[] {
  const at = within(path, 'parameter_groups')
  if (!isJsonList(value)) throw templateError(at, 'is not a list.')
  const seen = new Set<string>()
  return value.map((group, index) => {
    const place = within(at, index)
    const fields = mapOf(group, place)
    refuseOthers(fields, new Set(['label', 'description', 'parameters']), place)
    const names = fields['parameters'] ?? []
    const list = within(place, 'parameters')
    if (!isJsonList(names)) throw templateError(list, 'is not a list.')
    for (const [position, name] of names.entries()) {
      const problem =
        typeof name !== 'string' || !parameters.has(name)
          ? 'is no parameter of the template.'
          : seen.has(name)
            ? 'is in another group already.'
            : undefined
      if (problem) throw templateError(within(list, position), problem)
      seen.add(name as string)
    }
    return {
      label: textAt(fields, 'label', place),
      description: textAt(fields, 'description', place),
      parameters: names as readonly string[],
    }
  })
}

/** @throws CloudError `invalid` when it is no map. */
export function mapOf(value: Json, path: string): JsonMap {
  if (isJsonMap(value)) return value
  throw templateError(path, 'is not a map.')
}

export function textAt(map: JsonMap, key: string, path: string): string {
  const value = map[key] ?? ''
  if (typeof value === 'string') return value
  throw templateError(within(path, key), 'is not a text.')
}

export function refuseOthers(map: JsonMap, known: ReadonlySet<string>, path: string): void {
  const other = Object.keys(map).find((key) => !known.has(key))
  if (other === undefined) return
  throw templateError(within(path, other), `is not one of ${[...known].join(', ')}.`)
}

function requireSince(version: HotVersion, since: HotVersion, path: string, field: string): void {
  if (hasSince(version, since)) return
  throw templateError(within(path, field), `is there from version ${since} on.`)
}
