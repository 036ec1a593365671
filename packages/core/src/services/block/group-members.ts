import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Writes } from '../../commit/writes.ts'
import { type VolumeGroup, volumeGroupKind } from '../../model/block/group.ts'
import { type Volume, volumeKind } from '../../model/block/volume.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'

/** The group that a new volume names, if it names one. */
export async function readGroup(
  call: Call,
  groupId: string | undefined,
): Promise<VolumeGroup | undefined> {
  return groupId === undefined ? undefined : fetchOne(call, volumeGroupKind, groupId, 'groupId')
}

/** @throws CloudError `invalid` for a volume of a type that the group is not for. */
export function requireGroupType(group: VolumeGroup, typeId: string | null, field: string): void {
  if (typeId !== null && group.volumeTypeIds.includes(typeId)) return
  throw new CloudError('invalid', `${field}: the group is not for volumes of this type.`, { field })
}

/**
 * Takes part in a commit that adds volumes to a group: with its row as it was read, so that two who
 * do so, or one who deletes it, exclude each other.
 *
 * @throws CloudError `quotaExceeded` when it has as many as it may.
 */
export async function planGroupGrowth(
  call: Call,
  writes: Writes,
  group: VolumeGroup,
  count: number,
): Promise<void> {
  const { clock, store } = call.kernel
  const held = await store.count(volumeKind, { index: 'byGroup', equals: [group.id] })
  if (held + count > limits.groupVolumes) {
    throw new CloudError('quotaExceeded', 'The group has as many volumes as it may.', {
      field: 'groupId',
      limit: limits.groupVolumes,
      detail: { asked: count, used: held },
    })
  }
  writes.update(volumeGroupKind, { ...group, updatedAt: clock.now() })
}

/** The volumes of a group: it is bounded. */
export async function groupVolumes(call: Call, groupId: string): Promise<Volume[]> {
  return call.kernel.store.query(volumeKind, {
    index: 'byGroup',
    equals: [groupId],
    limit: limits.groupVolumes,
  })
}
