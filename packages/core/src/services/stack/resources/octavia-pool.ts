import { limits } from '../../../base/limits.ts'
import { type PoolAlgorithm, poolAlgorithms } from '../../../model/balancer/pool.ts'
import { type PoolProtocol, poolProtocols } from '../../../model/balancer/protocols.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { listenerGet } from '../../balancer/listener.ts'
import { balancerPoolCreate, balancerPoolDelete, balancerPoolGet } from '../../balancer/pool.ts'
import { templateError } from '../template/error.ts'
import { each, removal } from './each.ts'
import { balancerStanding } from './octavia-standing.ts'
import { flagOf, present, textOf } from './property.ts'
import type { ResourceType } from './type.ts'

const text = { type: 'string' } as const

export const octaviaPool: ResourceType = {
  name: 'OS::Octavia::Pool',
  summary: 'A pool of members of a load balancer.',
  properties: {
    name: { ...text, max: limits.nameLength },
    loadbalancer: text,
    listener: text,
    protocol: { ...text, required: true, allowed: poolProtocols },
    lb_algorithm: { ...text, required: true, allowed: poolAlgorithms },
    admin_state_up: { type: 'boolean', default: true },
  },
  attributes: {},
  check: (properties, path) => {
    if (properties['loadbalancer'] === undefined && properties['listener'] === undefined) {
      throw templateError(path, 'names neither a loadbalancer nor a listener.')
    }
  },
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    const listenerId = textOf(properties, 'listener')
    const named = textOf(properties, 'loadbalancer')
    const balancerId =
      named ?? (await work.call(listenerGet, { id: listenerId as string })).balancerId
    const input = present({
      balancerId,
      listenerId,
      name: textOf(properties, 'name'),
      protocol: textOf(properties, 'protocol') as PoolProtocol,
      algorithm: textOf(properties, 'lb_algorithm') as PoolAlgorithm,
      adminStateUp: flagOf(properties, 'admin_state_up'),
    })
    return balancerStanding(await work.call(balancerPoolCreate, input, work.keyOf(row, 'create')))
  }),
  poll: each(async (work, row) =>
    balancerStanding(await work.call(balancerPoolGet, { id: row.physicalId ?? '' })),
  ),
  verify: each(async (work, row) =>
    balancerStanding(await work.call(balancerPoolGet, { id: row.physicalId ?? '' })),
  ),
  remove: removal((work, id, row) =>
    work.call(balancerPoolDelete, { id }, work.keyOf(row, `delete ${row.tries}`)),
  ),
}
