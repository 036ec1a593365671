import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import { limits } from '../../../base/limits.ts'
import { templateError, within } from '../template/error.ts'
import type { ResourceDecl } from '../template/shape.ts'
import { mapOf } from '../template/shape.ts'
import { hasUnresolved } from '../template/scope.ts'
import type { GroupSpec } from '../resources/type.ts'

/** The name of a member of a group. */
export function memberName(group: string, index: number): string {
  return `${group}/${index}`
}

/** The group and index that a name has; undefined for what is no member. */
export function memberOf(
  name: string,
): { readonly group: string; readonly index: number } | undefined {
  const at = name.lastIndexOf('/')
  return at < 0 ? undefined : { group: name.slice(0, at), index: Number(name.slice(at + 1)) }
}

/**
 * The members of a group, each as a resource of its own: so that all of them are brought about
 * beside everything else, and those alike by one request.
 *
 * @throws CloudError `invalid` with the path of what is wrong.
 */
export function expandGroup(group: ResourceDecl, spec: GroupSpec, path: string): ResourceDecl[] {
  const { definition, variable } = spec
  if (!isJsonMap(definition)) throw templateError(path, 'has no definition of its members.')
  const type = definition['type']
  if (typeof type !== 'string' || hasUnresolved(type)) {
    throw templateError(within(path, 'type'), 'is no name of a type.')
  }
  const removed = new Set(spec.removed)
  const indices: number[] = []
  for (let index = 0; indices.length < spec.count; index++) {
    if (!removed.has(index)) indices.push(index)
  }
  const properties = mapOf(definition['properties'] ?? {}, within(path, 'properties'))
  const metadata = definition['metadata'] ?? {}
  const varies = mentions(properties, variable) || mentions(metadata, variable)
  return indices.map((index) => ({
    ...group,
    name: memberName(group.name, index),
    type: type.replaceAll(variable, () => String(index)),
    properties: varies ? (put(properties, variable, String(index)) as JsonMap) : properties,
    metadata: varies ? put(metadata, variable, String(index)) : metadata,
    condition: undefined,
    externalId: undefined,
    updatePolicy: {},
  }))
}

function mentions(value: Json, variable: string): boolean {
  if (typeof value === 'string') return value.includes(variable)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([key, member]) => key.includes(variable) || mentions(member, variable),
  )
}

function put(value: Json, variable: string, text: string): Json {
  if (typeof value === 'string') return value.replaceAll(variable, () => text)
  if (isJsonList(value)) return value.map((item) => put(item, variable, text))
  if (!isJsonMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.replaceAll(variable, () => text),
      put(member, variable, text),
    ]),
  )
}

/** @throws CloudError `invalid` when a stack has more resources than it may. */
export function requireRoomFor(count: number, path: string): void {
  if (count > limits.stackResources) {
    throw templateError(path, 'makes too many resources.', limits.stackResources)
  }
}
