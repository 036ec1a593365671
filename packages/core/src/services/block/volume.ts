import { z } from 'zod'
import { CloudError, throwIfAborted } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { statusOf } from '../../model/block/volume-state.ts'
import { type Snapshot, snapshotKind } from '../../model/block/snapshot.ts'
import { type Volume, volumeKind } from '../../model/block/volume.ts'
import type { Call } from '../call.ts'
import { fetchOne, fetchOwned } from '../fetch.ts'
import { descriptionField, idField, idsField, metadataField, pageFields } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { everyRow } from '../page.ts'
import { sortedPage } from '../sorted-page.ts'
import { affinityFields } from './affinity.ts'
import { checkBlockQuota, recharge, typedUsage, volumeCharges } from './charges.ts'
import { planDrive } from './drive.ts'
import { matchesVolume, volumeFilters, volumeSort } from './find-input.ts'
import { changedMetadata, metadataFields } from './metadata.ts'
import { planGroupGrowth, readGroup, requireGroupType } from './group-members.ts'
import { member, owner, reader, sizeField, volumeNameField, zoneNameField } from './fields.ts'
import { planSnapshotDeletion } from './snapshot.ts'
import { beginVolume, planVolumeDeletion } from './volume-begin.ts'
import { volumeDrive } from './volume-drive.ts'
import { newVolume, planVolumes, writeVolumes } from './volume-plan.ts'
import { type VolumeView, viewVolume } from './volume-view.ts'

const createFields = {
  name: volumeNameField.default(''),
  description: descriptionField.default(''),
  /** GiB; that of its source when absent. */
  sizeGb: sizeField.optional(),
  /** Id or name; the default type when absent. */
  volumeType: z.string().min(1).max(limits.nameLength).optional(),
  availabilityZone: zoneNameField.optional(),
  /** What its bytes are a copy of: one of these, or none. */
  imageId: idField.optional(),
  snapshotId: idField.optional(),
  sourceVolumeId: idField.optional(),
  backupId: idField.optional(),
  /** The group that it is to be part of. */
  groupId: idField.optional(),
  readOnly: z.boolean().default(false),
  metadata: metadataField.default({}),
  ...affinityFields,
}

/** What one request for volumes says. */
export type VolumeCreateInput = z.infer<z.ZodObject<typeof createFields>>

/**
 * @throws CloudError `quotaExceeded`; `noValidHost` when no pool takes it, with every reason
 *   counted.
 */
export const volumeCreate = defineOperation({
  id: 'block.volume.create',
  summary: 'Creates a volume: empty, or a copy of an image, a snapshot or a volume.',
  policy: member,
  mutates: true,
  input: z.strictObject(createFields),
  run: async (call, input): Promise<VolumeView> => {
    const [volume] = await createVolumes(call, input, 1, (views) => views[0])
    return volume as VolumeView
  },
})

/** What a request for several volumes answers. */
export interface VolumesCreated {
  readonly volumes: readonly VolumeView[]
}

/** @throws as for one; nothing is made then. */
export const volumeCreateMany = defineOperation({
  id: 'block.volume.createMany',
  summary: 'Creates several volumes that are alike, all of them or none.',
  policy: member,
  mutates: true,
  input: z.strictObject({ ...createFields, count: z.int().min(1).max(limits.bulkVolumes) }),
  run: async (call, input): Promise<VolumesCreated> => {
    const volumes = await createVolumes(call, input, input.count, (views) => ({ volumes: views }))
    return { volumes }
  },
})

/** One decision for all of them: pools, quota and work, in a constant number of statements. */
export async function createVolumes(
  call: Call,
  input: VolumeCreateInput,
  count: number,
  answer: (views: readonly VolumeView[]) => unknown,
): Promise<VolumeView[]> {
  const { kernel, projectId } = call
  const [plan, group] = await Promise.all([
    planVolumes(call, input),
    readGroup(call, input.groupId),
  ])
  if (group) requireGroupType(group, plan.type?.id ?? null, 'volumeType')
  const gb = plan.sizeGb * count
  await checkBlockQuota(
    kernel,
    projectId,
    { volumes: count, gigabytes: gb, perVolumeGigabytes: plan.sizeGb },
    typedUsage(plan.type?.id ?? null, 'volumes', count, gb),
  )
  const at = kernel.clock.now()
  const volumes = plan.choice.assign(count).map((pool, index) => {
    const name = count > 1 && input.name !== '' ? `${input.name}-${index + 1}` : input.name
    const { description, metadata, readOnly } = input
    const groupId = group?.id ?? null
    const fields = { id: kernel.ids.next(), projectId, userId: call.actor.userId, name, groupId }
    return newVolume(plan, pool, { ...fields, description, metadata, readOnly }, at)
  })
  const writes = new Writes()
  if (group) await planGroupGrowth(call, writes, group, count)
  writeVolumes(writes, volumes)
  planDrive(call, writes, volumeDrive, volumes)
  const views = volumes.map((volume) => viewVolume(volume, { pool: false }))
  await call.commit(
    writes,
    volumes.map(({ id }) => id),
    answer(views),
  )
  return views
}

export const volumeGet = defineOperation({
  id: 'block.volume.get',
  summary: 'Shows a volume of the project.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<VolumeView> =>
    viewVolume(await fetchOne(call, volumeKind, id), { pool: call.actor.system }),
})

export const volumeList = defineOperation({
  id: 'block.volume.list',
  summary: 'Lists the volumes of the project, by id or in another order; operators see all.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ ...pageFields, ...volumeSort, ...volumeFilters }),
  run: async (call, input): Promise<VolumeView[]> => {
    const volumes = await sortedPage(call, volumeKind, volumesOf(call, input.projectId), input, {
      keep: (volume) => matchesVolume(volume, input),
      valueOf: (volume, key) => (key === 'status' ? statusOf(volume) : volume[key]),
    })
    return volumes.map((volume) => viewVolume(volume, { pool: call.actor.system }))
  },
})

/** How many volumes there are, and how large. */
export interface VolumeSummary {
  readonly count: number
  readonly gigabytes: number
  /** Values of metadata by their keys, each once. */
  readonly metadata: Readonly<Record<string, readonly string[]>>
}

/** Reads all volumes that are counted, page by page. */
export const volumeSummary = defineOperation({
  id: 'block.volume.summary',
  summary: 'Counts the volumes of the project, as they would be listed.',
  policy: reader,
  mutates: false,
  input: z.strictObject(volumeFilters),
  run: async (call, input): Promise<VolumeSummary> => {
    let [count, gigabytes, pairs] = [0, 0, 0]
    const metadata = new Map<string, Set<string>>()
    for await (const rows of everyRow(call.kernel, volumeKind, volumesOf(call, input.projectId))) {
      throwIfAborted(call.signal)
      for (const volume of rows) {
        if (!matchesVolume(volume, input)) continue
        count++
        gigabytes += volume.sizeGb
        for (const [key, value] of Object.entries(volume.metadata)) {
          if (pairs >= limits.pageRows) break
          const values = metadata.get(key) ?? new Set()
          if (!values.has(value)) pairs++
          metadata.set(key, values.add(value))
        }
      }
    }
    const named = [...metadata].map(([key, values]) => [key, [...values]] as const)
    return { count, gigabytes, metadata: Object.fromEntries(named) }
  },
})

function volumesOf({ actor }: Call, projectId: string | undefined) {
  const whose = actor.system ? projectId : actor.projectId
  return whose === undefined ? {} : { index: 'byProject', equals: [whose] }
}

/** @throws CloudError `conflict` for `readOnly` while it is in use. */
export const volumeUpdate = defineOperation({
  id: 'block.volume.update',
  summary: 'Names and describes a volume; says whether it is read-only, and bootable.',
  policy: owner,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: volumeNameField.optional(),
    description: descriptionField.optional(),
    ...metadataFields,
    readOnly: z.boolean().optional(),
    bootable: z.boolean().optional(),
  }),
  run: async (call, input): Promise<VolumeView> => {
    const { id, metadata: _, addMetadata: _add, removeMetadata: _remove, ...patch } = input
    const before = await fetchOne(call, volumeKind, id)
    const metadata = changedMetadata(before.metadata, input)
    if (patch.readOnly !== undefined && before.attachments.length > 0) {
      throw new CloudError('conflict', 'The volume is in use.', { field: 'readOnly' })
    }
    const said = patch.readOnly === undefined ? {} : { readOnlySaid: true as const }
    const updatedAt = call.kernel.clock.now()
    const volume = { ...before, ...given(patch), ...said, metadata, updatedAt }
    const view = viewVolume(volume, { pool: call.actor.system })
    await call.commit(new Writes().update(volumeKind, volume), [id], view)
    return view
  },
})

/** @throws CloudError `conflict` while one is in use, has snapshots, or something is under way. */
export const volumeDelete = defineOperation({
  id: 'block.volume.delete',
  summary: 'Deletes volumes: many at once, all of them or none.',
  policy: owner,
  mutates: true,
  input: z.strictObject({
    ids: idsField,
    /** True: with their snapshots, which go before them. */
    cascade: z.boolean().default(false),
  }),
  run: async (call, { ids, cascade }): Promise<{ readonly count: number }> => {
    const volumes = await fetchOwned(call, volumeKind, ids, 'ids')
    const writes = new Writes()
    const snapshots = cascade ? await snapshotsOf(call, volumes) : []
    const first = new Set(snapshots.map(({ volumeId }) => volumeId))
    const rows = volumes.map((volume) => {
      const order = first.has(volume.id) ? { cascade } : null
      return beginVolume(call, volume, 'delete', order, 'ids')
    })
    const going = snapshots.filter(({ status }) => status !== 'deleting')
    if (going.length > 0) await planSnapshotDeletion(call, writes, going, 'ids')
    const alone = (row: Volume): boolean => !first.has(row.id)
    await planVolumeDeletion(call.kernel, writes, volumes.filter(alone), rows.filter(alone))
    for (const [index, row] of rows.entries()) {
      const before = volumes[index]
      if (alone(row) || !before) continue
      writes.update(volumeKind, row)
      recharge(writes, volumeCharges(before), volumeCharges(row))
    }
    planDrive(call, writes, volumeDrive, rows)
    const answer = { count: rows.length }
    await call.commit(writes, ids, answer)
    return answer
  },
})

/** Snapshots of volumes: one read. @throws CloudError `conflict` for more than one commit takes. */
async function snapshotsOf(call: Call, volumes: readonly Volume[]): Promise<Snapshot[]> {
  const keys = volumes.map(({ id }) => [id])
  const rows = await call.kernel.store.lookup(snapshotKind, 'byVolume', keys)
  if (rows.length <= limits.pageRows) return rows
  throw new CloudError('conflict', 'The volumes have too many snapshots.', {
    field: 'cascade',
    limit: limits.pageRows,
  })
}
