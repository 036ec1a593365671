import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Draft } from '../../model/kind.ts'
import { shareKind, type ShareSnapshot, shareSnapshotKind } from '../../model/share/share.ts'
import { fetchOne } from '../fetch.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import { shareNameField } from './fields.ts'
import { oneMore, planShareChange, requireAvailable } from './plan.ts'

const member = { scope: 'project', role: 'member' } as const
const reader = { scope: 'any', role: 'reader' } as const

/**
 * The snapshot is `creating` when this returns, and `available` or `error` at the end.
 *
 * @throws CloudError `conflict` unless the share is available; `quotaExceeded`.
 */
export const shareSnapshotCreate = defineOperation({
  id: 'share.snapshot.create',
  summary: 'Keeps a share as it is now.',
  policy: member,
  mutates: true,
  input: z.strictObject({ shareId: idField, name: shareNameField }),
  run: async (call, { shareId, name }): Promise<ShareSnapshot> => {
    const { kernel } = call
    const share = await fetchOne(call, shareKind, shareId, 'shareId')
    requireAvailable(share)
    await checkQuota(kernel, share.projectId, { shareSnapshots: 1 })
    const snapshot: Draft<ShareSnapshot> = {
      id: kernel.ids.next(),
      projectId: share.projectId,
      shareId,
      name,
      sizeGb: share.sizeGb,
      status: 'creating',
      askedAt: share.generation + 1,
      createdAt: kernel.clock.now(),
    }
    const writes = new Writes().insert(shareSnapshotKind, snapshot)
    const snapshots = oneMore(share, share.snapshots, 'shareId')
    planShareChange(call, writes, share, { snapshots })
    chargeQuota(writes, share.projectId, { shareSnapshots: 1 })
    const answer = { ...snapshot, rev: 1 }
    await call.commit(writes, [shareId, snapshot.id], answer)
    return answer
  },
})

export const shareSnapshotGet = defineOperation({
  id: 'share.snapshot.get',
  summary: 'Shows a snapshot of a share.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<ShareSnapshot> => fetchOne(call, shareSnapshotKind, id),
})

export const shareSnapshotList = defineOperation({
  id: 'share.snapshot.list',
  summary: 'Lists snapshots of shares, oldest first.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ ...pageFields, shareId: idField.optional() }),
  run: (call, { shareId, ...page }): Promise<ShareSnapshot[]> => {
    const { projectId } = call.actor
    const query = projectId === null ? {} : { index: 'byProject', equals: [projectId] }
    return listPage(
      call,
      shareSnapshotKind,
      query,
      page,
      shareId === undefined ? undefined : (row) => row.shareId === shareId,
    )
  },
})

/** The snapshot is `deleting` when this returns. Shares made of it stay. */
export const shareSnapshotDelete = defineOperation({
  id: 'share.snapshot.delete',
  summary: 'Deletes a snapshot of a share.',
  policy: member,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const snapshot = await fetchOne(call, shareSnapshotKind, id)
    if (snapshot.status === 'creating' || snapshot.status === 'deleting') {
      throw new CloudError('conflict', `The snapshot is ${snapshot.status}.`, { field: 'id' })
    }
    const share = await fetchOne(call, shareKind, snapshot.shareId)
    const deleting: ShareSnapshot = {
      ...snapshot,
      status: 'deleting',
      askedAt: share.generation + 1,
    }
    const writes = new Writes().update(shareSnapshotKind, deleting)
    const snapshots = { ...share.snapshots, askedAt: deleting.askedAt }
    planShareChange(call, writes, share, { snapshots })
    await call.commit(writes, [share.id, id], null)
  },
})
