import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  type GroupStatus,
  groupSnapshotKind,
  groupTypeKind,
  type VolumeGroup,
  volumeGroupKind,
} from '../../model/block/group.ts'
import { isAtRest } from '../../model/block/volume-state.ts'
import { type Volume, volumeKind } from '../../model/block/volume.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { fetchOne, fetchOwned } from '../fetch.ts'
import { descriptionField, idField, pageFields } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { sortedPage } from '../sorted-page.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import { planDrive } from './drive.ts'
import { copyFilters, copySort, copyValue, matchesCopy } from './find-input.ts'
import { member, owner, reader, volumeNameField, zoneNameField } from './fields.ts'
import { groupVolumes, planGroupGrowth, requireGroupType } from './group-members.ts'
import { requireGroupTypeById } from './group-type.ts'
import { withoutOwn } from './shown.ts'
import { beginVolume, planVolumeDeletion } from './volume-begin.ts'
import { volumeDrive } from './volume-drive.ts'
import { requireType } from './volume-type.ts'

/** A group as its users see it. */
export interface GroupView extends Omit<VolumeGroup, 'override' | 'rev' | 'metered' | 'announced'> {
  readonly status: GroupStatus
}

export function viewGroup(group: Draft<VolumeGroup>): GroupView {
  const { override, ...shown } = withoutOwn<VolumeGroup>(group)
  return { ...shown, status: override ?? 'available' }
}

const memberIds = z
  .array(idField)
  .max(limits.groupVolumes)
  .refine((ids) => new Set(ids).size === ids.length, 'has duplicates')

/** @throws CloudError `quotaExceeded` for `volumeGroups`. */
export const volumeGroupCreate = defineOperation({
  id: 'block.group.create',
  summary: 'Creates a group, to which volumes of some types can be added.',
  policy: member,
  mutates: true,
  input: z.strictObject({
    name: volumeNameField.default(''),
    description: descriptionField.default(''),
    groupTypeId: idField,
    /** Ids or names. */
    volumeTypes: z
      .array(z.string().min(1).max(limits.nameLength))
      .min(1)
      .max(limits.volumeProperties),
    availabilityZone: zoneNameField.optional(),
  }),
  run: async (call, input): Promise<GroupView> => {
    const { kernel, projectId } = call
    const [type, ...types] = await Promise.all([
      requireGroupTypeById(call, input.groupTypeId, 'groupTypeId'),
      ...input.volumeTypes.map((name) => requireType(call, name, 'volumeTypes')),
      checkQuota(kernel, projectId, { volumeGroups: 1 }),
    ])
    const volumeTypeIds = [...new Set(types.flatMap((one) => one?.id ?? []))]
    const { name, description, availabilityZone: zone = 'nova' } = input
    const fields = { projectId, name, description, zone, volumeTypeIds }
    const group = newGroup({ id: kernel.ids.next(), groupTypeId: type.id, ...fields }, call)
    const writes = new Writes().insert(volumeGroupKind, group)
    // As it was read: it may be deleted meanwhile.
    writes.update(groupTypeKind, type)
    chargeQuota(writes, projectId, { volumeGroups: 1 })
    const view = viewGroup(group)
    await call.commit(writes, [group.id], view)
    return view
  },
})

/** The row of a new group. */
export function newGroup(
  fields: Omit<
    Draft<VolumeGroup>,
    'sourceGroupId' | 'sourceSnapshotId' | 'createdAt' | 'updatedAt'
  > &
    Partial<Pick<VolumeGroup, 'sourceGroupId' | 'sourceSnapshotId'>>,
  { kernel }: Pick<Call, 'kernel'>,
): Draft<VolumeGroup> {
  const at = kernel.clock.now()
  return { sourceGroupId: null, sourceSnapshotId: null, ...fields, createdAt: at, updatedAt: at }
}

export const volumeGroupGet = defineOperation({
  id: 'block.group.get',
  summary: 'Shows a group of the project.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<GroupView> =>
    viewGroup(await fetchOne(call, volumeGroupKind, id)),
})

export const volumeGroupList = defineOperation({
  id: 'block.group.list',
  summary: 'Lists the groups of the project, by id.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ ...pageFields, ...copySort, ...copyFilters }),
  run: async (call, input): Promise<GroupView[]> => {
    const { projectId, system } = call.actor
    const query = system ? {} : { index: 'byProject', equals: [projectId] }
    const keep = (row: VolumeGroup): boolean => matchesCopy(row, input)
    const options = { keep, valueOf: copyValue }
    return (await sortedPage(call, volumeGroupKind, query, input, options)).map(viewGroup)
  },
})

/** @throws CloudError `invalid` for volumes of other types, `conflict` for those of others. */
export const volumeGroupUpdate = defineOperation({
  id: 'block.group.update',
  summary: 'Names a group, and says which volumes come and go.',
  policy: owner,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: volumeNameField.optional(),
    description: descriptionField.optional(),
    addVolumeIds: memberIds.default([]),
    removeVolumeIds: memberIds.default([]),
  }),
  run: async (call, input): Promise<GroupView> => {
    const { id, addVolumeIds, removeVolumeIds, ...patch } = input
    const [group, added, removed] = await Promise.all([
      fetchOne(call, volumeGroupKind, id),
      fetchOwned(call, volumeKind, addVolumeIds, 'addVolumeIds'),
      fetchOwned(call, volumeKind, removeVolumeIds, 'removeVolumeIds'),
    ])
    for (const volume of added) requireAddable(group, volume)
    for (const volume of removed) {
      if (volume.groupId === id) continue
      throw new CloudError('invalid', 'removeVolumeIds: a volume is not of this group.', {
        field: 'removeVolumeIds',
        detail: { id: volume.id },
      })
    }
    const next = { ...group, ...given(patch) }
    const writes = new Writes()
    await planGroupGrowth(call, writes, next, added.length - removed.length)
    const moved = (volumes: readonly Volume[], groupId: string | null): Volume[] =>
      volumes.map((volume) => ({ ...volume, groupId }))
    writes.update(volumeKind, ...moved(added, id), ...moved(removed, null))
    const view = viewGroup(next)
    await call.commit(writes, [id, ...addVolumeIds, ...removeVolumeIds], view)
    return view
  },
})

function requireAddable(group: VolumeGroup, volume: Volume): void {
  const field = 'addVolumeIds'
  requireGroupType(group, volume.typeId, field)
  const { id, groupId, projectId, status } = volume
  const isFree = groupId === null && projectId === group.projectId && isAtRest(status)
  if (isFree) return
  const why = groupId === null ? status : 'in a group'
  throw new CloudError('conflict', `${field}: a volume is ${why}.`, { field, detail: { id } })
}

/**
 * @throws CloudError `conflict` for a group with volumes unless they are to go as well, for one
 *   with snapshots, and for volumes that cannot go.
 */
export const volumeGroupDelete = defineOperation({
  id: 'block.group.delete',
  summary: 'Deletes a group, with its volumes if that is wanted.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ id: idField, deleteVolumes: z.boolean().default(false) }),
  run: async (call, { id, deleteVolumes }): Promise<null> => {
    const { kernel } = call
    const [group, volumes, snapshots] = await Promise.all([
      fetchOne(call, volumeGroupKind, id),
      groupVolumes(call, id),
      kernel.store.count(groupSnapshotKind, { index: 'byGroup', equals: [id] }),
    ])
    if (snapshots > 0 || (volumes.length > 0 && !deleteVolumes)) {
      const what = snapshots > 0 ? `${snapshots} snapshots` : `${volumes.length} volumes`
      throw new CloudError('conflict', `The group has ${what}.`, {
        field: 'id',
        detail: { snapshots, volumes: volumes.length },
      })
    }
    const rows = volumes.map((volume): Volume => {
      return { ...beginVolume(call, volume, 'delete', null), groupId: null }
    })
    const writes = new Writes().remove(volumeGroupKind, group)
    chargeQuota(writes, group.projectId, { volumeGroups: 1 }, -1)
    if (rows.length > 0) {
      await planVolumeDeletion(kernel, writes, volumes, rows)
      planDrive(call, writes, volumeDrive, rows)
    }
    await call.commit(writes, [id, ...rows.map((row) => row.id)], null)
    return null
  },
})
