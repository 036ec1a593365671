import { Writes } from '../src/commit/writes.ts'
import type { Kernel } from '../src/kernel.ts'
import { workKind } from '../src/model/work/work.ts'
import { attachmentDrive } from '../src/services/block/attachment-drive.ts'
import { backupDrive } from '../src/services/block/backup-drive.ts'
import { backupCreate } from '../src/services/block/backup.ts'
import { groupSnapshotCreate } from '../src/services/block/group-snapshot.ts'
import { groupTypeCreate } from '../src/services/block/group-type.ts'
import { volumeGroupCreate } from '../src/services/block/group.ts'
import { transferCreate } from '../src/services/block/transfer.ts'
import type { Drive, DriveInput, Ordered } from '../src/services/block/drive.ts'
import { poolCreate } from '../src/services/block/pool.ts'
import { qosCreate } from '../src/services/block/qos.ts'
import { snapshotDrive } from '../src/services/block/snapshot-drive.ts'
import { snapshotCreate } from '../src/services/block/snapshot.ts'
import { volumeDrive } from '../src/services/block/volume-drive.ts'
import { volumeTypeGrant } from '../src/services/block/volume-type-access.ts'
import { volumeTypeCreate } from '../src/services/block/volume-type.ts'
import { volumeCreate } from '../src/services/block/volume.ts'
import type { Actor } from '../src/services/call.ts'
import { serverAttachVolumes } from '../src/services/compute/server-volumes.ts'
import { invoke } from '../src/services/operation.ts'

/** Ids of what was made. */
interface BlockRows {
  readonly poolId: string
  readonly volumeTypeId: string
  readonly usedVolumeId: string
  readonly volumeId: string
  readonly snapshotId: string
  /** To which another one adds. */
  readonly backupId: string
}

/** Volumes of a project: one that its server uses, one with a snapshot. */
export async function makeBlock(
  kernel: Kernel,
  root: Actor,
  actor: Actor,
  serverId: string,
): Promise<BlockRows> {
  const { projectId } = actor
  const pool = await invoke(kernel, root, poolCreate, { name: 'lvm#a', totalGb: 100 })
  const qos = await invoke(kernel, root, qosCreate, { name: 'slow' })
  const type = await invoke(kernel, root, volumeTypeCreate, {
    name: 'ssd',
    isPublic: false,
    qosId: qos.id,
  })
  await invoke(kernel, root, volumeTypeGrant, { typeId: type.id, projectId })
  const used = await invoke(kernel, actor, volumeCreate, { sizeGb: 3, volumeType: 'ssd' })
  const kept = await invoke(kernel, actor, volumeCreate, { sizeGb: 2 })
  await settleBlock(kernel)
  const use = { serverId, volumeId: used.id }
  await invoke(kernel, actor, serverAttachVolumes, { attachments: [use] })
  const snapshot = await invoke(kernel, actor, snapshotCreate, { volumeId: kept.id })
  await settleBlock(kernel)
  const backup = await makeCopies(kernel, root, actor, kept.id, type.id)
  return {
    backupId: backup,
    poolId: pool.id,
    volumeTypeId: type.id,
    usedVolumeId: used.id,
    volumeId: kept.id,
    snapshotId: snapshot.id,
  }
}

/** Backups, an offer, and a group with a snapshot. */
async function makeCopies(
  kernel: Kernel,
  root: Actor,
  actor: Actor,
  volumeId: string,
  typeId: string,
): Promise<string> {
  const full = await invoke(kernel, actor, backupCreate, { volumeId })
  await settleBlock(kernel)
  await invoke(kernel, actor, backupCreate, { volumeId, incremental: true })
  const offered = await invoke(kernel, actor, volumeCreate, { sizeGb: 1 })
  const type = await invoke(kernel, root, groupTypeCreate, { name: 'together' })
  const fields = { groupTypeId: type.id, volumeTypes: [typeId] }
  const group = await invoke(kernel, actor, volumeGroupCreate, fields)
  await invoke(kernel, actor, volumeCreate, { sizeGb: 1, volumeType: typeId, groupId: group.id })
  await settleBlock(kernel)
  await invoke(kernel, actor, transferCreate, { volumeId: offered.id })
  await invoke(kernel, actor, groupSnapshotCreate, { groupId: group.id })
  await settleBlock(kernel)
  return full.id
}

/** Has the back-ends do all that is ordered. */
async function settleBlock(kernel: Kernel): Promise<void> {
  await settle(kernel, volumeDrive)
  await settle(kernel, snapshotDrive)
  await settle(kernel, backupDrive)
  await settle(kernel, attachmentDrive)
}

async function settle<T extends Ordered>(kernel: Kernel, drive: Drive<T>): Promise<void> {
  const works = await kernel.store.query(workKind, { limit: 100 })
  for (const work of works.filter(({ program }) => program === drive.name)) {
    const found = await kernel.store.get(drive.kind, (work.input as DriveInput).ids)
    const rows = found.filter((row): row is T => row !== undefined)
    const writes = new Writes().remove(workKind, work)
    const ends = rows.map((row) => ({ row, report: undefined, failure: undefined }))
    await drive.settle(kernel, writes, ends, work.requestId)
    await kernel.committer.commit(writes)
  }
}
