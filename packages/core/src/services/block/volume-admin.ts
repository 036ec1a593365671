import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import { type Backup, backupEnds, backupKind, backupStatuses } from '../../model/block/backup.ts'
import { groupSnapshotKind, groupStatuses, volumeGroupKind } from '../../model/block/group.ts'
import { snapshotEnds, snapshotKind, snapshotStatuses } from '../../model/block/snapshot.ts'
import {
  isVolumeClosed,
  restStatus,
  statusOf,
  volumeActions,
  volumeEnds,
  volumeStatuses,
} from '../../model/block/volume-state.ts'
import { unspoken, type Volume, volumeKind, volumeScope } from '../../model/block/volume.ts'
import type { Kind } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { fetchOne, type Owned } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { openDependents } from './charges.ts'
import { planDrive } from './drive.ts'
import { operator, owner } from './fields.ts'
import { planVolumeDeletion } from './volume-begin.ts'
import { volumeDrive } from './volume-drive.ts'

/**
 * What an operator says of something goes before what is known of it, in what is shown and in what
 * may begin, until something happens to it. What is under way ends by itself, and is not overruled.
 */
async function overrule<S extends string, T extends Owned & { readonly override?: S }>(
  call: Call,
  kind: Kind<T>,
  row: T,
  told: { readonly status: S; readonly isBusy: boolean; readonly isTrue: boolean },
  writes = new Writes(),
): Promise<null> {
  if (told.isBusy) {
    throw new CloudError('conflict', 'Work on it is under way, and ends by itself.', {
      field: 'status',
    })
  }
  const { override: _, ...rest } = row
  const next = (told.isTrue ? rest : { ...rest, override: told.status }) as T
  await call.commit(writes.update(kind, next), [row.id], null)
  return null
}

/** @throws CloudError `conflict` while work on it is under way, or it is on offer. */
export const volumeResetStatus = defineOperation({
  id: 'block.volume.resetStatus',
  summary: 'Says what the status of a volume is, whatever is known of it.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField, status: z.enum(volumeStatuses) }),
  run: async (call, { id, status }): Promise<null> => {
    const before = await fetchOne(call, volumeKind, id)
    const isBusy = volumeEnds[before.status] !== undefined || before.status === 'awaiting-transfer'
    const rest = restStatus(before.attachments)
    // What failed is over when an operator says that the volume is as its uses make it.
    const isOver = status === rest && !isBusy
    const row: Volume = isOver ? { ...before, status: rest, order: null } : before
    const writes = new Writes()
    // It does not go after all: others may depend on it again.
    if (isVolumeClosed(before) && !isVolumeClosed(row)) openDependents(writes, volumeScope(id))
    const told = { status, isBusy, isTrue: status === row.status }
    return overrule(call, volumeKind, row, told, writes)
  },
})

/** @throws CloudError `conflict` while work on it is under way. */
export const snapshotResetStatus = defineOperation({
  id: 'block.snapshot.resetStatus',
  summary: 'Says what the status of a snapshot is, whatever is known of it.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField, status: z.enum(snapshotStatuses) }),
  run: async (call, { id, status }): Promise<null> => {
    const row = await fetchOne(call, snapshotKind, id)
    const isBusy = snapshotEnds[row.status] !== undefined
    return overrule(call, snapshotKind, row, { status, isBusy, isTrue: status === row.status })
  },
})

/** @throws CloudError `conflict` while work on it is under way. */
export const backupResetStatus = defineOperation({
  id: 'block.backup.resetStatus',
  summary: 'Says what the status of a backup is, whatever is known of it.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField, status: z.enum(backupStatuses) }),
  run: async (call, { id, status }): Promise<null> => {
    const row: Backup = await fetchOne(call, backupKind, id)
    const isBusy = backupEnds[row.status] !== undefined
    return overrule(call, backupKind, row, { status, isBusy, isTrue: status === row.status })
  },
})

export const groupResetStatus = defineOperation({
  id: 'block.group.resetStatus',
  summary: 'Says what the status of a group is.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField, status: z.enum(groupStatuses) }),
  run: async (call, { id, status }): Promise<null> => {
    const row = await fetchOne(call, volumeGroupKind, id)
    const isTrue = status === 'available'
    return overrule(call, volumeGroupKind, row, { status, isBusy: false, isTrue })
  },
})

export const groupSnapshotResetStatus = defineOperation({
  id: 'block.groupSnapshot.resetStatus',
  summary: 'Says what the status of a snapshot of a group is.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField, status: z.enum(snapshotStatuses) }),
  run: async (call, { id, status }): Promise<null> => {
    const row = await fetchOne(call, groupSnapshotKind, id)
    const isTrue = status === 'available'
    return overrule(call, groupSnapshotKind, row, { status, isBusy: false, isTrue })
  },
})

/** Statuses in which others have orders of their own that must end first. */
const others: readonly Volume['status'][] = ['backing-up', 'awaiting-transfer', 'deleting']

/** @throws CloudError `conflict` while it is in use, has snapshots, is backed up or on offer. */
export const volumeForceDelete = defineOperation({
  id: 'block.volume.forceDelete',
  summary: 'Deletes a volume whatever its status, also while it is being made or changed.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<null> => {
    const before = await fetchOne(call, volumeKind, id)
    const { status, attachments, generation } = before
    if (attachments.length > 0 || others.includes(status)) {
      const why = attachments.length > 0 ? 'in use' : status
      throw new CloudError('conflict', `Cannot delete a volume that is ${why}.`, {
        field: 'id',
        detail: { id, status },
      })
    }
    // A newer order: work under way finds that it has been overtaken.
    const after: Volume = {
      ...unspoken(before),
      status: volumeActions.delete.status,
      order: null,
      generation: generation + 1,
      updatedAt: call.kernel.clock.now(),
    }
    const writes = new Writes()
    await planVolumeDeletion(call.kernel, writes, [before], [after])
    planDrive(call, writes, volumeDrive, [after])
    await call.commit(writes, [id], null)
    return null
  },
})

/** @throws CloudError `conflict` unless the volume is in use, or was said to be detached. */
export const volumeDetaching = defineOperation({
  id: 'block.volume.detaching',
  summary: 'Says that a volume in use is about to be detached, or is not after all.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ id: idField, begin: z.boolean() }),
  run: async (call, { id, begin }): Promise<null> => {
    const before = await fetchOne(call, volumeKind, id)
    const status = statusOf(before)
    if (status !== (begin ? 'in-use' : 'detaching')) {
      throw new CloudError('conflict', `The volume is ${status}.`, {
        field: 'id',
        detail: { id, status },
      })
    }
    const rest = unspoken(before)
    const row: Volume = begin ? { ...rest, override: 'detaching' } : rest
    await call.commit(new Writes().update(volumeKind, row), [id], null)
    return null
  },
})
