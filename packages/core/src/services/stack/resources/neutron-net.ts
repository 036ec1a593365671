import { limits } from '../../../base/limits.ts'
import type { Network } from '../../../model/network/network.ts'
import { networkCreate, networkDelete, networkGet, networkUpdate } from '../../network/network.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import { each, removal } from './each.ts'
import { flagOf, numberOf, present, textOf, textsOf } from './property.ts'
import type { Done } from './result.ts'
import type { ResourceType } from './type.ts'

export const neutronNet: ResourceType = {
  name: 'OS::Neutron::Net',
  summary: 'A network.',
  properties: {
    name: { type: 'string', updatable: true, max: limits.nameLength },
    admin_state_up: { type: 'boolean', default: true, updatable: true },
    shared: { type: 'boolean', default: false, updatable: true },
    port_security_enabled: { type: 'boolean', default: true, updatable: true },
    mtu: { type: 'integer', updatable: true },
    tags: { type: 'list', items: { type: 'string' }, default: [], updatable: true },
  },
  attributes: {
    name: 'Its name.',
    status: 'Its status.',
    subnets: 'Ids of its subnets when it was last looked at.',
    mtu: 'Its MTU in bytes.',
    admin_state_up: 'Whether it is up.',
  },
  create: each(async (work, row) => {
    const input = fieldsOf(row.target as JsonMap)
    const name = input.name ?? `${work.stack.name}-${row.name.replace('/', '-')}`
    return done(
      await work.call(
        networkCreate,
        { ...input, name: name.slice(0, limits.nameLength) },
        work.keyOf(row, 'create'),
      ),
    )
  }),
  update: each(async (work, row) => {
    const id = row.physicalId as string
    return done(
      await work.call(
        networkUpdate,
        { id, ...fieldsOf(row.target as JsonMap) },
        work.keyOf(row, 'update'),
      ),
    )
  }),
  remove: removal((work, id, row) => work.call(networkDelete, { id }, work.keyOf(row, 'delete'))),
  verify: each(async (work, row) =>
    done(await work.call(networkGet, { id: row.physicalId ?? '' })),
  ),
}

function fieldsOf(properties: JsonMap) {
  return present({
    name: textOf(properties, 'name'),
    adminStateUp: flagOf(properties, 'admin_state_up'),
    shared: flagOf(properties, 'shared') || undefined,
    portSecurity: flagOf(properties, 'port_security_enabled'),
    mtu: numberOf(properties, 'mtu'),
    tags: textsOf(properties, 'tags'),
  })
}

function done(network: Network): Done {
  const { name, status, subnetIds, mtu, adminStateUp } = network
  return {
    state: 'done',
    physicalId: network.id,
    attributes: { name, status, subnets: subnetIds, mtu, admin_state_up: adminStateUp },
  }
}
