import {
  addressGroupCreate,
  addressGroupGet,
  addressGroupUpdate,
  networkAddressesGet,
  networkAddressesList,
  reachabilityCheck,
  subnetPoolCreate,
  subnetPoolGet,
  subnetPoolUpdate,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, nameOf } from './aim.ts'
import { create } from './create.ts'
import { createNetwork } from './network-nets.ts'
import { createPort } from './network-ports.ts'

const askReach: Action = {
  name: 'ask whether a port reaches another',
  weight: 1,
  run: async (tenant) => {
    const { chance } = tenant
    const from = { portId: await aim(tenant, 'port', createPort) }
    const inside = chance.happens(0.5) ? { portId: await aim(tenant, 'port', createPort) } : {}
    const to = inside.portId === undefined ? { address: '203.0.113.9' } : inside
    const packet = chance.pick([{ protocol: 'tcp', port: 22 }, { protocol: 'icmp' }])
    await tenant.call(reachabilityCheck, { from, to, ...packet })
  },
}

/** Fewer are held than there are, however many come and go. */
const countAddresses: Action = {
  name: 'count the addresses of networks',
  weight: 1,
  run: async (tenant) => {
    const as = { as: tenant.operator }
    const id = await aim(tenant, 'network', createNetwork)
    await tenant.call(networkAddressesGet, { id }, as)
    await tenant.call(networkAddressesList, { limit: 20 }, as)
  },
}

async function namedGroup(tenant: Tenant): Promise<unknown> {
  const name = nameOf(tenant, 'block', 20)
  return create(tenant, 'address group', addressGroupCreate, { name, addresses: ['10.7.0.0/16'] })
}

async function namedPool(tenant: Tenant): Promise<unknown> {
  const name = nameOf(tenant, 'pool', 20)
  return create(tenant, 'subnet pool', subnetPoolCreate, { name, prefixes: ['10.128.0.0/16'] })
}

const renameBlocks: Action = {
  name: 'rename address groups and subnet pools',
  weight: 1,
  run: async (tenant) => {
    const { chance } = tenant
    const group = { id: await aim(tenant, 'address group', namedGroup) }
    await tenant.call(addressGroupGet, group)
    await tenant.call(addressGroupUpdate, { ...group, name: nameOf(tenant, 'block', 20) })
    const pool = { id: await aim(tenant, 'subnet pool', namedPool) }
    await tenant.call(subnetPoolGet, pool)
    const prefixes = ['10.128.0.0/16', '10.129.0.0/16']
    const patch = chance.pick([{ defaultPrefix: 26 }, { description: tenant.name }, { prefixes }])
    await tenant.call(subnetPoolUpdate, { ...pool, ...patch })
  },
}

export const networkReadActions: readonly Action[] = [askReach, countAddresses, renameBlocks]
