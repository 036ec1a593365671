import { serverDelete } from '@nephos/core'
import { reconcileMs } from '../run.ts'
import type { Scenario } from '../scenario.ts'
import { stage, stageServers } from '../stage.ts'

const roundMs = reconcileMs + 1_000
const tenMinutesMs = 600_000
const dayMs = 24 * 3_600_000

/** A guest shuts itself down. */
const guestHalts: Scenario = {
  name: 'guest-halts',
  prepare: async (client) => {
    const { servers } = await stageServers(client)
    return async () => {
      for (const { id, hostId } of servers) {
        await client.once((world) => world.hosts.stopGuest(id, hostId))
      }
      await client.wait(roundMs)
    }
  },
}

/** A guest that nobody knows runs on a host. */
const orphan: Scenario = {
  name: 'orphan',
  prepare: async (client) => {
    const { hostIds } = await stage(client)
    const guest = { serverId: 'nobodys', hostId: hostIds[1] as string, power: 'running' } as const
    return async () => {
      await client.once((world) => {
        world.hosts.adopt([{ ...guest, generation: 7, boots: 0, builds: 1 }])
      })
      await client.wait(roundMs)
    }
  },
}

/** A host loses a guest altogether. */
const guestLost: Scenario = {
  name: 'guest-lost',
  prepare: async (client) => {
    const { servers } = await stageServers(client)
    return async () => {
      for (const { id, hostId, generation, name } of servers) {
        const target = { serverId: id, hostId, generation, name, power: 'absent' } as const
        const rest = { boots: { count: 0, hard: true }, builds: 0, imageId: null }
        await client.order([{ ...target, ...rest, resources: {}, ports: [] }])
      }
      await client.wait(roundMs)
    }
  },
}

/** A host loses its power and is back later. */
const hostGone: Scenario = {
  name: 'host-gone',
  prepare: async (client) => {
    const { servers } = await stageServers(client, 2)
    const hostId = servers[0]?.hostId as string
    return async () => {
      await client.killHost(hostId)
      await client.wait(roundMs)
      await client.reviveHost(hostId)
      await client.wait(roundMs)
    }
  },
}

/** What is a day old is forgotten. */
const forget: Scenario = {
  name: 'forget',
  // It takes more than an hour, and few looks.
  settings: { reconcileMs: 1_800_000 },
  prepare: async (client) => {
    const { batchId, member } = await stageServers(client)
    await client.call(serverDelete, { batchId }, member)
    await client.rest()
    await client.blackout(dayMs + roundMs)
    return async () => {
      while (client.rows('serverBatch').length > 0) await client.wait(tenMinutesMs)
    }
  },
}

export const repairScenarios: readonly Scenario[] = [
  guestHalts,
  orphan,
  guestLost,
  hostGone,
  forget,
]
