import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { closedPeriod } from '../../commit/usage-notes.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Snapshot, snapshotKind } from '../../model/block/snapshot.ts'
import { transferKind, type VolumeTransfer } from '../../model/block/transfer.ts'
import { isAtRest, restStatus, statusOf } from '../../model/block/volume-state.ts'
import { type Volume, volumeKind } from '../../model/block/volume.ts'
import type { Kind, Stored } from '../../model/kind.ts'
import { usagePeriodKind } from '../../model/meter/usage.ts'
import type { Call } from '../call.ts'
import { fetchOne, getAll, notFound } from '../fetch.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { checkBlockQuota, recharge, snapshotCharges, volumeCharges } from './charges.ts'
import { member, owner, reader, volumeNameField } from './fields.ts'
import { withoutOwn } from './shown.ts'
import { beginVolume } from './volume-begin.ts'

/** An offer as its users see it: never with its key. */
export type TransferView = Omit<
  VolumeTransfer,
  'salt' | 'keyHash' | 'rev' | 'metered' | 'announced'
>

/** An offer with the key that takes it, which is shown this once. */
export interface TransferOffer extends TransferView {
  readonly authKey: string
}

function viewTransfer(transfer: VolumeTransfer): TransferView {
  const { salt: _, keyHash: _hash, ...shown } = withoutOwn<VolumeTransfer>(transfer)
  return shown
}

/** Bytes of a key, and of its salt. */
const keyBytes = 16

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function hashOf(kernel: Pick<Kernel, 'digest'>, salt: string, key: string): string {
  return kernel.digest.hash('sha256', `${salt}:${key}`)
}

/** @throws CloudError `conflict` unless the volume is available and in no group. */
export const transferCreate = defineOperation({
  id: 'block.transfer.create',
  summary: 'Offers a volume to whoever gets the key.',
  policy: member,
  mutates: true,
  once: ['authKey'],
  input: z.strictObject({
    volumeId: idField,
    name: volumeNameField.default(''),
    /** False: snapshots of the volume stay where they are. */
    withSnapshots: z.boolean().default(true),
  }),
  run: async (call, input): Promise<TransferOffer> => {
    const { kernel } = call
    const volume = await fetchOne(call, volumeKind, input.volumeId, 'volumeId')
    if (volume.groupId !== null) {
      throw new CloudError('conflict', 'The volume is one of a group.', { field: 'volumeId' })
    }
    const authKey = hex(kernel.random.bytes(keyBytes))
    const salt = hex(kernel.random.bytes(keyBytes))
    const transfer = {
      id: kernel.ids.next(),
      projectId: volume.projectId,
      ...input,
      salt,
      keyHash: hashOf(kernel, salt, authKey),
      createdAt: kernel.clock.now(),
    }
    const order = { transferId: transfer.id }
    const writes = new Writes()
      .insert(transferKind, transfer)
      .update(volumeKind, beginVolume(call, volume, 'transfer', order, 'volumeId'))
    const answer = { ...viewTransfer({ ...transfer, rev: 1 }), authKey }
    await call.commit(writes, [transfer.id, volume.id], answer)
    return answer
  },
})

export const transferGet = defineOperation({
  id: 'block.transfer.get',
  summary: 'Shows an offer of the project.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<TransferView> =>
    viewTransfer(await fetchOne(call, transferKind, id)),
})

export const transferList = defineOperation({
  id: 'block.transfer.list',
  summary: 'Lists the offers of the project, by id.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ ...pageFields, name: volumeNameField.optional() }),
  run: async (call, input): Promise<TransferView[]> => {
    const { projectId, system } = call.actor
    const query = system ? {} : { index: 'byProject', equals: [projectId] }
    const { name } = input
    const keep = name === undefined ? undefined : (row: VolumeTransfer) => row.name === name
    const rows = await listPage(call, transferKind, query, input, keep)
    return rows.map(viewTransfer)
  },
})

export const transferDelete = defineOperation({
  id: 'block.transfer.delete',
  summary: 'Takes an offer back: the volume is available again.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<null> => {
    const transfer = await fetchOne(call, transferKind, id)
    const [volume] = await getAll(call.kernel, volumeKind, [transfer.volumeId])
    const writes = new Writes().remove(transferKind, transfer)
    if (volume?.order?.transferId === id) writes.update(volumeKind, released(call, volume))
    await call.commit(writes, [id, transfer.volumeId], null)
    return null
  },
})

/** What taking an offer answers. */
export interface TransferAccepted {
  readonly id: string
  readonly name: string
  readonly volumeId: string
}

/**
 * @throws CloudError `notFound` alike for no such offer and another key; `quotaExceeded` of the
 *   project that takes it.
 */
export const transferAccept = defineOperation({
  id: 'block.transfer.accept',
  summary: 'Takes an offered volume into the own project, with its quota, in one decision.',
  policy: member,
  mutates: true,
  secrets: ['authKey'],
  input: z.strictObject({ id: idField, authKey: z.string().min(1).max(limits.nameLength) }),
  run: async (call, { id, authKey }): Promise<TransferAccepted> => {
    const { kernel, projectId } = call
    const [transfer] = await kernel.store.get(transferKind, [id])
    if (!transfer || !isSame(hashOf(kernel, transfer.salt, authKey), transfer.keyHash)) {
      throw notFound('volume transfer', 'id')
    }
    const [[volume], snapshots] = await Promise.all([
      getAll(kernel, volumeKind, [transfer.volumeId]),
      transfer.withSnapshots ? readSnapshots(kernel, transfer) : [],
    ])
    if (volume?.order?.transferId !== id) throw notFound('volume transfer', 'id')
    const gb = snapshots.reduce((sum, { sizeGb }) => sum + sizeGb, volume.sizeGb)
    if (volume.projectId !== projectId) {
      const usage = { volumes: 1, snapshots: snapshots.length, gigabytes: gb }
      await checkBlockQuota(kernel, projectId, usage)
    }
    const writes = new Writes().remove(transferKind, transfer)
    const after = { ...released(call, volume), projectId, userId: call.actor.userId }
    handOver(kernel, writes, volumeKind, volume, after)
    recharge(writes, volumeCharges(volume), volumeCharges(after))
    for (const snapshot of snapshots) {
      const moved = { ...snapshot, projectId }
      handOver(kernel, writes, snapshotKind, snapshot, moved)
      recharge(writes, snapshotCharges(snapshot), snapshotCharges(moved))
    }
    const answer = { id, name: transfer.name, volumeId: volume.id }
    await call.commit(writes, [id, volume.id], answer)
    return answer
  },
})

/** Both are hashes of one length: how long this takes tells nothing. */
function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at)
  return difference === 0
}

/** @throws CloudError `conflict` for more than one commit takes, or one that is not at rest. */
async function readSnapshots(kernel: Kernel, { volumeId }: VolumeTransfer): Promise<Snapshot[]> {
  const query = { index: 'byVolume', equals: [volumeId], limit: limits.pageRows } as const
  const rows = await kernel.store.query(snapshotKind, query)
  if (rows.length < limits.pageRows && rows.every(({ status }) => status === 'available')) {
    return rows
  }
  throw new CloudError('conflict', 'Snapshots of the volume are not all available.', {
    field: 'id',
    limit: limits.pageRows,
  })
}

/** The volume as it was before it was offered. */
function released(call: Call, volume: Volume): Volume {
  const at = call.kernel.clock.now()
  const status =
    statusOf(volume) === 'awaiting-transfer' ? restStatus(volume.attachments) : volume.status
  return { ...volume, status, order: isAtRest(status) ? null : volume.order, updatedAt: at }
}

/** Writes a row with another owner; what the one before has used of it is counted to him. */
function handOver<T extends Stored & { readonly projectId: string }>(
  kernel: Kernel,
  writes: Writes,
  kind: Kind<T>,
  before: T,
  after: T,
): void {
  const period = closedPeriod(kind, before, Math.floor(kernel.clock.now()))
  if (period) writes.insert(usagePeriodKind, period)
  const { metered: _, ...rest } = after
  writes.update(kind, rest as T)
}
