import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Attachment, attachmentKind } from '../../model/block/attachment.ts'
import { isAtRest, restStatus } from '../../model/block/volume-state.ts'
import { unspoken, type Volume, volumeKind } from '../../model/block/volume.ts'
import type { Draft } from '../../model/kind.ts'
import { getAll } from '../fetch.ts'

/** An attachment as it was and as it becomes; null: it is gone. */
export interface AttachmentChange {
  readonly before: Attachment
  readonly after: Attachment | null
}

/** The volume with these attachments changed (a status), or without them (null). */
export function withAttachments(
  volume: Volume,
  changes: readonly { readonly id: string; readonly status: Attachment['status'] | null }[],
  at: number,
): Volume {
  const kept = new Map(volume.attachments.map(({ id, status }) => [id, status]))
  for (const { id, status } of changes) {
    if (status === null) kept.delete(id)
    else kept.set(id, status)
  }
  const attachments = [...kept].map(([id, status]) => ({ id, status }))
  const status = isAtRest(volume.status) ? restStatus(attachments) : volume.status
  return { ...unspoken(volume), attachments, status, updatedAt: at }
}

/**
 * Writes changes of attachments together with their volumes: one read, whatever their number.
 *
 * @throws CommitConflict if a volume cannot be read: look again.
 */
export async function writeAttachments(
  kernel: Kernel,
  writes: Writes,
  changes: readonly AttachmentChange[],
): Promise<void> {
  if (changes.length === 0) return
  const byVolume = new Map<string, { id: string; status: Attachment['status'] | null }[]>()
  for (const { before, after } of changes) {
    if (after) writes.update(attachmentKind, after)
    else writes.remove(attachmentKind, before)
    const list = byVolume.get(before.volumeId) ?? []
    byVolume.set(before.volumeId, list)
    list.push({ id: before.id, status: after?.status ?? null })
  }
  const at = kernel.clock.now()
  const volumes = await getAll(kernel, volumeKind, [...byVolume.keys()])
  const changed = volumes.map((volume) => {
    return withAttachments(volume, byVolume.get(volume.id) ?? [], at)
  })
  writes.update(volumeKind, ...changed)
}

/** What a new attachment has that is not said otherwise. */
export function newAttachment(
  fields: Pick<Attachment, 'id' | 'projectId' | 'volumeId' | 'serverId' | 'status'> &
    Partial<Draft<Attachment>>,
  at: number,
): Draft<Attachment> {
  return {
    mode: 'rw',
    device: null,
    boot: false,
    deleteOnTermination: false,
    connector: null,
    connection: null,
    generation: 1,
    createdAt: at,
    updatedAt: at,
    ...fields,
  }
}
