import { limits } from '../../../base/limits.ts'
import { isJsonList, isJsonMap, type JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import { poolMemberCreate, poolMemberDelete, poolMemberGet } from '../../balancer/member.ts'
import { attempt, each, removal } from './each.ts'
import { Finder } from './found.ts'
import { balancerStanding } from './octavia-standing.ts'
import { flagOf, numberOf, present, textOf } from './property.ts'
import type { Result } from './result.ts'
import type { ResourceType, ResourceWork } from './type.ts'

const text = { type: 'string' } as const

/** A member of a pool. Those of one group and pool are added in one request. */
export const octaviaPoolMember: ResourceType = {
  name: 'OS::Octavia::PoolMember',
  summary: 'A member of a pool.',
  properties: {
    pool: { ...text, required: true },
    address: { ...text, required: true },
    protocol_port: { type: 'integer', required: true, min: 1, max: 65_535 },
    subnet: text,
    name: { ...text, max: limits.nameLength },
    weight: { type: 'integer', default: 1, min: 0, max: 256 },
    backup: { type: 'boolean', default: false },
    admin_state_up: { type: 'boolean', default: true },
  },
  attributes: { address: 'Its address.', pool_id: 'Its pool.' },
  batch: (properties) => textOf(properties, 'pool') ?? '',
  create: async (work, rows) => {
    const requests = new Map<string, StackResource[]>()
    for (const row of rows) {
      const key = row.key as string
      requests.set(key, [...(requests.get(key) ?? []), row])
    }
    const results = new Map<string, Result>()
    for (const [key, members] of requests) {
      members.sort((a, b) => a.member - b.member)
      for (const [id, result] of await addMembers(work, key, members)) results.set(id, result)
    }
    return results
  },
  poll: each(async (work, row) =>
    balancerStanding(await work.call(poolMemberGet, { id: row.physicalId ?? '' }), told(row)),
  ),
  recover: async (_work, row, answer) => {
    const view = isJsonList(answer) ? answer[row.member] : undefined
    const id = isJsonMap(view) ? view['id'] : undefined
    return typeof id === 'string' ? id : null
  },
  remove: removal((work, id, row) =>
    work.call(poolMemberDelete, { ids: [id] }, work.keyOf(row, `delete ${row.tries}`)),
  ),
}

function told(row: StackResource): JsonMap {
  const properties = row.target ?? row.properties ?? {}
  const { address = '', pool = '' } = properties
  return { address, pool_id: pool }
}

async function addMembers(
  work: ResourceWork,
  key: string,
  rows: readonly StackResource[],
): Promise<(readonly [string, Result])[]> {
  let ids: readonly string[] = []
  const result = await attempt(async () => {
    const finder = new Finder(work)
    const members: MemberRequest[] = []
    for (const row of rows) members.push(await memberOf(finder, row.target as JsonMap))
    const poolId = textOf(rows[0]?.target as JsonMap, 'pool') as string
    const views = await work.call(poolMemberCreate, { poolId, members }, key)
    ids = views.map(({ id }) => id)
    return { state: 'pending' }
  })
  return rows.map((row) => {
    const physicalId = ids[row.member]
    return [row.id, physicalId === undefined ? result : { state: 'pending', physicalId }] as const
  })
}

interface MemberRequest {
  readonly address: string
  readonly protocolPort: number
  readonly subnetId?: string
  readonly name?: string
  readonly weight?: number
  readonly backup?: boolean
  readonly adminStateUp?: boolean
}

async function memberOf(finder: Finder, properties: JsonMap): Promise<MemberRequest> {
  const subnet = textOf(properties, 'subnet')
  return present({
    address: textOf(properties, 'address') as string,
    protocolPort: numberOf(properties, 'protocol_port') as number,
    subnetId: subnet === undefined ? undefined : await finder.subnet(subnet),
    name: textOf(properties, 'name'),
    weight: numberOf(properties, 'weight'),
    backup: flagOf(properties, 'backup'),
    adminStateUp: flagOf(properties, 'admin_state_up'),
  })
}
