import {
  attachmentDeclare,
  attachmentDelete,
  backupCreate,
  backupDelete,
  backupExport,
  backupGet,
  backupImport,
  backupList,
  backupResetStatus,
  backupRestore,
  backupUpdate,
  groupSnapshotCreate,
  groupSnapshotDelete,
  groupSnapshotGet,
  groupSnapshotList,
  groupSnapshotResetStatus,
  groupSnapshotUpdate,
  groupTypeCreate,
  groupTypeDelete,
  groupTypeGet,
  groupTypeList,
  groupTypeUpdate,
  poolList,
  poolUnmanaged,
  snapshotCreate,
  snapshotDelete,
  snapshotManage,
  snapshotResetStatus,
  snapshotUnmanage,
  transferAccept,
  transferCreate,
  transferDelete,
  transferGet,
  transferList,
  volumeCreate,
  volumeDetaching,
  volumeForceDelete,
  volumeGroupCopy,
  volumeGroupCreate,
  volumeGroupDelete,
  volumeGroupGet,
  volumeGroupList,
  groupResetStatus,
  volumeGroupUpdate,
  volumeGet,
  volumeImageMetadata,
  volumeManage,
  volumeReimage,
  volumeResetStatus,
  volumeUnmanage,
  volumeUpload,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { aim, forget, nameOf, remember, settled } from './aim.ts'
import { createVolume } from './block-volumes.ts'
import { mutate } from './create.ts'
import { walk } from './pages.ts'

/** Long enough for back-ends to do what was ordered, where nothing goes wrong. */
const doneMs = 20_000

/** A volume of the tenant's that nobody else aims at. */
async function freshVolume(tenant: Tenant, fields = {}): Promise<string> {
  const name = nameOf(tenant, 'kept', 1_000)
  const made = await tenant.call(volumeCreate, { name, sizeGb: 1, ...fields })
  if (made.end !== 'ok') return aim(tenant, 'volume', createVolume)
  await tenant.rest(doneMs)
  return made.answer.id
}

const backups: Action = {
  name: 'back volumes up and restore them',
  weight: 4,
  run: async (tenant) => {
    const { chance } = tenant
    const volumeId = await freshVolume(tenant)
    const first = await mutate(tenant, backupCreate, { volumeId })
    if (first.end !== 'ok') return
    const { id } = first.answer
    remember(tenant, 'backup', id)
    await tenant.rest(doneMs)
    const next = await mutate(tenant, backupCreate, { volumeId, incremental: true })
    await tenant.rest(chance.between(doneMs, doneMs * 2))
    await tenant.call(backupGet, { id })
    await tenant.call(backupUpdate, { id, name: nameOf(tenant, 'backup', 100) })
    await walk(tenant, backupList)
    await tenant.call(backupRestore, { id, ...(chance.happens(0.5) && { volumeId }) })
    await tenant.rest(doneMs)
    if (next.end !== 'ok') return
    await tenant.call(backupDelete, { ids: [next.answer.id] })
    await tenant.rest(doneMs)
    if (chance.happens(0.5)) return
    const gone = await tenant.call(backupDelete, { ids: [id] })
    if (gone.end !== 'refused') forget(tenant, 'backup', id)
  },
}

const transfers: Action = {
  name: 'offer a volume and take it',
  weight: 3,
  run: async (tenant) => {
    const { chance } = tenant
    const volumeId = await freshVolume(tenant)
    const offer = await tenant.call(transferCreate, { volumeId, name: 'yours' })
    if (offer.end !== 'ok') return
    const { id, authKey } = offer.answer
    await settled(tenant)
    await tenant.call(transferGet, { id })
    await walk(tenant, transferList)
    if (chance.happens(0.5)) await tenant.call(transferDelete, { id })
    else await tenant.call(transferAccept, { id, authKey })
    remember(tenant, 'volume', volumeId)
  },
}

const images: Action = {
  name: 'make an image of a volume',
  weight: 2,
  run: async (tenant) => {
    const id = await freshVolume(tenant)
    const made = await mutate(tenant, volumeUpload, { id, imageName: nameOf(tenant, 'image', 100) })
    await tenant.rest(doneMs)
    if (made.end !== 'ok') return
    await tenant.call(volumeImageMetadata, { id, set: { a: 'b' } })
    await tenant.call(volumeReimage, { id, imageId: made.answer.imageId })
    await tenant.rest(doneMs)
    remember(tenant, 'volume', id)
  },
}

const groups: Action = {
  name: 'keep a group of volumes together',
  weight: 2,
  run: async (tenant) => {
    const { chance, operator } = tenant
    const as = { as: operator }
    // Everybody is shown it: its name tells of nobody.
    const name = `kept-${chance.whole(1, 1_000_000)}`
    const type = await tenant.call(groupTypeCreate, { name }, as)
    if (type.end !== 'ok') return
    const groupTypeId = type.answer.id
    await settled(tenant)
    const fields = { groupTypeId, volumeTypes: ['ssd'] }
    const group = await mutate(tenant, volumeGroupCreate, fields)
    if (group.end !== 'ok') return
    const { id } = group.answer
    await settled(tenant)
    const inside = await freshVolume(tenant, { volumeType: 'ssd', groupId: id })
    const outside = await freshVolume(tenant, { volumeType: 'ssd' })
    await tenant.call(volumeGroupUpdate, { id, addVolumeIds: [outside] })
    const kept = await mutate(tenant, groupSnapshotCreate, { groupId: id })
    await tenant.rest(doneMs)
    if (kept.end === 'ok') await useSnapshot(tenant, kept.answer.id)
    await tenant.call(volumeGroupGet, { id })
    await walk(tenant, volumeGroupList)
    await tenant.call(groupTypeGet, { id: groupTypeId })
    await walk(tenant, groupTypeList)
    await tenant.call(groupTypeUpdate, { id: groupTypeId, specs: { a: 'b' } }, as)
    await tenant.call(groupResetStatus, { id, status: 'error' }, as)
    await tenant.call(groupResetStatus, { id, status: 'available' }, as)
    remember(tenant, 'volume', inside, outside)
    if (chance.happens(0.3)) return
    await tenant.rest(doneMs)
    await tenant.call(volumeGroupDelete, { id, deleteVolumes: true })
    await settled(tenant)
    await tenant.call(groupTypeDelete, { id: groupTypeId }, as)
  },
}

async function useSnapshot(tenant: Tenant, id: string): Promise<void> {
  const as = { as: tenant.operator }
  await tenant.call(groupSnapshotGet, { id })
  await walk(tenant, groupSnapshotList)
  await tenant.call(groupSnapshotUpdate, { id, name: 'kept' })
  await tenant.call(groupSnapshotResetStatus, { id, status: 'error' }, as)
  await tenant.call(groupSnapshotResetStatus, { id, status: 'available' }, as)
  const copy = await mutate(tenant, volumeGroupCopy, { groupSnapshotId: id })
  await tenant.rest(doneMs)
  if (copy.end === 'ok') {
    await tenant.call(volumeGroupDelete, { id: copy.answer.id, deleteVolumes: true })
    await tenant.rest(doneMs)
  }
  await tenant.call(groupSnapshotDelete, { id })
  await tenant.rest(doneMs)
}

const overrule: Action = {
  name: 'say what the status of a volume is',
  weight: 2,
  run: async (tenant) => {
    const as = { as: tenant.operator }
    const id = await freshVolume(tenant)
    await tenant.call(volumeResetStatus, { id, status: 'error' }, as)
    await tenant.call(volumeResetStatus, { id, status: 'available' }, as)
    await settled(tenant)
    const use = await tenant.call(attachmentDeclare, { volumeId: id, hostName: 'metal' })
    await settled(tenant)
    await tenant.call(volumeDetaching, { id, begin: true })
    await settled(tenant)
    await tenant.call(volumeDetaching, { id, begin: false })
    await settled(tenant)
    if (use.end === 'ok') await tenant.call(attachmentDelete, { ids: [use.answer.id] })
    await tenant.rest(doneMs)
    await tenant.call(volumeForceDelete, { id }, as)
  },
}

const lostRecord = {
  ...{ volumeId: 'lost', snapshotId: null, parentId: null, name: 'lost', description: '' },
  ...{ container: 'volumebackups', zone: null, sizeGb: 1, metadata: {}, dataAt: 0, generation: 1 },
}

/** Of a backup that is there nothing is taken over; of one that is lost, only its failure. */
const records: Action = {
  name: 'keep the record of a backup, and take one over',
  weight: 1,
  run: async (tenant) => {
    const as = { as: tenant.operator }
    const { projectId, chance } = tenant
    if (chance.happens(0.5)) {
      const kept = await tenant.call(backupExport, { id: await aim(tenant, 'backup') }, as)
      if (kept.end !== 'ok') return
      await tenant.call(backupImport, { projectId, record: kept.answer }, as)
      return
    }
    const name = `lost-${chance.whole(1, 1_000_000)}`
    await tenant.call(backupImport, { projectId, record: { ...lostRecord, id: name } }, as)
    await tenant.rest(doneMs)
    const gone = await tenant.call(backupDelete, { ids: [name] })
    if (gone.end === 'unknown') remember(tenant, 'backup', name)
  },
}

const manage: Action = {
  name: 'leave a volume to its back-end, and take it over',
  weight: 2,
  run: async (tenant) => {
    const as = { as: tenant.operator }
    const { projectId, chance } = tenant
    const id = await freshVolume(tenant)
    const whole = await tenant.call(volumeGet, { id }, as)
    const kept = await mutate(tenant, snapshotCreate, { volumeId: id, name: 'kept' })
    await tenant.rest(doneMs)
    if (kept.end === 'ok') {
      const snapshotId = kept.answer.id
      await tenant.call(snapshotUnmanage, { id: snapshotId }, as)
      await tenant.rest(doneMs)
      const found = { volumeId: id, reference: `snapshot-${snapshotId}` }
      const taken = await tenant.call(snapshotManage, found, as)
      await tenant.rest(doneMs)
      if (taken.end === 'ok') await tenant.call(snapshotDelete, { ids: [taken.answer.id] })
      await tenant.rest(doneMs)
    }
    await tenant.call(volumeUnmanage, { id }, as)
    await tenant.rest(doneMs)
    const pools = await tenant.call(poolList, {}, as)
    if (whole.end !== 'ok' || pools.end !== 'ok') return
    const poolId = pools.answer.find(({ name }) => name === whole.answer.pool)?.id
    if (poolId === undefined) return
    await tenant.call(poolUnmanaged, { id: poolId }, as)
    const again = await tenant.call(
      volumeManage,
      { projectId, poolId, reference: `volume-${id}`, name: nameOf(tenant, 'taken', 100) },
      as,
    )
    if (again.end === 'ok') remember(tenant, 'volume', again.answer.id)
    await tenant.rest(chance.between(1, doneMs))
  },
}

/** Aims at whatever there is; most of it is refused. */
const overruleOthers: Action = {
  name: 'say what the status of snapshots and backups is',
  weight: 1,
  run: async (tenant) => {
    const as = { as: tenant.operator }
    for (const status of ['error', 'available'] as const) {
      const [snapshot, backup] = [await aim(tenant, 'snapshot'), await aim(tenant, 'backup')]
      await tenant.call(snapshotResetStatus, { id: snapshot, status }, as)
      await tenant.call(backupResetStatus, { id: backup, status }, as)
    }
  },
}

export const blockCopyActions: readonly Action[] = [
  backups,
  transfers,
  images,
  groups,
  overrule,
  overruleOthers,
  records,
  manage,
]
