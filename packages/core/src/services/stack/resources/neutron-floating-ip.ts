import type { FloatingIp } from '../../../model/network/floating-ip.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import {
  floatingIpCreate,
  floatingIpDelete,
  floatingIpGet,
  floatingIpUpdate,
} from '../../network/floating-ip/floating-ip.ts'
import { each } from './each.ts'
import { Finder } from './found.ts'
import { routingWord } from './implied.ts'
import { removalUntilGone } from './leaving.ts'
import { present, textOf, textsOf } from './property.ts'
import type { Done } from './result.ts'
import type { ResourceType } from './type.ts'

export const neutronFloatingIp: ResourceType = {
  name: 'OS::Neutron::FloatingIP',
  summary: 'An address of an external network, for a port or for later.',
  properties: {
    floating_network: { type: 'string', required: true, alias: 'floating_network_id' },
    floating_subnet: { type: 'string' },
    port_id: { type: 'string', updatable: true },
    fixed_ip_address: { type: 'string', updatable: true },
    tags: { type: 'list', items: { type: 'string' }, default: [], updatable: true },
  },
  attributes: {
    floating_ip_address: 'The address.',
    floating_network_id: 'The network that it is of.',
    port_id: 'The port that it stands for, or empty.',
    fixed_ip_address: 'The port’s address that it stands for, or empty.',
    status: 'Its status when it was last looked at.',
  },
  awaits: () => [routingWord],
  create: each(async (work, row) => {
    const properties = row.target as JsonMap
    const finder = new Finder(work)
    const subnet = textOf(properties, 'floating_subnet')
    return done(
      await work.call(
        floatingIpCreate,
        present({
          networkId: await finder.network(textOf(properties, 'floating_network') as string),
          subnetId: subnet === undefined ? undefined : await finder.subnet(subnet),
          portId: textOf(properties, 'port_id'),
          fixedAddress: textOf(properties, 'fixed_ip_address'),
          tags: textsOf(properties, 'tags'),
        }),
        work.keyOf(row, 'create'),
      ),
    )
  }),
  update: each(async (work, row) => {
    const properties = row.target as JsonMap
    const input = present({
      id: row.physicalId as string,
      portId: textOf(properties, 'port_id') ?? null,
      fixedAddress: textOf(properties, 'fixed_ip_address'),
      tags: textsOf(properties, 'tags'),
    })
    return done(await work.call(floatingIpUpdate, input, work.keyOf(row, 'update')))
  }),
  verify: each(async (work, row) =>
    done(await work.call(floatingIpGet, { id: row.physicalId ?? '' })),
  ),
  remove: removalUntilGone(
    async (work, id) => (await work.call(floatingIpGet, { id })).status === 'DELETING',
    (work, id, key) => work.call(floatingIpDelete, { ids: [id] }, key),
  ),
}

function done({ id, address, networkId, target, status }: FloatingIp): Done {
  return {
    state: 'done',
    physicalId: id,
    attributes: {
      floating_ip_address: address,
      floating_network_id: networkId,
      port_id: target?.portId ?? '',
      fixed_ip_address: target?.fixedIp.address ?? '',
      status,
    },
  }
}
