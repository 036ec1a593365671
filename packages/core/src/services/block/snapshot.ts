import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import {
  isSnapshotClosed,
  type Snapshot,
  snapshotDeletable,
  snapshotKind,
  snapshotScope,
  snapshotStatuses,
} from '../../model/block/snapshot.ts'
import { statusOf } from '../../model/block/volume-state.ts'
import { unspoken, type Volume, volumeKind } from '../../model/block/volume.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { fetchOne, fetchOwned } from '../fetch.ts'
import { descriptionField, idField, idsField, metadataField, pageFields } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { sortedPage } from '../sorted-page.ts'
import {
  checkBlockQuota,
  closeDependents,
  openDependents,
  recharge,
  snapshotCharges,
  typedUsage,
} from './charges.ts'
import { planDrive } from './drive.ts'
import { copyFilters, copySort, copyValue, matchesCopy } from './find-input.ts'
import { changedMetadata, metadataFields } from './metadata.ts'
import { owner, reader, volumeNameField } from './fields.ts'
import { withoutOwn } from './shown.ts'
import { snapshotDrive } from './snapshot-drive.ts'

/** A snapshot as its users see it. */
export type SnapshotView = Omit<
  Snapshot,
  | 'poolId'
  | 'poolName'
  | 'generation'
  | 'override'
  | 'adopt'
  | 'release'
  | 'rev'
  | 'metered'
  | 'announced'
>

export function viewSnapshot(snapshot: Draft<Snapshot>): SnapshotView {
  const row = withoutOwn<Snapshot>(snapshot)
  const { poolId: _, poolName: _name, generation: _generation, adopt: _adopt, ...rest } = row
  const { release: _release, override, ...shown } = rest
  return { ...shown, status: override ?? shown.status }
}

/** The row of a new snapshot of a volume. */
export function newSnapshot(
  volume: Volume,
  fields: Pick<Snapshot, 'id' | 'name' | 'description' | 'metadata'> &
    Partial<Pick<Snapshot, 'groupSnapshotId'>>,
  at: number,
): Draft<Snapshot> {
  const { projectId, sizeGb, typeId, poolId, poolName, bootable, imageMetadata } = volume
  return {
    groupSnapshotId: null,
    ...fields,
    volumeId: volume.id,
    projectId,
    sizeGb,
    typeId,
    poolId,
    poolName,
    bootable,
    ...(imageMetadata && { imageMetadata }),
    status: 'creating',
    generation: 1,
    createdAt: at,
    updatedAt: at,
  }
}

/** @throws CloudError `conflict` unless the volume is available, or in use and `force` is given. */
export const snapshotCreate = defineOperation({
  id: 'block.snapshot.create',
  summary: 'Keeps a volume as it is now.',
  policy: owner,
  mutates: true,
  input: z.strictObject({
    volumeId: idField,
    name: volumeNameField.default(''),
    description: descriptionField.default(''),
    metadata: metadataField.default({}),
    /** True: also while a server writes to it. */
    force: z.boolean().default(false),
  }),
  run: async (call, input): Promise<SnapshotView> => {
    const { kernel } = call
    const { force, volumeId: _, ...fields } = input
    const volume = await fetchOne(call, volumeKind, input.volumeId, 'volumeId')
    const { projectId, sizeGb, typeId } = volume
    const status = statusOf(volume)
    if (status !== 'available' && !(force && status === 'in-use')) {
      throw new CloudError('conflict', `The volume is ${status}.`, {
        field: 'volumeId',
        detail: { status },
      })
    }
    const typed = typedUsage(typeId, 'snapshots', 1, sizeGb)
    await checkBlockQuota(kernel, projectId, { snapshots: 1, gigabytes: sizeGb }, typed)
    const at = kernel.clock.now()
    const snapshot = newSnapshot(volume, { id: kernel.ids.next(), ...fields }, at)
    // As it was read: what has begun on it meanwhile makes this look again.
    const writes = new Writes().insert(snapshotKind, snapshot).update(volumeKind, volume)
    recharge(writes, [], snapshotCharges(snapshot))
    openDependents(writes, snapshotScope(snapshot.id))
    planDrive(call, writes, snapshotDrive, [snapshot])
    const view = viewSnapshot(snapshot)
    await call.commit(writes, [snapshot.id, volume.id], view)
    return view
  },
})

export const snapshotGet = defineOperation({
  id: 'block.snapshot.get',
  summary: 'Shows a snapshot of the project.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<SnapshotView> =>
    viewSnapshot(await fetchOne(call, snapshotKind, id)),
})

export const snapshotList = defineOperation({
  id: 'block.snapshot.list',
  summary: 'Lists the snapshots of the project, or of one of its volumes, by id.',
  policy: reader,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    ...copySort,
    ...copyFilters,
    volumeId: idField.optional(),
    status: z.enum(snapshotStatuses).optional(),
  }),
  run: async (call, input): Promise<SnapshotView[]> => {
    const { projectId, system } = call.actor
    const { volumeId, status } = input
    const every =
      input.projectId === undefined ? {} : { index: 'byProject', equals: [input.projectId] }
    const owned = system ? every : { index: 'byProject', equals: [projectId] }
    const query = volumeId === undefined ? owned : { index: 'byVolume', equals: [volumeId] }
    const keep = (row: Snapshot): boolean =>
      matchesCopy(row, input) && (status === undefined || (row.override ?? row.status) === status)
    const isVisible = (row: Snapshot): boolean => system || row.projectId === projectId
    const rows = await sortedPage(call, snapshotKind, query, input, {
      keep,
      visible: isVisible,
      valueOf: copyValue,
    })
    return rows.map(viewSnapshot)
  },
})

export const snapshotUpdate = defineOperation({
  id: 'block.snapshot.update',
  summary: 'Names and describes a snapshot.',
  policy: owner,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: volumeNameField.optional(),
    description: descriptionField.optional(),
    ...metadataFields,
  }),
  run: async (call, input): Promise<SnapshotView> => {
    const { id, metadata: _, addMetadata: _add, removeMetadata: _remove, ...patch } = input
    const before = await fetchOne(call, snapshotKind, id)
    const metadata = changedMetadata(before.metadata, input)
    const snapshot = { ...before, ...given(patch), metadata, updatedAt: call.kernel.clock.now() }
    const view = viewSnapshot(snapshot)
    await call.commit(new Writes().update(snapshotKind, snapshot), [id], view)
    return view
  },
})

/** @throws CloudError `conflict` while something is made of one, or is under way on it. */
export const snapshotDelete = defineOperation({
  id: 'block.snapshot.delete',
  summary: 'Deletes snapshots: many at once, all of them or none.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ ids: idsField }),
  run: async (call, { ids }): Promise<{ readonly count: number }> => {
    const snapshots = await fetchOwned(call, snapshotKind, ids, 'ids')
    const writes = new Writes()
    await planSnapshotDeletion(call, writes, snapshots, 'ids')
    const answer = { count: snapshots.length }
    await call.commit(writes, ids, answer)
    return answer
  },
})

/**
 * Writes that snapshots go, or are left to their back-end: one read, whatever their number.
 *
 * @throws CloudError `conflict` while something is made of one, or is under way on it.
 */
export async function planSnapshotDeletion(
  call: Call,
  writes: Writes,
  snapshots: readonly Snapshot[],
  field: string,
  release = false,
): Promise<void> {
  const { kernel } = call
  const counters = await kernel.store.counters(snapshots.map(({ id }) => snapshotScope(id)))
  const used = new Map(counters.map(({ scope, value }) => [scope, value]))
  const at = kernel.clock.now()
  const rows = snapshots.map((snapshot): Snapshot => {
    const { id, generation } = snapshot
    const status = snapshot.override ?? snapshot.status
    const copies = used.get(snapshotScope(id)) ?? 0
    if (copies > 0 || !snapshotDeletable.includes(status)) {
      const why = copies > 0 ? `${copies} copies are made of it` : `it is ${status}`
      throw new CloudError('conflict', `Cannot delete a snapshot: ${why}.`, {
        field,
        detail: { id, status },
      })
    }
    if (!isSnapshotClosed(snapshot)) closeDependents(writes, snapshotScope(id))
    return {
      ...unspoken(snapshot),
      status: 'deleting',
      ...(release && { release }),
      generation: generation + 1,
      updatedAt: at,
    }
  })
  writes.update(snapshotKind, ...rows)
  planDrive(call, writes, snapshotDrive, rows)
}
