import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { groupSnapshotKind, groupTypeKind, volumeGroupKind } from '../../model/block/group.ts'
import { poolKind } from '../../model/block/pool.ts'
import { type Snapshot, snapshotKind } from '../../model/block/snapshot.ts'
import { volumeTypeKind } from '../../model/block/volume-type.ts'
import { statusOf } from '../../model/block/volume-state.ts'
import type { Volume, VolumeSource } from '../../model/block/volume.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { fetchOne, getAll } from '../fetch.ts'
import { descriptionField, idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota } from '../quota.ts'
import { checkBlockQuota } from './charges.ts'
import { planDrive } from './drive.ts'
import { member, volumeNameField } from './fields.ts'
import { groupVolumes } from './group-members.ts'
import { type GroupView, newGroup, viewGroup } from './group.ts'
import { volumeDrive } from './volume-drive.ts'
import { newVolume, writeVolumes } from './volume-plan.ts'

/** What a volume of the new group is a copy of. */
interface Original {
  readonly source: VolumeSource
  readonly name: string
  readonly sizeGb: number
  readonly typeId: string | null
  readonly poolId: string
  readonly bootable: boolean
  readonly imageMetadata: Volume['imageMetadata']
}

/** @throws CloudError `conflict` unless all that is copied is available; `quotaExceeded`. */
export const volumeGroupCopy = defineOperation({
  id: 'block.group.copy',
  summary: 'Makes a group with copies of all volumes of another, or of a snapshot of one.',
  policy: member,
  mutates: true,
  input: z
    .strictObject({
      name: volumeNameField.default(''),
      description: descriptionField.default(''),
      groupSnapshotId: idField.optional(),
      sourceGroupId: idField.optional(),
    })
    .refine(
      ({ groupSnapshotId, sourceGroupId }) =>
        (groupSnapshotId === undefined) !== (sourceGroupId === undefined),
      'names one of groupSnapshotId and sourceGroupId',
    ),
  run: async (call, input): Promise<GroupView> => {
    const { kernel, projectId } = call
    const { groupId, originals } = await readOriginals(call, input)
    const [[model], [types, pools]] = await Promise.all([
      getAll(kernel, volumeGroupKind, [groupId]),
      readPlaces(call, originals),
    ])
    if (!model) throw new CloudError('internal', 'A group that was read is not there.')
    const gigabytes = originals.reduce((sum, { sizeGb }) => sum + sizeGb, 0)
    const usage = { volumes: originals.length, gigabytes, volumeGroups: 1 }
    await checkBlockQuota(kernel, projectId, usage)
    const { name, description, groupSnapshotId, sourceGroupId } = input
    const { groupTypeId, volumeTypeIds, zone } = model
    const group = newGroup(
      {
        ...{
          id: kernel.ids.next(),
          projectId,
          name,
          description,
          groupTypeId,
          volumeTypeIds,
          zone,
        },
        ...{ sourceGroupId: sourceGroupId ?? null, sourceSnapshotId: groupSnapshotId ?? null },
      },
      call,
    )
    const at = kernel.clock.now()
    const volumes = originals.map((original): Draft<Volume> => {
      const pool = pools.get(original.poolId)
      if (!pool) throw new CloudError('internal', 'A pool that was read is not there.')
      const type = types.get(original.typeId ?? '') ?? null
      const fields = { id: kernel.ids.next(), projectId, userId: call.actor.userId }
      const own = { ...fields, name: original.name, groupId: group.id }
      return newVolume({ ...original, type }, pool, own, at)
    })
    const [groupType] = await getAll(kernel, groupTypeKind, [groupTypeId])
    const writes = new Writes().insert(volumeGroupKind, group).update(volumeGroupKind, model)
    if (groupType) writes.update(groupTypeKind, groupType)
    chargeQuota(writes, projectId, { volumeGroups: 1 })
    writeVolumes(writes, volumes)
    if (volumes.length > 0) planDrive(call, writes, volumeDrive, volumes)
    const view = viewGroup(group)
    await call.commit(writes, [group.id, ...volumes.map(({ id }) => id)], view)
    return view
  },
})

async function readOriginals(
  call: Call,
  input: {
    readonly groupSnapshotId?: string | undefined
    readonly sourceGroupId?: string | undefined
  },
): Promise<{ readonly groupId: string; readonly originals: readonly Original[] }> {
  const { groupSnapshotId, sourceGroupId } = input
  if (groupSnapshotId !== undefined) {
    const row = await fetchOne(call, groupSnapshotKind, groupSnapshotId, 'groupSnapshotId')
    const snapshots = await call.kernel.store.query(snapshotKind, {
      index: 'byGroupSnapshot',
      equals: [row.id],
      limit: limits.groupVolumes,
    })
    const originals = snapshots.map((one) => {
      requireReady('snapshot', one.status, 'groupSnapshotId')
      return originalOf('snapshot', one)
    })
    return { groupId: row.groupId, originals }
  }
  const group = await fetchOne(call, volumeGroupKind, sourceGroupId ?? '', 'sourceGroupId')
  const volumes = await groupVolumes(call, group.id)
  const originals = volumes.map((one) => {
    requireReady('volume', statusOf(one), 'sourceGroupId')
    return originalOf('volume', one)
  })
  return { groupId: group.id, originals }
}

function originalOf(type: 'volume' | 'snapshot', row: Volume | Snapshot): Original {
  const { id, name, sizeGb, typeId, poolId, bootable = false, imageMetadata } = row
  return { source: { type, id }, name, sizeGb, typeId, poolId, bootable, imageMetadata }
}

function requireReady(noun: string, status: string, field: string): void {
  if (status === 'available' || status === 'in-use') return
  throw new CloudError('conflict', `${field}: a ${noun} is ${status}.`, {
    field,
    detail: { status },
  })
}

/** Types and pools of what is copied: two reads. */
async function readPlaces(call: Call, originals: readonly Original[]) {
  const { kernel } = call
  const typeIds = new Set(originals.flatMap(({ typeId }) => typeId ?? []))
  const [types, pools] = await Promise.all([
    getAll(kernel, volumeTypeKind, [...typeIds]),
    getAll(kernel, poolKind, [...new Set(originals.map(({ poolId }) => poolId))]),
  ])
  const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> =>
    new Map(rows.map((row) => [row.id, row]))
  return [byId(types), byId(pools)] as const
}
