import { limits } from '../../../base/limits.ts'
import { isJsonMap, type Json, type JsonMap } from '../../../model/stack/json.ts'
import { templateError, within } from '../template/error.ts'
import { rowOnly } from './each.ts'
import { listOf, mapOf, numberOf, textOf } from './property.ts'
import type { ResourceType, Rolling } from './type.ts'

const definition = { type: 'map', required: true, updatable: true } as const
const count = { type: 'integer', min: 0, max: limits.stackResources, updatable: true } as const

/** Resources that are alike; servers among them are made in one request. */
export const heatResourceGroup: ResourceType = {
  name: 'OS::Heat::ResourceGroup',
  summary: 'A number of resources of one definition.',
  properties: {
    count: { ...count, default: 1 },
    index_var: { type: 'string', default: '%index%', min: 1, updatable: true },
    resource_def: definition,
    removal_policies: {
      type: 'list',
      default: [],
      updatable: true,
      items: { type: 'map', members: { resource_list: { type: 'list' } } },
    },
    removal_policies_mode: {
      type: 'string',
      default: 'append',
      allowed: ['append', 'update'],
      updatable: true,
    },
  },
  attributes: {
    refs: 'References of the members.',
    refs_map: 'References of the members by index.',
    attributes: 'An attribute of each member by index.',
    removed_rsrc_list: 'Indices that are not used.',
  },
  create: rowOnly(() => ({})),
  update: rowOnly(() => ({})),
  members: (properties, path) => ({
    count: numberOf(properties, 'count') ?? unknownCount(path, 'count'),
    definition: properties['resource_def'] as Json,
    variable: textOf(properties, 'index_var') ?? '%index%',
    removed: removedOf(properties),
    rolling: null,
  }),
}

/** A group with a wanted size. */
export const heatAutoScalingGroup: ResourceType = {
  name: 'OS::Heat::AutoScalingGroup',
  summary: 'A number of resources of one definition, between a least and a greatest.',
  properties: {
    resource: definition,
    min_size: { ...count, required: true },
    max_size: { ...count, required: true },
    desired_capacity: count,
    cooldown: { type: 'integer', min: 0, updatable: true },
    rolling_updates: {
      type: 'map',
      updatable: true,
      members: {
        min_in_service: { type: 'integer', default: 0, min: 0 },
        max_batch_size: { type: 'integer', default: 1, min: 1 },
        pause_time: { type: 'number', default: 0, min: 0 },
      },
    },
  },
  attributes: {
    refs: 'References of the members.',
    refs_map: 'References of the members by index.',
    outputs: 'An attribute of each member by index.',
    outputs_list: 'An attribute of each member.',
    current_size: 'The number of members.',
  },
  check: (properties, path) => {
    const [least, most] = [numberOf(properties, 'min_size'), numberOf(properties, 'max_size')]
    if (least === undefined || most === undefined) return
    if (least > most) throw templateError(within(path, 'min_size'), 'is above max_size.', most)
    const wanted = numberOf(properties, 'desired_capacity') ?? least
    if (wanted < least || wanted > most) {
      throw templateError(within(path, 'desired_capacity'), 'is not between min_size and max_size.')
    }
  },
  create: rowOnly(() => ({})),
  update: rowOnly(() => ({})),
  members: (properties, path) => ({
    count:
      numberOf(properties, 'desired_capacity') ??
      numberOf(properties, 'min_size') ??
      unknownCount(path, 'min_size'),
    definition: properties['resource'] as Json,
    variable: '%index%',
    removed: [],
    rolling: rollingOf(mapOf(properties, 'rolling_updates')),
    bounds: {
      least: numberOf(properties, 'min_size') ?? 0,
      most: numberOf(properties, 'max_size') ?? 0,
    },
  }),
}

function unknownCount(path: string, property: string): never {
  throw templateError(within(path, property), 'must not depend on other resources.')
}

/** Indices in the lists of the removal policies; names that are no indices are passed over. */
function removedOf(properties: JsonMap): readonly number[] {
  const lists = (listOf(properties, 'removal_policies') ?? []).flatMap(
    (policy) => (isJsonMap(policy) && listOf(policy, 'resource_list')) || [],
  )
  return lists.map(Number).filter((index) => Number.isSafeInteger(index) && index >= 0)
}

/** How many members change at once. */
export function rollingOf(policy: JsonMap | undefined): Rolling | null {
  const size = Number(policy?.['max_batch_size'] ?? 1)
  const pause = Number(policy?.['pause_time'] ?? 0)
  if (!policy || !Number.isSafeInteger(size) || size < 1 || !(pause >= 0)) return null
  return { size, pauseMs: Math.min(pause, longestPauseSeconds) * 1_000 }
}

const longestPauseSeconds = 3_600
