import {
  type Actor,
  poolCreate,
  poolList,
  projectEnsure,
  snapshotCreate,
  snapshotDelete,
  snapshotManage,
  snapshotResetStatus,
  snapshotUnmanage,
  snapshotUpdate,
  volumeCreate,
  volumeCreateMany,
  volumeDelete,
  volumeExtend,
  volumeForceDelete,
  volumeGet,
  volumeImageMetadata,
  volumeManage,
  volumeMigrate,
  volumeReimage,
  volumeResetStatus,
  volumeRetype,
  volumeRevert,
  volumeTypeCreate,
  volumeUnmanage,
  volumeUpdate,
  volumeUpload,
} from '@nephos/core'
import { type CrashClient, memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { stageImage } from '../stage.ts'

interface VolumeStage {
  readonly member: Actor
  readonly volumeId: string
}

/** Two pools of one back-end, a type, and a volume of it. */
export async function stageVolume(client: CrashClient): Promise<VolumeStage> {
  for (const name of ['lvm#a', 'lvm#b']) {
    await client.call(poolCreate, { name, totalGb: 100, capabilities: { disk: 'ssd' } })
  }
  await client.call(volumeTypeCreate, { name: 'fast', extraSpecs: { disk: 'ssd' } })
  const { id: projectId } = await client.call(projectEnsure, { name: 'acme' })
  const member = memberOf(projectId)
  const fields = { name: 'volume', sizeGb: 1, volumeType: 'fast' }
  const { id: volumeId } = await client.call(volumeCreate, fields, member)
  await client.rest()
  return { member, volumeId }
}

const volumes: Scenario = {
  name: 'volumes',
  prepare: async (client) => {
    const { member, volumeId } = await stageVolume(client)
    return async () => {
      await client.call(volumeCreate, { name: 'copy', sourceVolumeId: volumeId, sizeGb: 2 }, member)
      await client.call(volumeUpdate, { id: volumeId, name: 'renamed' }, member)
      await client.rest()
      await client.call(volumeDelete, { ids: [volumeId] }, member)
      await client.rest()
    }
  },
}

const several: Scenario = {
  name: 'many-volumes',
  prepare: async (client) => {
    const { member, volumeId } = await stageVolume(client)
    return async () => {
      await client.call(volumeCreateMany, { name: 'many', sizeGb: 1, count: 3 }, member)
      await client.call(volumeForceDelete, { id: volumeId })
      await client.rest()
    }
  },
}

/** A volume grows, and moves to where it is slower, or elsewhere. */
const moves: Scenario = {
  name: 'volume-moves',
  // Either pool is as good as the other, and which it is shows in names that are drawn.
  loose: ['poolId', 'pool'],
  prepare: async (client) => {
    const { member, volumeId: id } = await stageVolume(client)
    await client.call(volumeTypeCreate, { name: 'slow' })
    return async () => {
      await client.call(volumeExtend, { id, sizeGb: 5 }, member)
      await client.rest()
      const retype = { id, volumeType: 'slow', migrationPolicy: 'on-demand' } as const
      await client.call(volumeRetype, retype, member)
      await client.rest()
      await client.call(volumeMigrate, { id })
      await client.rest()
    }
  },
}

const snapshots: Scenario = {
  name: 'volume-snapshots',
  prepare: async (client) => {
    const { member, volumeId } = await stageVolume(client)
    const { id: oldId } = await client.call(snapshotCreate, { volumeId, name: 'old' }, member)
    await client.rest()
    return async () => {
      const { id } = await client.call(snapshotCreate, { volumeId, name: 'new' }, member)
      await client.rest()
      await client.call(snapshotUpdate, { id, description: 'changed' }, member)
      await client.call(volumeRevert, { id: volumeId, snapshotId: id }, member)
      await client.call(snapshotDelete, { ids: [oldId] }, member)
      await client.rest()
    }
  },
}

/** What an operator says of a volume and of its snapshot. */
const overruled: Scenario = {
  name: 'volume-statuses',
  prepare: async (client) => {
    const { member, volumeId } = await stageVolume(client)
    const { id } = await client.call(snapshotCreate, { volumeId }, member)
    await client.rest()
    return async () => {
      await client.call(volumeResetStatus, { id: volumeId, status: 'error' })
      await client.call(volumeResetStatus, { id: volumeId, status: 'available' })
      await client.call(snapshotResetStatus, { id, status: 'error' })
      await client.call(snapshotResetStatus, { id, status: 'available' })
    }
  },
}

/** A volume becomes an image, and then what an image is. */
const images: Scenario = {
  name: 'volume-images',
  // Every upload that a crash cuts off is an attempt, and is counted.
  loose: ['attempt'],
  prepare: async (client) => {
    const { member, volumeId: id } = await stageVolume(client)
    const imageId = await stageImage(client, member)
    return async () => {
      await client.call(volumeUpload, { id, imageName: 'of-volume' }, member)
      await client.rest()
      await client.call(volumeReimage, { id, imageId }, member)
      await client.rest()
      await client.call(volumeImageMetadata, { id, set: { os: 'bsd' } }, member)
    }
  },
}

/** A volume and its snapshot are left to their back-end, and taken over again. */
const managed: Scenario = {
  name: 'volume-managed',
  prepare: async (client) => {
    const { member, volumeId } = await stageVolume(client)
    const { id: snapshotId } = await client.call(snapshotCreate, { volumeId }, member)
    const { id: other } = await client.call(volumeCreate, { sizeGb: 1 }, member)
    await client.rest()
    const { pool } = await client.call(volumeGet, { id: other })
    const pools = await client.call(poolList, {})
    const poolId = pools.find(({ name }) => name === pool)?.id ?? ''
    const projectId = member.projectId ?? ''
    return async () => {
      await client.call(snapshotUnmanage, { id: snapshotId })
      await client.call(volumeUnmanage, { id: other })
      await client.rest()
      const kept = { volumeId, reference: `snapshot-${snapshotId}` }
      await client.call(snapshotManage, kept)
      const reference = `volume-${other}`
      await client.call(volumeManage, { projectId, poolId, reference })
      await client.rest()
    }
  },
}

export const volumeScenarios: readonly Scenario[] = [
  volumes,
  several,
  moves,
  snapshots,
  overruled,
  images,
  managed,
]
