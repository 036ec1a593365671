import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Draft } from '../../model/kind.ts'
import {
  noChildren,
  type Share,
  shareKind,
  shareProtocols,
  shareSnapshotKind,
} from '../../model/share/share.ts'
import { shareStatuses } from '../../model/share/share-state.ts'
import { fetchOne } from '../fetch.ts'
import { descriptionField, idField, metadataField, nameField, pageFields } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import { shareNameField } from './fields.ts'
import { nextShareStatus, planShareChange, planShareWork, shareUsage } from './plan.ts'

const member = { scope: 'project', role: 'member' } as const
const sizeField = z.int().min(1).max(limits.shareGb)

/**
 * The share is `creating` when this returns, and `available` or `error` at the end.
 *
 * @throws CloudError `quotaExceeded`; `notFound` and `conflict` for a snapshot that cannot be used;
 *   `invalid` when the share would be smaller than its snapshot.
 */
export const shareCreate = defineOperation({
  id: 'share.share.create',
  summary: 'Creates a share, empty or of a snapshot.',
  policy: member,
  mutates: true,
  input: z.strictObject({
    name: shareNameField,
    description: descriptionField.default(''),
    protocol: z.enum(shareProtocols).default('NFS'),
    sizeGb: sizeField,
    snapshotId: idField.nullable().default(null),
    metadata: metadataField.default({}),
  }),
  run: async (call, input): Promise<Share> => {
    const { kernel, projectId } = call
    const usage = shareUsage({ sizeGb: input.sizeGb, targetGb: null })
    await checkQuota(kernel, projectId, usage)
    const writes = new Writes()
    let originId: string | null = null
    if (input.snapshotId !== null) {
      const snapshot = await fetchOne(call, shareSnapshotKind, input.snapshotId, 'snapshotId')
      if (snapshot.status !== 'available') {
        throw new CloudError('conflict', `The snapshot is ${snapshot.status}.`, {
          field: 'snapshotId',
        })
      }
      if (input.sizeGb < snapshot.sizeGb) {
        throw new CloudError('invalid', 'sizeGb: is less than that of the snapshot.', {
          field: 'sizeGb',
          limit: snapshot.sizeGb,
        })
      }
      originId = snapshot.shareId
      // A deletion of the snapshot at the same time and this use of it exclude each other.
      writes.update(shareSnapshotKind, snapshot)
    }
    const at = kernel.clock.now()
    const share: Draft<Share> = {
      id: kernel.ids.next(),
      projectId,
      ...input,
      originId,
      targetGb: null,
      status: 'creating',
      generation: 1,
      askedAt: 1,
      snapshots: noChildren,
      rules: noChildren,
      exportLocations: [],
      createdAt: at,
      updatedAt: at,
    }
    writes.insert(shareKind, share)
    chargeQuota(writes, projectId, usage)
    planShareWork(call, writes, share)
    const answer = { ...share, rev: 1 }
    await call.commit(writes, [share.id], answer)
    return answer
  },
})

export const shareGet = defineOperation({
  id: 'share.share.get',
  summary: 'Shows a share.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<Share> => fetchOne(call, shareKind, id),
})

export const shareList = defineOperation({
  id: 'share.share.list',
  summary: 'Lists shares, oldest first; an operator sees those of all projects.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    name: nameField.optional(),
    status: z.enum(shareStatuses).optional(),
  }),
  run: (call, { name, status, ...page }): Promise<Share[]> => {
    const { actor } = call
    const query = actor.projectId === null ? {} : { index: 'byProject', equals: [actor.projectId] }
    return listPage(
      call,
      shareKind,
      query,
      page,
      name === undefined && status === undefined
        ? undefined
        : (share) =>
            (name === undefined || share.name === name) &&
            (status === undefined || share.status === status),
    )
  },
})

export const shareUpdate = defineOperation({
  id: 'share.share.update',
  summary: 'Changes what a share is called, and its metadata.',
  policy: member,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: shareNameField.optional(),
    description: descriptionField.optional(),
    metadata: metadataField.optional(),
  }),
  run: async (call, { id, ...patch }): Promise<Share> => {
    const share = await fetchOne(call, shareKind, id)
    const changed: Share = { ...share, ...given(patch), updatedAt: call.kernel.clock.now() }
    const answer = { ...changed, rev: share.rev + 1 }
    await call.commit(new Writes().update(shareKind, changed), [id], answer)
    return answer
  },
})

/** The share is `extending` when this returns, and `available` or `extending_error` at the end. */
export const shareExtend = defineOperation({
  id: 'share.share.extend',
  summary: 'Makes a share larger.',
  policy: member,
  mutates: true,
  input: z.strictObject({ id: idField, sizeGb: sizeField }),
  run: async (call, { id, sizeGb }): Promise<Share> => {
    const share = await fetchOne(call, shareKind, id)
    const status = nextShareStatus(share, 'extend')
    if (sizeGb <= share.sizeGb) {
      throw new CloudError('invalid', 'sizeGb: is not larger than the share.', {
        field: 'sizeGb',
        limit: share.sizeGb,
      })
    }
    const more = { shareGigabytes: sizeGb - share.sizeGb }
    await checkQuota(call.kernel, share.projectId, more)
    const writes = new Writes()
    chargeQuota(writes, share.projectId, more)
    const answer = planShareChange(call, writes, share, { status, targetGb: sizeGb })
    await call.commit(writes, [id], answer)
    return answer
  },
})

/**
 * The share is `shrinking` when this returns, and `available` at the end; or
 * `shrinking_possible_data_loss_error`, unchanged, if it holds more than would be left.
 */
export const shareShrink = defineOperation({
  id: 'share.share.shrink',
  summary: 'Makes a share smaller.',
  policy: member,
  mutates: true,
  input: z.strictObject({ id: idField, sizeGb: sizeField }),
  run: async (call, { id, sizeGb }): Promise<Share> => {
    const share = await fetchOne(call, shareKind, id)
    const status = nextShareStatus(share, 'shrink')
    if (sizeGb >= share.sizeGb) {
      throw new CloudError('invalid', 'sizeGb: is not smaller than the share.', {
        field: 'sizeGb',
        limit: share.sizeGb,
      })
    }
    const writes = new Writes()
    const answer = planShareChange(call, writes, share, { status, targetGb: sizeGb })
    await call.commit(writes, [id], answer)
    return answer
  },
})

/** @throws CloudError `conflict` while it has snapshots, or while something is done to it. */
export const shareDelete = defineOperation({
  id: 'share.share.delete',
  summary: 'Deletes a share and its access rules.',
  policy: member,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const share = await fetchOne(call, shareKind, id)
    const status = nextShareStatus(share, 'delete')
    if (share.snapshots.count > 0) {
      throw new CloudError('conflict', 'The share has snapshots.', { field: 'id' })
    }
    const writes = new Writes()
    planShareChange(call, writes, share, { status })
    await call.commit(writes, [id], null)
  },
})
