import { limits } from '../../../base/limits.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import {
  loadBalancerCreate,
  loadBalancerGet,
  loadBalancerUpdate,
} from '../../balancer/load-balancer.ts'
import { loadBalancerDelete } from '../../balancer/load-balancer-delete.ts'
import type { AnswerOf } from '../../operation.ts'
import { templateError } from '../template/error.ts'
import { each } from './each.ts'
import { Finder } from './found.ts'
import { removalUntilGone } from './leaving.ts'
import { balancerStanding } from './octavia-standing.ts'
import { flagOf, present, textOf } from './property.ts'
import type { Result } from './result.ts'
import type { ResourceType } from './type.ts'

const text = { type: 'string' } as const

export const octaviaLoadBalancer: ResourceType = {
  name: 'OS::Octavia::LoadBalancer',
  summary: 'A load balancer with its address.',
  properties: {
    name: { ...text, updatable: true, max: limits.nameLength },
    description: { ...text, updatable: true, max: limits.descriptionLength },
    admin_state_up: { type: 'boolean', default: true, updatable: true },
    vip_subnet: text,
    vip_network: text,
    vip_address: text,
  },
  attributes: {
    vip_address: 'Its address.',
    vip_port_id: 'The port of its address.',
    vip_subnet_id: 'The subnet of its address.',
  },
  check: (properties, path) => {
    if (properties['vip_subnet'] === undefined && properties['vip_network'] === undefined) {
      throw templateError(path, 'names neither a vip_subnet nor a vip_network.')
    }
  },
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    const finder = new Finder(work)
    const subnet = textOf(properties, 'vip_subnet')
    const network = textOf(properties, 'vip_network')
    const input = {
      ...fieldsOf(properties),
      vip: present({
        subnetId: subnet === undefined ? undefined : await finder.subnet(subnet),
        networkId: network === undefined ? undefined : await finder.network(network),
        address: textOf(properties, 'vip_address'),
      }),
    }
    return standing(await work.call(loadBalancerCreate, input, work.keyOf(row, 'create')))
  }),
  update: each(async (work, row) => {
    const input = { id: row.physicalId as string, ...fieldsOf(row.target as JsonMap) }
    await work.call(loadBalancerUpdate, input, work.keyOf(row, 'update'))
    return { state: 'pending' }
  }),
  poll: each(async (work, row) =>
    standing(await work.call(loadBalancerGet, { id: row.physicalId ?? '' })),
  ),
  verify: each(async (work, row) =>
    standing(await work.call(loadBalancerGet, { id: row.physicalId ?? '' })),
  ),
  remove: removalUntilGone(
    async (work, id) =>
      (await work.call(loadBalancerGet, { id })).provisioningStatus === 'PENDING_DELETE',
    (work, id, key) => work.call(loadBalancerDelete, { id, cascade: true }, key),
  ),
}

function fieldsOf(properties: JsonMap): {
  readonly name?: string
  readonly description?: string
  readonly adminStateUp?: boolean
} {
  return present({
    name: textOf(properties, 'name'),
    description: textOf(properties, 'description'),
    adminStateUp: flagOf(properties, 'admin_state_up'),
  })
}

function standing(balancer: AnswerOf<typeof loadBalancerGet>): Result {
  const { vip } = balancer
  return balancerStanding(balancer, {
    vip_address: vip.address,
    vip_port_id: vip.portId,
    vip_subnet_id: vip.subnetId,
  })
}
