import {
  type Port,
  portCreate,
  portCreateMany,
  portDelete,
  portGet,
  portList,
  portUpdate,
  subnetGet,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, forget, nameOf, remember } from './aim.ts'
import { create, findLost, mutate } from './create.ts'
import { createNetwork } from './network-nets.ts'
import { walk } from './pages.ts'

const mostPorts = 8

/** A network that the tenant may put ports on; the shared ones are where tenants meet. */
async function usableNetwork(tenant: Tenant): Promise<string> {
  const { chance, common } = tenant
  const shared = chance.happens(0.3) ? common.pick('shared network', chance) : undefined
  return shared ?? aim(tenant, 'network', createNetwork)
}

export async function createPort(tenant: Tenant): Promise<Port | undefined> {
  const group = tenant.chance.happens(0.3)
    ? tenant.known.pick('security group', tenant.chance)
    : undefined
  return create(tenant, 'port', portCreate, {
    networkId: await usableNetwork(tenant),
    name: nameOf(tenant, 'port', 50),
    ...(group === undefined ? {} : { securityGroupIds: [group] }),
  })
}

const makePort: Action = {
  name: 'create a port',
  weight: 4,
  run: async (tenant) => {
    await createPort(tenant)
  },
}

const makePorts: Action = {
  name: 'create many ports',
  weight: 2,
  run: async (tenant) => {
    const networkId = await usableNetwork(tenant)
    const count = tenant.chance.whole(1, mostPorts)
    const ports = Array.from({ length: count }, () => ({
      networkId,
      name: nameOf(tenant, 'port', 50),
    }))
    const outcome = await mutate(tenant, portCreateMany, { ports })
    if (outcome.end === 'unknown') tenant.known.add('lost port', ...ports.map(({ name }) => name))
    if (outcome.end !== 'ok') return
    const made = outcome.answer
    remember(tenant, 'port', ...made.map(({ id }) => id))
    if (made.length !== count) {
      tenant.report(8, networkId, `${count} ports were asked for, ${made.length} made`)
    }
    requireApart(tenant, made)
  },
}

/** No two of them hold one address or one MAC. */
function requireApart(tenant: Tenant, ports: readonly Port[]): void {
  const held = ports.flatMap(({ networkId, mac, fixedIps }) => [
    `${networkId} ${mac}`,
    ...fixedIps.map(({ subnetId, address }) => `${subnetId} ${address}`),
  ])
  if (new Set(held).size === held.length) return
  tenant.report(9, ports[0]?.id ?? '', 'two ports of one answer hold the same address or MAC')
}

/** The same address for two ports at once, of those that others want as well. */
const fixAddress: Action = {
  name: 'ask for a fixed address twice at once',
  weight: 2,
  run: async (tenant) => {
    const { chance, common, operator } = tenant
    const shared = chance.happens(0.4) ? common.pick('shared subnet', chance) : undefined
    const subnetId = shared ?? (await aim(tenant, 'subnet', createNetwork))
    const as = shared === undefined ? tenant.member : operator
    const read = await tenant.call(subnetGet, { id: subnetId }, { as })
    if (read.end !== 'ok' || read.answer.version !== 4) return
    const { networkId, cidr } = read.answer
    const address = cidr.replace(/\d+\/\d+$/, String(chance.whole(2, 6)))
    const owner = shared === undefined ? {} : { projectId: tenant.projectId }
    const input = { networkId, fixedIps: [{ subnetId, address }], ...owner }
    const mac = chance.happens(0.3) ? { mac: `fa:16:3e:00:00:0${chance.whole(0, 9)}` } : {}
    const both = await Promise.all([
      mutate(tenant, portCreate, { ...input, name: nameOf(tenant, 'fixed') }, { as }),
      mutate(tenant, portCreate, { ...input, ...mac, name: nameOf(tenant, 'fixed') }, { as }),
    ])
    const made = both.flatMap((outcome) => (outcome.end === 'ok' ? [outcome.answer] : []))
    remember(tenant, 'port', ...made.map(({ id }) => id))
    requireApart(tenant, made)
    for (const { id, fixedIps } of made) {
      if (fixedIps[0]?.address === address) continue
      tenant.report(9, id, `${address} was asked for, ${fixedIps[0]?.address} given`)
    }
  },
}

const updatePort: Action = {
  name: 'update a port',
  weight: 3,
  run: async (tenant) => {
    const { chance, known } = tenant
    const id = await aim(tenant, 'port', createPort)
    const read = await tenant.call(portGet, { id })
    if (read.end !== 'ok') return
    const { fixedIps, rev } = read.answer
    const [first] = fixedIps
    const group = known.pick('security group', chance)
    const patch = chance.pick([
      { name: nameOf(tenant, 'port', 50), tags: [`${tenant.name}-tag`], expectedRev: rev },
      { adminStateUp: chance.happens(0.5) },
      { fixedIps: [] },
      first ? { fixedIps: [{ subnetId: first.subnetId }, { subnetId: first.subnetId }] } : {},
      first ? { fixedIps: [first], expectedRev: rev } : {},
      { securityGroupIds: group === undefined ? [] : [group] },
      { allowedAddressPairs: [{ ipAddress: '10.9.0.0/24' }] },
      { portSecurity: false, securityGroupIds: [], allowedAddressPairs: [] },
    ])
    const outcome = await tenant.call(portUpdate, { id, ...patch })
    if (outcome.end === 'ok') requireApart(tenant, [outcome.answer])
  },
}

/** While its server runs; somebody else wants at once what it gave up. */
const readdressPort: Action = {
  name: 'give a port of a server other addresses',
  weight: 3,
  run: async (tenant) => {
    const { chance } = tenant
    const read = await tenant.call(portList, { deviceId: await aim(tenant, 'server') })
    const port = read.end === 'ok' ? chance.pick(read.answer) : undefined
    const [first] = port?.fixedIps ?? []
    if (!port || !first) return
    const { id, networkId } = port
    const any = { subnetId: first.subnetId }
    const more = await tenant.call(portUpdate, { id, fixedIps: [first, any] })
    const last = more.end === 'ok' ? more.answer.fixedIps.slice(1) : []
    const both = await Promise.all([
      tenant.call(portUpdate, { id, fixedIps: last }),
      mutate(tenant, portCreate, { networkId, name: nameOf(tenant, 'heir'), fixedIps: [first] }),
    ])
    const made = both.flatMap((outcome) => (outcome.end === 'ok' ? [outcome.answer] : []))
    requireApart(tenant, made)
    const heir = both[1].end === 'ok' ? both[1].answer : undefined
    if (heir) remember(tenant, 'port', heir.id)
  },
}

const readPorts: Action = {
  name: 'read ports',
  weight: 2,
  run: async (tenant) => {
    const { chance, known } = tenant
    const networkId = chance.happens(0.5) ? known.pick('network', chance) : undefined
    const filter = networkId === undefined ? {} : { networkId }
    await walk(tenant, portList, filter, { byId: networkId !== undefined })
    await tenant.call(portGet, { id: await aim(tenant, 'port') })
  },
}

const findPorts: Action = {
  name: 'find ports made without an answer',
  weight: 1,
  run: (tenant) => findLost(tenant, 'port', portList),
}

const deletePorts: Action = {
  name: 'delete ports',
  weight: 3,
  run: async (tenant) => {
    const { chance, known } = tenant
    const first = await aim(tenant, 'port', createPort)
    const ids = new Set([first])
    for (let more = chance.whole(0, 2); more > 0; more--)
      ids.add(known.pick('port', chance) ?? first)
    // Two deletions of the same: each port goes once.
    const input = { ids: [...ids] }
    const [one, two] = await Promise.all([
      tenant.call(portDelete, input),
      chance.happens(0.2) ? tenant.call(portDelete, { ids: [first] }) : undefined,
    ])
    if (one.end === 'ok') forget(tenant, 'port', ...ids)
    else if (two?.end === 'ok') forget(tenant, 'port', first)
    if (one.end === 'ok' && two?.end === 'ok') tenant.report(8, first, 'a port was deleted twice')
  },
}

export const portActions: readonly Action[] = [
  makePort,
  makePorts,
  fixAddress,
  updatePort,
  readdressPort,
  readPorts,
  findPorts,
  deletePorts,
]
