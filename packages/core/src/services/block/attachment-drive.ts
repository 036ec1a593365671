import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Attachment, attachmentKind } from '../../model/block/attachment.ts'
import { type Volume, volumeKind } from '../../model/block/volume.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { ConnectionTarget } from '../../ports/volume-driver.ts'
import { getAll } from '../fetch.ts'
import { type AttachmentChange, writeAttachments } from './attachment-plan.ts'
import { type Drive, type DriveEnd, planDrive } from './drive.ts'
import { planMessage } from './messages.ts'
import { hasAny, readSpeeds } from './speed.ts'

/** Connects volumes to servers that are there already, and disconnects them. */
export const attachmentDrive: Drive<Attachment> = {
  name: 'attachment.apply',
  kind: attachmentKind,
  // From outside: connected, it waits for its user to say so.
  isUnderWay: ({ status, serverId, connection }) =>
    status === 'detaching' ||
    (status === 'attaching' && (serverId !== null || connection === null)),
  targets: connectionTargets,
  settle: settleAttachments,
}

/** What an attachment orders. Of a server's the server says where. */
export function connectionTarget(
  attachment: Attachment,
  volume: Pick<Volume, 'multiattach'> & { readonly limits: Readonly<Record<string, string>> },
  server: Pick<Server, 'id' | 'hostId' | 'generation' | 'desired'> | undefined,
): ConnectionTarget {
  const { id, volumeId, connector, mode } = attachment
  const isGoing = attachment.status === 'detaching' || server?.desired.power === 'absent'
  return {
    type: 'connection',
    id,
    volumeId,
    generation: Math.max(attachment.generation, server?.generation ?? 0),
    present: !isGoing,
    host: server?.hostId ?? connector?.['host'] ?? '',
    serverId: attachment.serverId,
    readOnly: mode === 'ro',
    shared: volume.multiattach,
    connector,
    ...(hasAny(volume.limits) && { limits: volume.limits }),
  }
}

async function connectionTargets(
  kernel: Kernel,
  rows: readonly Attachment[],
): Promise<(ConnectionTarget | undefined)[]> {
  const [volumes, servers] = await Promise.all([
    kernel.store.get(
      volumeKind,
      rows.map(({ volumeId }) => volumeId),
    ),
    serversOf(kernel, rows),
  ])
  const types = volumes.map((volume) => volume?.typeId ?? null)
  const speedOf = await readSpeeds(kernel, types)
  return rows.map((row, index) => {
    const read = volumes[index]
    const server = row.serverId === null ? undefined : servers.get(row.serverId)
    if (!read) return undefined
    const volume = { ...read, limits: speedOf(read.typeId).host }
    if (row.status === 'detaching') return connectionTarget(row, volume, undefined)
    if (row.serverId !== null && !server) return undefined
    return connectionTarget(row, volume, server)
  })
}

async function serversOf(
  kernel: Kernel,
  rows: readonly Attachment[],
): Promise<ReadonlyMap<string, Server>> {
  const ids = [
    ...new Set(
      rows.flatMap(({ status, serverId }) => (status === 'attaching' ? (serverId ?? []) : [])),
    ),
  ]
  if (ids.length === 0) return new Map()
  const servers = await kernel.store.get(serverKind, ids)
  return new Map(servers.flatMap((server) => (server ? [[server.id, server] as const] : [])))
}

async function settleAttachments(
  kernel: Kernel,
  writes: Writes,
  ends: readonly DriveEnd<Attachment>[],
  requestId: string,
): Promise<void> {
  const at = kernel.clock.now()
  const changes: AttachmentChange[] = []
  const givenUp: Attachment[] = []
  for (const { row, report, failure } of ends) {
    if (failure !== undefined) {
      planMessage(kernel, writes, {
        projectId: row.projectId,
        resourceType: 'attachment',
        resourceId: row.id,
        requestId,
        event: row.status,
        text: failure,
      })
    }
    if (row.status === 'detaching') {
      const after = failure === undefined ? null : { ...row, status: 'error_detaching' as const }
      changes.push({ before: row, after: after && { ...after, updatedAt: at } })
    } else if (failure === undefined) {
      const connection = report?.connection ?? null
      const status = row.serverId === null ? 'attaching' : 'attached'
      changes.push({ before: row, after: { ...row, status, connection, updatedAt: at } })
    } else if (row.serverId === null) {
      changes.push({ before: row, after: { ...row, status: 'error_attaching', updatedAt: at } })
    } else {
      givenUp.push(row)
    }
  }
  changes.push(...(await takeBack(kernel, writes, givenUp, requestId)))
  await writeAttachments(kernel, writes, changes)
}

/** What could not be attached is detached, so that its volume is free again. */
async function takeBack(
  kernel: Kernel,
  writes: Writes,
  rows: readonly Attachment[],
  requestId: string,
): Promise<AttachmentChange[]> {
  const changes = await planDetach(kernel, writes, rows)
  const after = changes.flatMap((change) => change.after ?? [])
  planDetachWork({ kernel, requestId }, writes, after)
  return changes
}

/** Plans the work that disconnects; it names the servers, whose generations have changed. */
export function planDetachWork(
  call: { readonly kernel: Kernel; readonly requestId: string },
  writes: Writes,
  rows: readonly Attachment[],
): void {
  planDrive(
    call,
    writes,
    attachmentDrive,
    rows,
    rows.flatMap(({ serverId }) => serverId ?? []),
  )
}

/**
 * Takes attachments from their servers, which makes later orders of theirs leave them alone: two
 * reads, whatever their number.
 *
 * @returns how the attachments become; work to disconnect them is the caller's to plan.
 * @throws CommitConflict if a server cannot be read: look again.
 */
export async function planDetach(
  kernel: Kernel,
  writes: Writes,
  rows: readonly Attachment[],
): Promise<AttachmentChange[]> {
  const at = kernel.clock.now()
  // One whose detaching failed was taken from its server then.
  const held = rows.filter(({ status }) => status !== 'error_detaching')
  const ids = new Set(held.flatMap(({ serverId }) => serverId ?? []))
  const servers = new Map<string, Server>()
  for (const server of await getAll(kernel, serverKind, [...ids])) servers.set(server.id, server)
  for (const server of servers.values()) {
    const own = new Set(rows.filter((row) => row.serverId === server.id).map(({ id }) => id))
    const attachmentIds = (server.attachmentIds ?? []).filter((id) => !own.has(id))
    writes.update(serverKind, { ...server, attachmentIds, generation: server.generation + 1 })
  }
  return rows.map((before) => {
    const server = before.serverId === null ? undefined : servers.get(before.serverId)
    const generation = Math.max(before.generation, server?.generation ?? 0) + 1
    return { before, after: { ...before, status: 'detaching', generation, updatedAt: at } }
  })
}
