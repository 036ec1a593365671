import {
  type Attachment,
  attachmentKind,
  backupKind,
  serverKind,
  snapshotKind,
  type Volume,
  volumeKind,
} from '@nephos/core'
import type { Check, Scene, Watch } from '../check.ts'
import { rowsOf, visit } from './rows.ts'

/** At rest back-ends hold what rows say, and nobody is connected to a volume who has it not. */
export const volumesAsWritten: Check = {
  invariant: 10,
  title: 'A volume has one attachment.',
  watch: (scene) => {
    const overruled = new Set<string>()
    return {
      commit: (commit) => {
        visit(commit, volumeKind, {
          update: ({ id, status }) => {
            const was = scene.before(volumeKind.name, id) as Volume | undefined
            if (was && lost.includes(was.status) && rests.includes(status)) overruled.add(id)
          },
        })
      },
      rest: async () => {
        const volumes = await rowsOf(scene.world, volumeKind)
        checkVolumes(scene, volumes, overruled)
        await checkSnapshots(scene)
        await checkConnections(scene)
        await checkBackups(scene)
      },
    } satisfies Watch
  },
}

/**
 * From here only an operator's word makes a volume what its uses say. That is taken as it is given:
 * whether the back-end has the volume is what they know, or do not.
 */
const lost: readonly Volume['status'][] = ['error', 'error_deleting']
const rests: readonly Volume['status'][] = ['available', 'reserved', 'attaching', 'in-use']

/** Statuses in which nobody knows what is there. */
const unsure: readonly Volume['status'][] = [
  'creating',
  'error',
  'error_deleting',
  'error_extending',
  'deleting',
]

function checkVolumes(
  { report, world }: Scene,
  volumes: readonly Volume[],
  overruled: ReadonlySet<string>,
): void {
  const { table } = world.volumes
  for (const { id, status, sizeGb } of volumes) {
    if (unsure.includes(status)) continue
    const held = table.volumes.get(id)
    if (!held && overruled.has(id)) continue
    if (!held) report(`volume:${id}`, `is ${status}, and its back-end has it not`)
    else if (held.sizeGb < sizeGb) report(`volume:${id}`, `has ${held.sizeGb} of ${sizeGb} GiB`)
  }
  const known = new Set(volumes.map(({ id }) => id))
  for (const id of table.volumes.keys()) {
    if (!known.has(id)) report(`volume:${id}`, 'is held by its back-end, and by no row')
  }
}

async function checkSnapshots({ report, world }: Scene): Promise<void> {
  const { table } = world.volumes
  const snapshots = await rowsOf(world, snapshotKind)
  for (const { id, status } of snapshots) {
    if (status !== 'available' || table.snapshots.has(id)) continue
    report(`snapshot:${id}`, 'is available, and its back-end has it not')
  }
  const known = new Set(snapshots.map(({ id }) => id))
  for (const id of table.snapshots.keys()) {
    if (!known.has(id)) report(`snapshot:${id}`, 'is held by its back-end, and by no row')
  }
}

async function checkBackups({ report, world }: Scene): Promise<void> {
  const { table } = world.volumes
  const backups = await rowsOf(world, backupKind)
  for (const { id, status } of backups) {
    if (status !== 'available' || table.backups.has(id)) continue
    report(`backup:${id}`, 'is available, and nobody has its bytes')
  }
  const known = new Set(backups.map(({ id }) => id))
  for (const id of table.backups.keys()) {
    if (!known.has(id)) report(`backup:${id}`, 'is held, and by no row')
  }
}

async function checkConnections({ report, world }: Scene): Promise<void> {
  const { table } = world.volumes
  const uses = new Map((await rowsOf(world, attachmentKind)).map((use) => [use.id, use]))
  const servers = new Map((await rowsOf(world, serverKind)).map((server) => [server.id, server]))
  for (const [id, { host, volumeId }] of table.connections) {
    const use = uses.get(id)
    if (!use) report(`attachment:${id}`, `of ${volumeId} is gone, and connected to ${host} still`)
  }
  for (const use of uses.values()) {
    if (use.status !== 'attached') continue
    const connection = table.connections.get(use.id)
    const server = use.serverId === null ? undefined : servers.get(use.serverId)
    // One that was declared is connected by somebody else.
    if (!connection && use.serverId === null && use.connection === null) continue
    // A deletion that was given up may have come as far as this, and is to be asked for again.
    if (!connection && server?.vmState === 'error' && server.desired.power === 'absent') continue
    if (!connection) report(subject(use), 'is attached, and not connected')
    else if (server?.vmState === 'active' && connection.host !== server.hostId) {
      report(subject(use), `is connected to ${connection.host}, not to ${server.hostId}`)
    }
  }
}

function subject({ id }: Attachment): string {
  return `attachment:${id}`
}
