import {
  attachmentComplete,
  attachmentCreate,
  attachmentDeclare,
  attachmentDelete,
  attachmentUpdate,
  backupCreate,
  backupDelete,
  backupImport,
  backupResetStatus,
  backupRestore,
  backupUpdate,
  poolCreate,
  serverAttachVolumes,
  serverDetachVolumes,
  transferAccept,
  transferCreate,
  transferDelete,
  projectEnsure,
  volumeCreate,
  volumeDetaching,
} from '@nephos/core'
import { memberOf } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { stageServers } from '../stage.ts'
import { stageVolume } from './volumes.ts'

const attachments: Scenario = {
  name: 'volume-attachments',
  prepare: async (client) => {
    const { member, volumeId } = await stageVolume(client)
    return async () => {
      const { id } = await client.call(attachmentCreate, { volumeId }, member)
      const connector = { host: 'metal', ip: '192.0.2.1' }
      await client.call(attachmentUpdate, { id, connector }, member)
      await client.rest()
      await client.call(attachmentComplete, { id }, member)
      await client.call(attachmentDelete, { ids: [id] }, member)
      await client.rest()
    }
  },
}

/** Somebody outside says what he does with a volume. */
const declared: Scenario = {
  name: 'volume-declared',
  prepare: async (client) => {
    const { member, volumeId: id } = await stageVolume(client)
    return async () => {
      const use = { volumeId: id, hostName: 'metal', device: '/dev/sdb' }
      await client.call(attachmentDeclare, use, member)
      await client.call(volumeDetaching, { id, begin: true }, member)
      await client.call(volumeDetaching, { id, begin: false }, member)
    }
  },
}

/** A server that runs is given two volumes at once, and gives one of them back. */
const servers: Scenario = {
  name: 'server-volumes',
  prepare: async (client) => {
    const { member, servers: made } = await stageServers(client)
    const serverId = made[0]?.id ?? ''
    await client.call(poolCreate, { name: 'lvm#a', totalGb: 100 })
    const volumeIds: string[] = []
    for (const name of ['one', 'two']) {
      const { id } = await client.call(volumeCreate, { name, sizeGb: 1 }, member)
      volumeIds.push(id)
    }
    await client.rest()
    return async () => {
      const uses = volumeIds.map((volumeId) => ({ serverId, volumeId }))
      await client.call(serverAttachVolumes, { attachments: uses }, member)
      await client.rest()
      await client.call(serverDetachVolumes, { attachments: uses.slice(0, 1) }, member)
      await client.rest()
    }
  },
}

/** Of a backup whose bytes nobody has any more. */
const lostRecord = {
  id: 'lost-backup',
  volumeId: 'lost-volume',
  snapshotId: null,
  parentId: null,
  name: 'lost',
  description: '',
  container: 'volumebackups',
  zone: null,
  sizeGb: 1,
  metadata: {},
  dataAt: 0,
  generation: 1,
}

/** A backup that adds to another, and what is made of both. */
const backups: Scenario = {
  name: 'volume-backups',
  prepare: async (client) => {
    const { member, volumeId } = await stageVolume(client)
    const { id: oldId } = await client.call(backupCreate, { volumeId, name: 'old' }, member)
    await client.rest()
    return async () => {
      const more = { volumeId, name: 'more', incremental: true }
      const { id } = await client.call(backupCreate, more, member)
      await client.rest()
      await client.call(backupUpdate, { id, description: 'changed' }, member)
      await client.call(backupRestore, { id }, member)
      await client.rest()
      await client.call(backupDelete, { ids: [id] }, member)
      await client.rest()
      await client.call(backupResetStatus, { id: oldId, status: 'error' })
      await client.call(backupImport, { projectId: member.projectId ?? '', record: lostRecord })
      await client.rest()
    }
  },
}

/** A volume is offered, taken back, and offered again. */
const transfers: Scenario = {
  name: 'volume-transfers',
  // Drawn at random, by each attempt anew.
  loose: ['salt', 'keyHash'],
  prepare: async (client) => {
    const { member, volumeId } = await stageVolume(client)
    const { id } = await client.call(transferCreate, { volumeId, name: 'old' }, member)
    return async () => {
      await client.call(transferDelete, { id }, member)
      await client.call(transferCreate, { volumeId, name: 'new' }, member)
    }
  },
}

/** Whoever has the key takes the volume, and it is counted there. */
const accepted: Scenario = {
  name: 'volume-accepted',
  prepare: async (client) => {
    const { member, volumeId } = await stageVolume(client)
    const { id: otherId } = await client.call(projectEnsure, { name: 'other' })
    const { id, authKey } = await client.call(transferCreate, { volumeId }, member)
    return async () => {
      await client.call(transferAccept, { id, authKey }, memberOf(otherId))
      await client.rest()
    }
  },
}

export const volumeUseScenarios: readonly Scenario[] = [
  attachments,
  declared,
  servers,
  backups,
  transfers,
  accepted,
]
