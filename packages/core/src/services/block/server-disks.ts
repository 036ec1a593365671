import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Attachment, attachmentKind } from '../../model/block/attachment.ts'
import { volumeActionAllowed } from '../../model/block/volume-state.ts'
import { type Volume, volumeKind } from '../../model/block/volume.ts'
import type { Server } from '../../model/compute/server.ts'
import { getAll } from '../fetch.ts'
import { type AttachmentChange, withAttachments, writeAttachments } from './attachment-plan.ts'
import { planDrive } from './drive.ts'
import { beginVolume, volumeDependents, writeDeletion } from './volume-begin.ts'
import { readSpeeds } from './speed.ts'
import { volumeDrive } from './volume-drive.ts'

/** A volume that a server has, and how it has it. */
export interface Disk {
  readonly attachment: Attachment
  readonly volume: Volume
  /** Limits of speed that the server's host keeps. */
  readonly limits: Readonly<Record<string, string>>
}

/**
 * The disks of servers, by server, those of each in order. Four reads, or none when no server has
 * any. A server of which not all can be read is not among them: what it says and what was read are
 * of different times.
 */
export async function loadDisks(
  kernel: Kernel,
  servers: readonly Pick<Server, 'id' | 'attachmentIds'>[],
): Promise<ReadonlyMap<string, readonly Disk[]>> {
  const ids = servers.flatMap(({ attachmentIds = [] }) => attachmentIds)
  const attachments = new Map<string, Attachment>()
  const volumes = new Map<string, Volume>()
  if (ids.length > 0) {
    for (const one of await kernel.store.get(attachmentKind, ids)) {
      if (one) attachments.set(one.id, one)
    }
    const volumeIds = [...new Set([...attachments.values()].map(({ volumeId }) => volumeId))]
    for (const one of await kernel.store.get(volumeKind, volumeIds)) {
      if (one) volumes.set(one.id, one)
    }
  }
  const types = [...volumes.values()].map(({ typeId }) => typeId)
  const speedOf = await readSpeeds(kernel, types)
  const disks = new Map<string, readonly Disk[]>()
  for (const { id, attachmentIds = [] } of servers) {
    const own = attachmentIds.flatMap((attachmentId): Disk[] => {
      const attachment = attachments.get(attachmentId)
      const volume = attachment && volumes.get(attachment.volumeId)
      if (!attachment || !volume) return []
      return [{ attachment, volume, limits: speedOf(volume.typeId).host }]
    })
    if (own.length === attachmentIds.length) disks.set(id, own)
  }
  return disks
}

/** Writes that disks are in use: their servers run. */
export async function markAttached(
  kernel: Kernel,
  writes: Writes,
  disks: readonly Disk[],
): Promise<void> {
  const at = kernel.clock.now()
  const changes = disks.flatMap(({ attachment: before }): AttachmentChange[] => {
    if (before.status !== 'reserved' && before.status !== 'attaching') return []
    return [{ before, after: { ...before, status: 'attached', updatedAt: at } }]
  })
  await writeAttachments(kernel, writes, changes)
}

/**
 * Writes that servers are gone, and their volumes free, or gone with them. Whatever is under way on
 * a volume that goes is overtaken; one that something depends on stays. Three reads, or none.
 *
 * @throws CommitConflict if something cannot be read: look again.
 */
export async function releaseDisks(
  kernel: Kernel,
  writes: Writes,
  servers: readonly Pick<Server, 'attachmentIds' | 'actions'>[],
): Promise<void> {
  const ids = servers.flatMap(({ attachmentIds = [] }) => attachmentIds)
  if (ids.length === 0) return
  const attachments = await getAll(kernel, attachmentKind, ids)
  const volumeIds = [...new Set(attachments.map(({ volumeId }) => volumeId))]
  const volumes = await getAll(kernel, volumeKind, volumeIds)
  const going = new Set<string>()
  for (const one of attachments) if (one.deleteOnTermination) going.add(one.volumeId)
  const used = await volumeDependents(
    kernel,
    volumes.filter(({ id }) => going.has(id)),
  )
  const at = kernel.clock.now()
  const deleted: Volume[] = []
  const left = new Map<string, { id: string; status: null }[]>()
  for (const { id, volumeId } of attachments) {
    left.set(volumeId, [...(left.get(volumeId) ?? []), { id, status: null }])
  }
  writes.remove(attachmentKind, ...attachments)
  for (const before of volumes) {
    const free = withAttachments(before, left.get(before.id) ?? [], at)
    const isGoing = going.has(before.id) && free.attachments.length === 0
    if (!isGoing || (used.get(before.id) ?? 0) > 0) {
      writes.update(volumeKind, free)
      continue
    }
    const after = volumeActionAllowed('delete', free.status)
      ? beginVolume({ kernel }, free, 'delete', null)
      : { ...free, status: 'deleting' as const, order: null, generation: free.generation + 1 }
    writeDeletion(writes, before, after)
    deleted.push(after)
  }
  // In the name of the request that deleted the servers, or one of them.
  const requestId = servers.at(0)?.actions.at(-1)?.requestId ?? `req-${kernel.ids.next()}`
  planDrive({ kernel, requestId }, writes, volumeDrive, deleted)
}
