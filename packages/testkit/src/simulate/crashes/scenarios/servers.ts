import {
  keyPairCreate,
  securityGroupCreate,
  serverCreate,
  serverDelete,
  serverForceDelete,
  serverGroupCreate,
} from '@nephos/core'
import type { Scenario } from '../scenario.ts'
import { publicKey, stage, stageImage, stageNetwork, stageServers } from '../stage.ts'

/** Everything that a request for servers can name. */
const createBatch: Scenario = {
  name: 'create-batch',
  prepare: async (client) => {
    const { member, flavorId } = await stage(client)
    const imageId = await stageImage(client, member)
    const networkId = await stageNetwork(client, member)
    await client.call(keyPairCreate, { name: 'key', publicKey }, member)
    const rule = { name: 'apart', policy: 'anti-affinity' } as const
    const group = await client.call(serverGroupCreate, rule, member)
    const walls = await client.call(securityGroupCreate, { name: 'walls' }, member)
    const input = {
      name: 'vm',
      flavorId,
      imageId,
      networks: [{ networkId }],
      securityGroupIds: [walls.id],
      keyName: 'key',
      groupId: group.id,
      minCount: 2,
      maxCount: 3,
    }
    return async () => {
      await client.call(serverCreate, input, member)
    }
  },
}

const createDeclined: Scenario = {
  name: 'create-declined',
  prepare: async (client) => {
    const { member, flavorId } = await stage(client)
    const imageId = await stageImage(client, member)
    const networkId = await stageNetwork(client, member)
    const input = { name: 'vm', flavorId, imageId, networks: [{ networkId }], minCount: 2 }
    return async () => {
      await client.failNext('otherHost', 1)
      await client.call(serverCreate, input, member)
    }
  },
}

/** Every host declines: the server ends in ERROR. */
const createRefused: Scenario = {
  name: 'create-refused',
  prepare: async (client) => {
    const { member, flavorId } = await stage(client)
    const imageId = await stageImage(client, member)
    return async () => {
      await client.failNext('refuse')
      await client.call(serverCreate, { name: 'vm', flavorId, imageId }, member)
    }
  },
}

/** The host never gets to it: the deadline passes, and the work is undone. */
const createLate: Scenario = {
  name: 'create-late',
  // Short, for each attempt is crashed.
  settings: { buildDeadlineMs: 600 },
  prepare: async (client) => {
    const { member, flavorId } = await stage(client)
    const imageId = await stageImage(client, member)
    return async () => {
      await client.failNext('sameHost')
      await client.call(serverCreate, { name: 'vm', flavorId, imageId }, member)
    }
  },
}

const createHostDies: Scenario = {
  name: 'create-host-dies',
  prepare: async (client) => {
    const { member, flavorId, imageId, servers } = await stageServers(client)
    const hostId = servers[0]?.hostId as string
    return async () => {
      await client.killHost(hostId)
      // The host with a server is filled first.
      await client.call(serverCreate, { name: 'more', flavorId, imageId, minCount: 2 }, member)
    }
  },
}

const deleteServer: Scenario = {
  name: 'delete-server',
  prepare: async (client) => {
    const { member, servers } = await stageServers(client)
    return async () => {
      await client.call(serverDelete, { ids: servers.map(({ id }) => id) }, member)
    }
  },
}

const deleteBatch: Scenario = {
  name: 'delete-batch',
  prepare: async (client) => {
    const { member, flavorId } = await stage(client)
    const imageId = await stageImage(client, member)
    const networkId = await stageNetwork(client, member)
    const rule = { name: 'apart', policy: 'anti-affinity' } as const
    const { id: groupId } = await client.call(serverGroupCreate, rule, member)
    const networks = [{ networkId }]
    const input = { name: 'vm', flavorId, imageId, networks, groupId, minCount: 3 }
    const { id: batchId } = await client.call(serverCreate, input, member)
    await client.rest()
    return async () => {
      await client.call(serverDelete, { batchId }, member)
    }
  },
}

/** The deletion overtakes the build. */
const deleteBuilding: Scenario = {
  name: 'delete-building',
  // While the process that answers is down, the other one may finish the build first.
  loose: ['active', 'deleted'],
  prepare: async (client) => {
    const { member, flavorId } = await stage(client)
    const imageId = await stageImage(client, member)
    const networkId = await stageNetwork(client, member)
    const input = { name: 'vm', flavorId, imageId, networks: [{ networkId }], minCount: 2 }
    return async () => {
      const { id: batchId } = await client.call(serverCreate, input, member)
      await client.call(serverDelete, { batchId }, member)
    }
  },
}

/** A host without power keeps a deletion waiting; another by force comes on top. */
const forceDelete: Scenario = {
  name: 'force-delete',
  prepare: async (client) => {
    const { member, servers } = await stageServers(client)
    const [server] = servers
    const { id, hostId } = server as NonNullable<typeof server>
    return async () => {
      await client.killHost(hostId)
      await client.call(serverDelete, { ids: [id] }, member)
      await client.wait(100)
      await client.call(serverForceDelete, { ids: [id] }, { ...member, roles: ['manager'] })
      await client.reviveHost(hostId)
    }
  },
}

export const serverScenarios: readonly Scenario[] = [
  createBatch,
  createDeclined,
  createRefused,
  createLate,
  createHostDies,
  deleteServer,
  deleteBatch,
  deleteBuilding,
  forceDelete,
]
