import {
  capacityAsk,
  capacityGet,
  fleetDefragment,
  hostCreate,
  hostDelete,
  hostDrain,
  type Host,
  hostGet,
  hostList,
  hostServers,
  hostLoads,
  hostUpdate,
  migrationList,
  hostUsage,
  zoneList,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { absentId } from './aim.ts'
import { walk } from './pages.ts'

const mostAdded = 5

async function readHost(tenant: Tenant): Promise<Host | undefined> {
  const id = tenant.common.pick('host', tenant.chance) ?? absentId(tenant)
  const read = await tenant.call(hostGet, { ids: [id] })
  return read.end === 'ok' ? read.answer[0] : undefined
}

/** Taken out of use while requests are placed on it, and put back. */
const disableHost: Action = {
  name: 'disable a host and enable it',
  weight: 2,
  run: async (tenant) => {
    const { chance, common } = tenant
    const id = common.pick('host', chance) ?? absentId(tenant)
    await tenant.call(hostUpdate, { id, enabled: false, disabledReason: 'maintenance' })
    await tenant.rest(chance.between(0, 60_000))
    await tenant.call(hostUpdate, { id, enabled: true })
  },
}

/** Room is taken from a host while servers come to it, and given back. */
const reserveRoom: Action = {
  name: 'reserve room of a host',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const host = await readHost(tenant)
    const cpus = host?.inventory['VCPU']
    if (!host || !cpus) return
    const { id, inventory } = host
    const reserved = chance.whole(0, cpus.total)
    const change = { inventory: { ...inventory, VCPU: { ...cpus, reserved } } }
    await tenant.call(hostUpdate, { id, ...change })
    await tenant.rest(chance.between(0, 30_000))
    if (chance.happens(0.9)) await tenant.call(hostUpdate, { id, inventory })
  },
}

const changeHost: Action = {
  name: 'change traits or zone of a host',
  weight: 1,
  run: async (tenant) => {
    const { chance } = tenant
    const host = await readHost(tenant)
    if (!host) return
    const patch = chance.pick([
      { traits: chance.happens(0.5) ? ['CUSTOM_FAST'] : [] },
      { zone: `zone-${chance.whole(0, 2)}` },
      { inventory: { ...host.inventory, CUSTOM_GPU: chance.whole(1, 4) } },
    ])
    await tenant.call(hostUpdate, { id: host.id, ...patch })
  },
}

/** Few names, so that two operators choose the same. */
const addHost: Action = {
  name: 'add a host',
  weight: 1,
  run: async (tenant) => {
    const { chance, common } = tenant
    const host = {
      name: `added-${chance.whole(1, mostAdded)}`,
      zone: `zone-${chance.whole(0, 2)}`,
      inventory: { VCPU: 8, MEMORY_MB: 32_768, DISK_GB: 500 },
      traits: ['CUSTOM_FAST'],
    }
    const outcome = await tenant.call(hostCreate, { hosts: [host] })
    if (outcome.end !== 'ok') return
    const ids = outcome.answer.hosts.map(({ id }) => id)
    common.add('host', ...ids)
    common.add('added host', ...ids)
  },
}

/** Succeeds when it is empty, and must not lose a server that comes meanwhile. */
const deleteHost: Action = {
  name: 'delete a host',
  weight: 1,
  run: async (tenant) => {
    const { chance, common } = tenant
    const added = common.pick('added host', chance)
    // One that was there from the beginning is tried rarely: hosts are few.
    const id = added ?? (chance.happens(0.1) ? common.pick('host', chance) : absentId(tenant))
    const outcome = await tenant.call(hostDelete, { ids: [id ?? absentId(tenant)] })
    if (outcome.end !== 'ok' || id === undefined) return
    for (const kind of ['host', 'added host']) common.remove(kind, id)
  },
}

const readHosts: Action = {
  name: 'read hosts and their use',
  weight: 2,
  run: async (tenant) => {
    const { chance } = tenant
    const host = await readHost(tenant)
    if (host) {
      await tenant.call(hostLoads, { ids: [host.id] })
      const usage = await tenant.call(hostUsage, { id: host.id })
      if (usage.end === 'ok') {
        const below = Object.entries(usage.answer.classes).filter(([, { used }]) => used < 0)
        if (below.length > 0)
          tenant.report(
            3,
            host.id,
            `less than nothing is used of ${below.map(([name]) => name).join()}`,
          )
      }
      await walk(tenant, hostServers, { id: host.id })
    }
    const zone = chance.happens(0.5) ? { zone: 'zone-0' } : {}
    await walk(tenant, hostList, zone)
    await walk(tenant, migrationList, {}, { byId: false })
  },
}

const readCapacity: Action = {
  name: 'ask for capacity',
  weight: 2,
  run: async (tenant) => {
    const { chance, common, known, operator } = tenant
    const flavorId = common.pick('flavor', chance) ?? 'none'
    const groupId = chance.happens(0.3) ? known.pick('server group', chance) : undefined
    const zones = chance.happens(0.3) ? { availabilityZones: ['zone-1'] } : {}
    const group = groupId === undefined ? {} : { groupId }
    const answer = await tenant.call(capacityAsk, { flavorId, ...zones, ...group })
    if (answer.end === 'ok' && answer.answer.servers < 0) {
      tenant.report(29, flavorId, `there is said to be room for ${answer.answer.servers} servers`)
    }
    await tenant.call(capacityGet, {})
    await tenant.call(zoneList, {}, { as: operator })
  },
}

/** Plans only: every move leaves the host, and goes to another. */
const planDrain: Action = {
  name: 'plan to drain a host',
  weight: 2,
  run: async (tenant) => {
    const id = tenant.common.pick('host', tenant.chance) ?? absentId(tenant)
    const plan = await tenant.call(hostDrain, { id })
    if (plan.end !== 'ok') return
    const { moves, stuck } = plan.answer
    for (const { serverId, fromHostId, toHostId } of moves) {
      if (fromHostId === id && toHostId !== id) continue
      tenant.report(29, serverId, `a plan to drain ${id} moves it ${fromHostId} → ${toHostId}`)
    }
    const named = [...moves, ...stuck].map(({ serverId }) => serverId)
    if (new Set(named).size !== named.length) {
      tenant.report(29, id, 'a plan to drain it names a server twice')
    }
    if (moves.length > 0) tenant.sometimes('a drain was planned')
  },
}

const planDefragment: Action = {
  name: 'plan to free hosts',
  weight: 1,
  run: async (tenant) => {
    const most = tenant.chance.whole(1, 20)
    const plan = await tenant.call(fleetDefragment, { moves: most })
    if (plan.end !== 'ok') return
    const { moves, freedHostIds } = plan.answer
    if (moves.length > most) tenant.report(29, 'fleet', `of ${most} moves, ${moves.length} planned`)
    const freed = new Set(freedHostIds)
    for (const { serverId, toHostId } of moves) {
      if (freed.has(toHostId)) tenant.report(29, serverId, 'a plan moves it onto a host it frees')
    }
  },
}

export const hostActions: readonly Action[] = [
  disableHost,
  reserveRoom,
  changeHost,
  addHost,
  deleteHost,
  readHosts,
  readCapacity,
  planDrain,
  planDefragment,
]
