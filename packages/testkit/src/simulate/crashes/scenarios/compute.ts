import {
  aggregateAddHosts,
  aggregateCreate,
  aggregateDelete,
  aggregateRemoveHosts,
  aggregateSetMetadata,
  aggregateUpdate,
  flavorAccessGrant,
  flavorAccessRevoke,
  flavorCreate,
  flavorDelete,
  flavorUpdate,
  hostCreate,
  hostDelete,
  hostUpdate,
  keyPairCreate,
  keyPairDelete,
  serverAddTags,
  serverDeleteMetadata,
  serverGroupCreate,
  serverGroupDelete,
  serverLock,
  serverMergeMetadata,
  serverRemoveTags,
  serverReplaceMetadata,
  serverReplaceTags,
  serverUnlock,
  serverUpdate,
} from '@nephos/core'
import type { Scenario } from '../scenario.ts'
import { publicKey, stage, stageServers } from '../stage.ts'

const metadata: Scenario = {
  name: 'server-metadata',
  prepare: async (client) => {
    const { servers, member } = await stageServers(client)
    const id = servers[0]?.id as string
    return async () => {
      await client.call(serverUpdate, { id, name: 'renamed' }, member)
      await client.call(serverReplaceMetadata, { id, metadata: { a: '1' } }, member)
      await client.call(serverMergeMetadata, { id, metadata: { b: '2' } }, member)
      await client.call(serverDeleteMetadata, { id, key: 'a' }, member)
      await client.call(serverReplaceTags, { id, tags: ['one'] }, member)
      await client.call(serverAddTags, { id, tags: ['two'] }, member)
      await client.call(serverRemoveTags, { id, tags: ['one'] }, member)
      await client.call(serverLock, { id }, member)
      await client.call(serverUnlock, { id }, member)
    }
  },
}

const flavors: Scenario = {
  name: 'flavors',
  prepare: async (client) => {
    const { projectId } = await stage(client)
    const old = { name: 'old', vcpus: 1, ramMb: 512, isPublic: false }
    const { id: oldId } = await client.call(flavorCreate, old)
    await client.call(flavorAccessGrant, { flavorId: oldId, projectId })
    return async () => {
      const made = { name: 'private', vcpus: 1, ramMb: 512, isPublic: false }
      const { id } = await client.call(flavorCreate, made)
      await client.call(flavorUpdate, { id, extraSpecs: { 'trait:SSD': 'required' } })
      await client.call(flavorAccessGrant, { flavorId: id, projectId })
      await client.call(flavorAccessRevoke, { flavorId: oldId, projectId })
      await client.call(flavorDelete, { id: oldId })
    }
  },
}

const aggregates: Scenario = {
  name: 'aggregates',
  prepare: async (client) => {
    const { hostIds } = await stage(client)
    const [first, second] = hostIds as [string, string]
    const { id: oldId } = await client.call(aggregateCreate, { name: 'old' })
    return async () => {
      const { id } = await client.call(aggregateCreate, { name: 'fast' })
      await client.call(aggregateUpdate, { id, name: 'faster' })
      await client.call(aggregateSetMetadata, { id, metadata: { disk: 'ssd' } })
      await client.call(aggregateAddHosts, { id, hostIds: [first, second] })
      await client.call(aggregateRemoveHosts, { id, hostIds: [first] })
      await client.call(aggregateDelete, { id: oldId })
    }
  },
}

const hosts: Scenario = {
  name: 'hosts',
  prepare: async (client) => {
    const { hostIds } = await stage(client)
    const [, , third] = hostIds as [string, string, string]
    return async () => {
      const inventory = { VCPU: 8, MEMORY_MB: 4_096, DISK_GB: 10 }
      await client.call(hostCreate, { hosts: [{ name: 'host-4', zone: 'zone', inventory }] })
      await client.call(hostDelete, { ids: [third] })
    }
  },
}

/** A host in use becomes smaller and takes no new servers. */
const hostShrinks: Scenario = {
  name: 'host-shrinks',
  prepare: async (client) => {
    const { servers } = await stageServers(client)
    const id = servers[0]?.hostId as string
    return async () => {
      await client.call(hostUpdate, { id, inventory: { VCPU: 2, MEMORY_MB: 2_048, DISK_GB: 50 } })
      await client.call(hostUpdate, { id, enabled: false, disabledReason: 'a fan' })
    }
  },
}

const keyPairs: Scenario = {
  name: 'key-pairs',
  prepare: async (client) => {
    const { member } = await stage(client)
    await client.call(keyPairCreate, { name: 'old', publicKey }, member)
    return async () => {
      await client.call(keyPairCreate, { name: 'new', publicKey }, member)
      await client.call(keyPairDelete, { name: 'old' }, member)
    }
  },
}

const serverGroups: Scenario = {
  name: 'server-groups',
  prepare: async (client) => {
    const { member } = await stage(client)
    const old = { name: 'old', policy: 'affinity' } as const
    const { id } = await client.call(serverGroupCreate, old, member)
    return async () => {
      await client.call(serverGroupCreate, { name: 'new', policy: 'anti-affinity' }, member)
      await client.call(serverGroupDelete, { id }, member)
    }
  },
}

export const computeScenarios: readonly Scenario[] = [
  metadata,
  flavors,
  aggregates,
  hosts,
  hostShrinks,
  keyPairs,
  serverGroups,
]
