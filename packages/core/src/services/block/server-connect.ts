import type { Kernel } from '../../kernel.ts'
import type { Server } from '../../model/compute/server.ts'
import { connectionTarget } from './attachment-drive.ts'
import type { Disk } from './server-disks.ts'

/** A server with its disks. */
interface ServerDisks {
  readonly server: Server
  readonly disks: readonly Disk[]
}

/** Whether the disks of a server are there to be connected; if they never will be, why. */
export function disksReady(
  server: Pick<Server, 'desired'>,
  disks: readonly Disk[],
): { readonly isReady: boolean; readonly failure?: string } {
  if (server.desired.power === 'absent') return { isReady: true }
  const lost = disks.find(({ volume }) => volume.status === 'error')
  if (lost) return { isReady: false, failure: `Its volume ${lost.volume.id} could not be made.` }
  return { isReady: disks.every(({ volume }) => volume.status !== 'creating') }
}

/**
 * Connects the disks of servers where these are now, or disconnects those of servers that go: one
 * call, whatever their number.
 *
 * @returns servers of which not every disk obeyed.
 */
export async function connectDisks(
  kernel: Kernel,
  servers: readonly ServerDisks[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const targets = servers.flatMap(({ server, disks }) =>
    disks.map(({ attachment, volume, limits }) =>
      connectionTarget(attachment, { ...volume, limits }, server),
    ),
  )
  const left = new Map(targets.map(({ id, present, serverId }) => [id, { present, serverId }]))
  if (targets.length === 0) return new Set()
  for (const report of await kernel.volumes.apply(targets, { signal })) {
    if (!report.fault && report.present === left.get(report.id)?.present) left.delete(report.id)
  }
  return new Set([...left.values()].flatMap(({ serverId }) => serverId ?? []))
}
