import {
  type Actor,
  groupResetStatus,
  groupSnapshotCreate,
  groupSnapshotDelete,
  groupSnapshotResetStatus,
  groupSnapshotUpdate,
  groupTypeCreate,
  groupTypeDelete,
  groupTypeUpdate,
  messageDelete,
  poolCreate,
  poolDelete,
  poolUpdate,
  projectEnsure,
  qosCreate,
  qosDelete,
  qosUpdate,
  type Stored,
  typeQuotaSet,
  volumeCreate,
  volumeGroupCopy,
  volumeGroupCreate,
  volumeGroupDelete,
  volumeGroupUpdate,
  volumeTypeCreate,
  volumeTypeDelete,
  volumeTypeGrant,
  volumeTypeRevoke,
  volumeTypeUpdate,
} from '@nephos/core'
import { type CrashClient, memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { stageVolume } from './volumes.ts'

interface GroupStage {
  readonly member: Actor
  readonly groupTypeId: string
  /** A group with one volume. */
  readonly groupId: string
  /** In no group. */
  readonly volumeId: string
}

async function stageGroup(client: CrashClient): Promise<GroupStage> {
  const { member, volumeId } = await stageVolume(client)
  const { id: groupTypeId } = await client.call(groupTypeCreate, { name: 'kept' })
  const fields = { name: 'group', groupTypeId, volumeTypes: ['fast'] }
  const { id: groupId } = await client.call(volumeGroupCreate, fields, member)
  const inside = { name: 'inside', sizeGb: 1, volumeType: 'fast', groupId }
  await client.call(volumeCreate, inside, member)
  await client.rest()
  return { member, groupTypeId, groupId, volumeId }
}

const groups: Scenario = {
  name: 'volume-groups',
  prepare: async (client) => {
    const { member, groupTypeId, groupId, volumeId } = await stageGroup(client)
    return async () => {
      const fields = { name: 'new', groupTypeId, volumeTypes: ['fast'] }
      const { id } = await client.call(volumeGroupCreate, fields, member)
      await client.call(volumeGroupUpdate, { id, addVolumeIds: [volumeId] }, member)
      await client.call(groupResetStatus, { id, status: 'error' })
      await client.call(volumeGroupDelete, { id: groupId, deleteVolumes: true }, member)
      await client.rest()
    }
  },
}

/** A group is kept as it is, copied, and is not kept any more. */
const snapshots: Scenario = {
  name: 'volume-group-snapshots',
  prepare: async (client) => {
    const { member, groupId } = await stageGroup(client)
    return async () => {
      const { id } = await client.call(groupSnapshotCreate, { groupId, name: 'kept' }, member)
      await client.rest()
      await client.call(groupSnapshotUpdate, { id, description: 'changed' }, member)
      await client.call(groupSnapshotResetStatus, { id, status: 'error' })
      await client.call(groupSnapshotResetStatus, { id, status: 'available' })
      await client.call(volumeGroupCopy, { groupSnapshotId: id, name: 'copy' }, member)
      await client.rest()
      await client.call(groupSnapshotDelete, { id }, member)
      await client.rest()
    }
  },
}

const groupTypes: Scenario = {
  name: 'volume-group-types',
  prepare: async (client) => {
    const { id: oldId } = await client.call(groupTypeCreate, { name: 'old' })
    return async () => {
      const { id } = await client.call(groupTypeCreate, { name: 'new' })
      await client.call(groupTypeUpdate, { id, specs: { a: 'b' } })
      await client.call(groupTypeDelete, { id: oldId })
    }
  },
}

const types: Scenario = {
  name: 'volume-types',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const { id: oldId } = await client.call(volumeTypeCreate, { name: 'old', isPublic: false })
    await client.call(volumeTypeGrant, { typeId: oldId, projectId })
    return async () => {
      const fields = { name: 'new', isPublic: false }
      const { id: typeId } = await client.call(volumeTypeCreate, fields)
      await client.call(volumeTypeUpdate, { id: typeId, extraSpecs: { disk: 'ssd' } })
      await client.call(volumeTypeGrant, { typeId, projectId })
      await client.call(typeQuotaSet, { projectId, typeId, volumes: 3 })
      await client.call(volumeTypeRevoke, { typeId: oldId, projectId })
      await client.call(volumeTypeDelete, { id: oldId })
    }
  },
}

const places: Scenario = {
  name: 'volume-pools',
  prepare: async (client) => {
    const { id: oldId } = await client.call(poolCreate, { name: 'old#a', totalGb: 10 })
    const { id: oldQos } = await client.call(qosCreate, { name: 'old' })
    return async () => {
      const { id } = await client.call(poolCreate, { name: 'new#a', totalGb: 10 })
      await client.call(poolUpdate, { id, totalGb: 20, enabled: false })
      await client.call(poolDelete, { id: oldId })
      const { id: qosId } = await client.call(qosCreate, { name: 'new' })
      await client.call(qosUpdate, { id: qosId, specs: { total_iops_sec: '100' } })
      await client.call(qosDelete, { id: oldQos })
    }
  },
}

/** What could not be placed is told to its user, who has read it. */
const messages: Scenario = {
  name: 'volume-messages',
  prepare: async (client) => {
    const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
    const member = memberOf(projectId)
    await client.call(poolCreate, { name: 'lvm#a', totalGb: 10 })
    await client.once((world) => world.volumes.failNext('refuse'))
    await client.call(volumeCreate, { name: 'refused', sizeGb: 1 }, member)
    await client.rest()
    const id = client.rows<Stored>('volumeMessage')[0]?.id ?? ''
    return async () => {
      await client.call(messageDelete, { ids: [id] }, member)
    }
  },
}

export const volumeGroupScenarios: readonly Scenario[] = [
  groups,
  snapshots,
  groupTypes,
  types,
  places,
  messages,
]
