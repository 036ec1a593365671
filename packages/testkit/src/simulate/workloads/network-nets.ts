import {
  networkCreate,
  networkDelete,
  networkGet,
  networkList,
  networkUpdate,
  subnetCreate,
  subnetDelete,
  subnetGet,
  subnetList,
  subnetUpdate,
  type Network,
  type Subnet,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, forget, nameOf, remember } from './aim.ts'
import { create, findLost, mutate } from './create.ts'
import { walk } from './pages.ts'

/** Small ones run out of addresses. */
const blocks = ['10.0.0.0/24', '10.0.1.0/28', '10.0.2.0/29', '192.168.0.0/16', '10.0.1.0/24']

/** A network with a subnet of addresses that only the tenant uses. */
export async function createNetwork(tenant: Tenant): Promise<Network | undefined> {
  const { chance } = tenant
  const network = await create(tenant, 'network', networkCreate, {
    name: nameOf(tenant, 'net', 30),
    ...(chance.happens(0.1) ? { portSecurity: false } : {}),
  })
  if (network) await createSubnet(tenant, network.id)
  return network
}

export async function createSubnet(tenant: Tenant, networkId: string): Promise<Subnet | undefined> {
  const { chance } = tenant
  const isSix = chance.happens(0.15)
  const mode = chance.pick(['slaac', 'dhcpv6-stateful']) as string
  const six = { cidr: 'fd00:1::/64', ipv6AddressMode: mode, ipv6RaMode: mode }
  const subnet = await create(tenant, 'subnet', subnetCreate, {
    networkId,
    name: nameOf(tenant, 'subnet', 30),
    ...(isSix ? six : { cidr: chance.pick(blocks) }),
    ...(chance.happens(0.1) ? { enableDhcp: isSix, gatewayIp: null } : {}),
  })
  if (subnet) tenant.known.add(`subnets of ${networkId}`, subnet.id)
  return subnet
}

const makeNetwork: Action = {
  name: 'create a network',
  weight: 4,
  run: async (tenant) => {
    await createNetwork(tenant)
  },
}

const makeSubnet: Action = {
  name: 'create a subnet',
  weight: 2,
  run: async (tenant) => {
    await createSubnet(tenant, await aim(tenant, 'network', createNetwork))
  },
}

/** Two of one block: one of them, at most. */
const makeSubnets: Action = {
  name: 'create overlapping subnets at once',
  weight: 1,
  run: async (tenant) => {
    const networkId = await aim(tenant, 'network', createNetwork)
    const cidr = `172.16.${tenant.chance.whole(0, 3)}.0/24`
    const both = await Promise.all(
      [cidr, cidr].map((block) => mutate(tenant, subnetCreate, { networkId, cidr: block })),
    )
    const made = both.flatMap((outcome) => (outcome.end === 'ok' ? [outcome.answer.id] : []))
    if (new Set(made).size > 1) {
      tenant.report(9, networkId, `two subnets of ${cidr} were made on it`)
    }
    remember(tenant, 'subnet', ...new Set(made))
  },
}

const updateNetwork: Action = {
  name: 'update a network',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'network', createNetwork)
    const read = await tenant.call(networkGet, { id })
    if (read.end !== 'ok') return
    const patch = { name: nameOf(tenant, 'net', 30), mtu: chance.pick([1_280, 1_500, 9_000]) }
    const expectedRev = read.answer.rev
    // Of two that have read the same, one writes.
    const both = await Promise.all([
      tenant.call(networkUpdate, { id, ...patch, expectedRev }),
      chance.happens(0.3) ? tenant.call(networkUpdate, { id, mtu: 1_400, expectedRev }) : undefined,
    ])
    if (both.every((outcome) => outcome?.end === 'ok')) {
      tenant.report(12, id, `two updates of revision ${expectedRev} were taken`)
    }
  },
}

const updateSubnet: Action = {
  name: 'update a subnet',
  weight: 2,
  run: async (tenant) => {
    const id = await aim(tenant, 'subnet', makeAnySubnet)
    const read = await tenant.call(subnetGet, { id })
    if (read.end !== 'ok') return
    const { version, cidr, gatewayIp, rev } = read.answer
    const base = cidr.replace(/\.\d+\/\d+$/, '')
    const pools = version === 4 && gatewayIp?.endsWith('.1') === true
    const patch = tenant.chance.pick([
      { name: nameOf(tenant, 'subnet', 30), expectedRev: rev },
      { dnsNameservers: version === 4 ? ['9.9.9.9'] : ['fd00::53'] },
      // A pool may grow, or shrink below what is held.
      pools
        ? { allocationPools: [{ start: `${base}.2`, end: `${base}.6` }] }
        : { description: 'x' },
      pools
        ? { allocationPools: [{ start: `${base}.4`, end: `${base}.5` }] }
        : { description: 'y' },
    ])
    await tenant.call(subnetUpdate, { id, ...patch })
  },
}

async function makeAnySubnet(tenant: Tenant): Promise<void> {
  await createNetwork(tenant)
}

/** The operator stops sharing, which other projects' ports forbid, or shares again. */
const shareNetwork: Action = {
  name: 'share a network or no longer',
  weight: 1,
  run: async (tenant) => {
    const { chance, common, operator } = tenant
    const id = common.pick('shared network', chance)
    if (id === undefined) return
    await tenant.call(networkUpdate, { id, shared: false }, { as: operator })
    await tenant.rest(chance.between(0, 10_000))
    await tenant.call(networkUpdate, { id, shared: true }, { as: operator })
  },
}

interface Seen {
  readonly shared: boolean
  readonly external?: boolean
}

const readNetworks: Action = {
  name: 'read networks and subnets',
  weight: 3,
  run: async (tenant) => {
    const { chance, common, known } = tenant
    const id = chance.happens(0.2)
      ? common.pick('shared network', chance)
      : known.pick('network', chance)
    const filter = chance.happens(0.3) && id !== undefined ? { networkId: id } : {}
    const seen = { visible: ({ shared, external }: Seen) => shared || external === true }
    if (chance.happens(0.5)) await walk(tenant, subnetList, filter, seen)
    else await walk(tenant, networkList, {}, seen)
    if (id !== undefined) await tenant.call(networkGet, { id })
  },
}

const findNetworks: Action = {
  name: 'find networks made without an answer',
  weight: 1,
  run: async (tenant) => {
    await findLost(tenant, 'network', networkList)
    await findLost(tenant, 'subnet', subnetList)
  },
}

const deleteSubnet: Action = {
  name: 'delete a subnet',
  weight: 1,
  run: async (tenant) => {
    const id = await aim(tenant, 'subnet', makeAnySubnet)
    const outcome = await tenant.call(subnetDelete, { id })
    if (outcome.end === 'ok') forget(tenant, 'subnet', id)
  },
}

const deleteNetwork: Action = {
  name: 'delete a network',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const id = await aim(tenant, 'network', createNetwork)
    // Now and then while a subnet is made on it: none may stay without its network.
    const [gone] = await Promise.all([
      tenant.call(networkDelete, { id }),
      chance.happens(0.3) ? createSubnet(tenant, id) : undefined,
    ])
    if (gone.end === 'ok') forget(tenant, 'network', id)
  },
}

export const netActions: readonly Action[] = [
  makeNetwork,
  makeSubnet,
  makeSubnets,
  updateNetwork,
  updateSubnet,
  shareNetwork,
  readNetworks,
  findNetworks,
  deleteSubnet,
  deleteNetwork,
]
