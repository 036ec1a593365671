import { limits } from '../../../base/limits.ts'
import type { GroupPolicy } from '../../../model/compute/server-group.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { serverGroupCreate, serverGroupDelete, serverGroupGet } from '../../compute/server-group.ts'
import { each, removal } from './each.ts'
import { numberOf, mapOf, present, textOf, textsOf } from './property.ts'
import type { ResourceType } from './type.ts'

export const novaServerGroup: ResourceType = {
  name: 'OS::Nova::ServerGroup',
  summary: 'A group whose servers are placed together, or apart.',
  properties: {
    name: { type: 'string', max: limits.nameLength },
    policies: {
      type: 'list',
      default: ['anti-affinity'],
      min: 1,
      max: 1,
      items: {
        type: 'string',
        allowed: ['anti-affinity', 'affinity', 'soft-anti-affinity', 'soft-affinity'],
      },
    },
    rules: { type: 'map', members: { max_server_per_host: { type: 'integer', min: 1 } } },
  },
  attributes: {},
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    const name = textOf(properties, 'name') ?? `${work.stack.name}-${row.name.replace('/', '-')}`
    const group = await work.call(
      serverGroupCreate,
      present({
        name: name.slice(0, limits.nameLength),
        policy: textsOf(properties, 'policies')?.[0] as GroupPolicy,
        maxServerPerHost: numberOf(mapOf(properties, 'rules') ?? {}, 'max_server_per_host'),
      }),
      work.keyOf(row, 'create'),
    )
    return { state: 'done', physicalId: group.id }
  }),
  remove: removal((work, id, row) =>
    work.call(serverGroupDelete, { id }, work.keyOf(row, 'delete')),
  ),
  verify: each(async (work, row) => {
    await work.call(serverGroupGet, { id: row.physicalId ?? '' })
    return { state: 'done' }
  }),
}
