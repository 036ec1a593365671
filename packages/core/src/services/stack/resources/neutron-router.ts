import { limits } from '../../../base/limits.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import type { Router } from '../../../model/network/router.ts'
import { routerCreate, routerDelete, routerGet, routerUpdate } from '../../network/router/router.ts'
import { each } from './each.ts'
import { Finder } from './found.ts'
import { removalUntilGone } from './leaving.ts'
import { flagOf, mapOf, present, textOf, textsOf } from './property.ts'
import type { Result } from './result.ts'
import type { ResourceType, ResourceWork } from './type.ts'

export const neutronRouter: ResourceType = {
  name: 'OS::Neutron::Router',
  summary: 'A router between subnets, and to an external network.',
  properties: {
    name: { type: 'string', updatable: true, max: limits.nameLength },
    admin_state_up: { type: 'boolean', default: true, updatable: true },
    external_gateway_info: {
      type: 'map',
      updatable: true,
      members: { network: { type: 'string', required: true }, enable_snat: { type: 'boolean' } },
    },
    tags: { type: 'list', items: { type: 'string' }, default: [], updatable: true },
  },
  attributes: {
    name: 'Its name.',
    status: 'Its status when it was last looked at.',
    admin_state_up: 'Whether it forwards.',
    external_gateway_info: 'Its external network and addresses.',
  },
  create: each(async (work, row) => {
    const fields = await fieldsOf(work, row.target as JsonMap)
    return standing(await work.call(routerCreate, fields, work.keyOf(row, 'create')))
  }),
  update: each(async (work, row) => {
    const fields = await fieldsOf(work, row.target as JsonMap)
    const input = { id: row.physicalId as string, externalGateway: null, ...fields }
    return standing(await work.call(routerUpdate, input, work.keyOf(row, 'update')))
  }),
  poll: each(async (work, row) => standing(await get(work, row.physicalId ?? ''))),
  verify: each(async (work, row) => standing(await get(work, row.physicalId ?? ''))),
  remove: removalUntilGone(
    async (work, id) => (await get(work, id)).status === 'DELETING',
    (work, id, key) => work.call(routerDelete, { id }, key),
  ),
}

function get(work: ResourceWork, id: string): Promise<Router> {
  return work.call(routerGet, { id })
}

interface RouterFields {
  readonly name?: string
  readonly adminStateUp?: boolean
  readonly externalGateway?: { readonly networkId: string; readonly enableSnat?: boolean }
  readonly tags?: string[]
}

async function fieldsOf(work: ResourceWork, properties: JsonMap): Promise<RouterFields> {
  const gateway = mapOf(properties, 'external_gateway_info')
  const network = gateway && textOf(gateway, 'network')
  return present({
    name: textOf(properties, 'name'),
    adminStateUp: flagOf(properties, 'admin_state_up'),
    externalGateway:
      network === undefined
        ? undefined
        : present({
            networkId: await new Finder(work).network(network),
            enableSnat: flagOf(gateway ?? {}, 'enable_snat'),
          }),
    tags: textsOf(properties, 'tags'),
  })
}

function standing(router: Router): Result {
  const { id, name, status, adminStateUp, externalGateway } = router
  if (status === 'ERROR') {
    return { state: 'failed', reason: 'The router is in ERROR.', physicalId: id }
  }
  const gateway: JsonMap | null = externalGateway && {
    network_id: externalGateway.networkId,
    enable_snat: externalGateway.enableSnat,
    external_fixed_ips: externalGateway.fixedIps.map(({ subnetId, address }) => ({
      subnet_id: subnetId,
      ip_address: address,
    })),
  }
  const attributes = { name, status, admin_state_up: adminStateUp, external_gateway_info: gateway }
  return { state: status === 'BUILD' ? 'pending' : 'done', physicalId: id, attributes }
}
