import { limits } from '../../../base/limits.ts'
import { type ListenerProtocol, listenerProtocols } from '../../../model/balancer/protocols.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { listenerCreate, listenerDelete, listenerGet } from '../../balancer/listener.ts'
import { each, removal } from './each.ts'
import { balancerStanding } from './octavia-standing.ts'
import { flagOf, numberOf, present, textOf, textsOf } from './property.ts'
import type { ResourceType } from './type.ts'

const text = { type: 'string' } as const

export const octaviaListener: ResourceType = {
  name: 'OS::Octavia::Listener',
  summary: 'A listener of a load balancer.',
  properties: {
    name: { ...text, max: limits.nameLength },
    loadbalancer: { ...text, required: true },
    protocol: { ...text, required: true, allowed: listenerProtocols },
    protocol_port: { type: 'integer', required: true, min: 1, max: 65_535 },
    default_pool: text,
    connection_limit: { type: 'integer', default: -1, min: -1 },
    allowed_cidrs: { type: 'list', items: text },
    admin_state_up: { type: 'boolean', default: true },
  },
  attributes: {},
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    const input = present({
      balancerId: textOf(properties, 'loadbalancer') as string,
      name: textOf(properties, 'name'),
      protocol: textOf(properties, 'protocol') as ListenerProtocol,
      protocolPort: numberOf(properties, 'protocol_port') as number,
      defaultPoolId: textOf(properties, 'default_pool'),
      connectionLimit: numberOf(properties, 'connection_limit'),
      allowedCidrs: textsOf(properties, 'allowed_cidrs'),
      adminStateUp: flagOf(properties, 'admin_state_up'),
    })
    return balancerStanding(await work.call(listenerCreate, input, work.keyOf(row, 'create')))
  }),
  poll: each(async (work, row) =>
    balancerStanding(await work.call(listenerGet, { id: row.physicalId ?? '' })),
  ),
  verify: each(async (work, row) =>
    balancerStanding(await work.call(listenerGet, { id: row.physicalId ?? '' })),
  ),
  remove: removal((work, id, row) =>
    work.call(listenerDelete, { id }, work.keyOf(row, `delete ${row.tries}`)),
  ),
}
