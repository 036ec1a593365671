import type { Json, JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import { each } from './each.ts'
import { flagOf, mapOf, numberOf } from './property.ts'
import type { Result } from './result.ts'
import type { ResourceType, Verb } from './type.ts'

const seconds = { type: 'number', default: 0, min: 0, max: 86_400, updatable: true } as const
const waited = ['create', 'update', 'delete'] as const

/**
 * Keeps a value, takes as long as it is told, and fails when it is told: for trying out what a
 * template, an update or a rollback does, without anything being made.
 */
export const heatTestResource: ResourceType = {
  name: 'OS::Heat::TestResource',
  summary: 'Keeps a value; waits and fails as it is told, to try templates out.',
  properties: {
    value: { type: 'string', default: 'test_string', updatable: true },
    fail: { type: 'boolean', default: false, updatable: true },
    update_replace: { type: 'boolean', default: false, updatable: true },
    update_replace_value: { type: 'string', updatable: true },
    wait_secs: seconds,
    action_wait_secs: {
      type: 'map',
      updatable: true,
      members: { create: seconds, update: seconds, delete: seconds },
    },
  },
  attributes: { output: 'The value.' },
  create: waiting('create'),
  poll: each(async (work, row) => {
    const use = row.action === 'CREATE' ? 'create' : 'update'
    return settled(row, use, work.kernel.clock.now())
  }),
  update: waiting('update'),
  replaces: (_, after) =>
    flagOf(after, 'update_replace') === true ||
    (after['update_replace_value'] !== undefined &&
      after['update_replace_value'] === after['value']),
  remove: waiting('delete'),
}

type Use = (typeof waited)[number]

function waiting(use: Use): Verb {
  return each(async (work, row) => settled(row, use, work.kernel.clock.now()))
}

function settled(row: StackResource, use: Use, now: number): Result {
  const properties: JsonMap = (use === 'delete' ? row.properties : row.target) ?? {}
  const physicalId = row.id
  const own = mapOf(properties, 'action_wait_secs')
  const wait = (own && numberOf(own, use)) || numberOf(properties, 'wait_secs') || 0
  if (now - row.since < wait * 1_000) return { state: 'pending', physicalId }
  if (use === 'delete') return { state: 'done' }
  const output: Json = properties['value'] ?? null
  if (flagOf(properties, 'fail')) {
    return { state: 'failed', reason: `Test Resource failed ${row.name}`, physicalId }
  }
  return { state: 'done', physicalId, attributes: { output } }
}
