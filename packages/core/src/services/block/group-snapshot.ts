import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type GroupSnapshot, groupSnapshotKind, volumeGroupKind } from '../../model/block/group.ts'
import {
  isSnapshotClosed,
  type Snapshot,
  snapshotDeletable,
  snapshotKind,
  snapshotScope,
  type SnapshotStatus,
} from '../../model/block/snapshot.ts'
import { statusOf } from '../../model/block/volume-state.ts'
import { unspoken, type Volume, volumeKind } from '../../model/block/volume.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { descriptionField, idField, pageFields } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { sortedPage } from '../sorted-page.ts'
import {
  checkBlockQuota,
  closeDependents,
  openDependents,
  recharge,
  snapshotCharges,
} from './charges.ts'
import { planDrive } from './drive.ts'
import { copyFilters, copySort, copyValue, matchesCopy } from './find-input.ts'
import { member, owner, reader, volumeNameField } from './fields.ts'
import { groupVolumes } from './group-members.ts'
import { withoutOwn } from './shown.ts'
import { snapshotDrive } from './snapshot-drive.ts'
import { newSnapshot } from './snapshot.ts'

/** A snapshot of a group as its users see it. */
export interface GroupSnapshotView extends Omit<
  GroupSnapshot,
  'override' | 'rev' | 'metered' | 'announced'
> {
  /** What its snapshots are. */
  readonly status: SnapshotStatus
}

function viewGroupSnapshot(
  row: Draft<GroupSnapshot>,
  statuses: readonly SnapshotStatus[],
): GroupSnapshotView {
  const { override, ...shown } = withoutOwn<GroupSnapshot>(row)
  const order = ['deleting', 'error_deleting', 'creating', 'error'] as const
  const worst = order.find((status) => statuses.includes(status)) ?? 'available'
  return { ...shown, status: override ?? worst }
}

/** @throws CloudError `invalid` for a group without volumes; `conflict` while one is busy. */
export const groupSnapshotCreate = defineOperation({
  id: 'block.groupSnapshot.create',
  summary: 'Keeps all volumes of a group as they are now: snapshots of all, or none.',
  policy: member,
  mutates: true,
  input: z.strictObject({
    groupId: idField,
    name: volumeNameField.default(''),
    description: descriptionField.default(''),
  }),
  run: async (call, input): Promise<GroupSnapshotView> => {
    const { kernel } = call
    const { groupId, name, description } = input
    const [group, volumes] = await Promise.all([
      fetchOne(call, volumeGroupKind, groupId, 'groupId'),
      groupVolumes(call, groupId),
    ])
    for (const volume of volumes) requireKeepable(volume)
    if (volumes.length === 0) {
      throw new CloudError('invalid', 'groupId: the group has no volumes.', { field: 'groupId' })
    }
    const { projectId, groupTypeId } = group
    const gigabytes = volumes.reduce((sum, { sizeGb }) => sum + sizeGb, 0)
    await checkBlockQuota(kernel, projectId, { snapshots: volumes.length, gigabytes })
    const at = kernel.clock.now()
    const id = kernel.ids.next()
    const times = { createdAt: at, updatedAt: at }
    const row = { id, projectId, groupId, groupTypeId, name, description, ...times }
    const snapshots = volumes.map((volume) => {
      const fields = { name, description, metadata: {}, groupSnapshotId: id }
      return newSnapshot(volume, { id: kernel.ids.next(), ...fields }, at)
    })
    // Group and volumes as they were read: what has begun on them meanwhile makes this look again.
    const writes = new Writes()
      .insert(groupSnapshotKind, row)
      .insert(snapshotKind, ...snapshots)
      .update(volumeGroupKind, group)
      .update(volumeKind, ...volumes)
    for (const snapshot of snapshots) {
      recharge(writes, [], snapshotCharges(snapshot))
      openDependents(writes, snapshotScope(snapshot.id))
    }
    planDrive(call, writes, snapshotDrive, snapshots)
    const view = viewGroupSnapshot(row, ['creating'])
    await call.commit(writes, [id, ...snapshots.map((snapshot) => snapshot.id)], view)
    return view
  },
})

function requireKeepable(volume: Volume): void {
  const status = statusOf(volume)
  if (status === 'available' || status === 'in-use') return
  throw new CloudError('conflict', `A volume of the group is ${status}.`, {
    field: 'groupId',
    detail: { id: volume.id, status },
  })
}

/** The snapshots of one, which are as many as its group had volumes. */
async function snapshotsOf(call: Call, id: string): Promise<Snapshot[]> {
  return call.kernel.store.query(snapshotKind, {
    index: 'byGroupSnapshot',
    equals: [id],
    limit: limits.groupVolumes,
  })
}

export const groupSnapshotGet = defineOperation({
  id: 'block.groupSnapshot.get',
  summary: 'Shows a snapshot of a group.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<GroupSnapshotView> => {
    const [row, snapshots] = await Promise.all([
      fetchOne(call, groupSnapshotKind, id),
      snapshotsOf(call, id),
    ])
    return viewGroupSnapshot(
      row,
      snapshots.map(({ status }) => status),
    )
  },
})

/** One read for a page of them and one for their snapshots. */
export const groupSnapshotList = defineOperation({
  id: 'block.groupSnapshot.list',
  summary: 'Lists the snapshots of groups of the project, by id.',
  policy: reader,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    ...copySort,
    ...copyFilters,
    groupId: idField.optional(),
  }),
  run: async (call, input): Promise<GroupSnapshotView[]> => {
    const { projectId, system } = call.actor
    const query = system ? {} : { index: 'byProject', equals: [projectId] }
    const { groupId } = input
    const rows = await sortedPage(call, groupSnapshotKind, query, input, {
      keep: (row) => matchesCopy(row, input) && (groupId ?? row.groupId) === row.groupId,
      valueOf: copyValue,
    })
    if (rows.length === 0) return []
    const keys = rows.map(({ id }) => [id])
    const snapshots = await call.kernel.store.lookup(snapshotKind, 'byGroupSnapshot', keys)
    const statuses = new Map<string | null, SnapshotStatus[]>()
    for (const { groupSnapshotId, status } of snapshots) {
      statuses.set(groupSnapshotId, [...(statuses.get(groupSnapshotId) ?? []), status])
    }
    return rows.map((row) => viewGroupSnapshot(row, statuses.get(row.id) ?? []))
  },
})

export const groupSnapshotUpdate = defineOperation({
  id: 'block.groupSnapshot.update',
  summary: 'Names and describes a snapshot of a group.',
  policy: owner,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: volumeNameField.optional(),
    description: descriptionField.optional(),
  }),
  run: async (call, input): Promise<GroupSnapshotView> => {
    const { id, ...patch } = input
    const [before, snapshots] = await Promise.all([
      fetchOne(call, groupSnapshotKind, id),
      snapshotsOf(call, id),
    ])
    const row = { ...before, ...given(patch), updatedAt: call.kernel.clock.now() }
    const view = viewGroupSnapshot(
      row,
      snapshots.map(({ status }) => status),
    )
    await call.commit(new Writes().update(groupSnapshotKind, row), [id], view)
    return view
  },
})

/** @throws CloudError `conflict` while something is made of one of its snapshots. */
export const groupSnapshotDelete = defineOperation({
  id: 'block.groupSnapshot.delete',
  summary: 'Deletes a snapshot of a group with all snapshots that it consists of.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<null> => {
    const { kernel } = call
    const [row, snapshots] = await Promise.all([
      fetchOne(call, groupSnapshotKind, id),
      snapshotsOf(call, id),
    ])
    const counters = await kernel.store.counters(snapshots.map((one) => snapshotScope(one.id)))
    const used = new Set(counters.flatMap(({ scope, value }) => (value > 0 ? [scope] : [])))
    const at = kernel.clock.now()
    const writes = new Writes().remove(groupSnapshotKind, row)
    const going = snapshots
      .filter(({ status }) => status !== 'deleting')
      .map((snapshot): Snapshot => {
        const scope = snapshotScope(snapshot.id)
        if (used.has(scope) || !snapshotDeletable.includes(snapshot.status)) {
          throw new CloudError('conflict', 'One of its snapshots is in use, or being made.', {
            field: 'id',
            detail: { id: snapshot.id, status: snapshot.status },
          })
        }
        if (!isSnapshotClosed(snapshot)) closeDependents(writes, scope)
        const generation = snapshot.generation + 1
        return { ...unspoken(snapshot), status: 'deleting', generation, updatedAt: at }
      })
    writes.update(snapshotKind, ...going)
    if (going.length > 0) planDrive(call, writes, snapshotDrive, going)
    await call.commit(writes, [id, ...going.map((one) => one.id)], null)
    return null
  },
})
