import {
  attachmentKind,
  backupKind,
  imageKind,
  portKind,
  type Server,
  serverKind,
  shareAccessKind,
  shareKind,
  shareSnapshotKind,
  snapshotKind,
  stackKind,
  volumeKind,
} from '@nephos/core'
import type { Commit } from '../../world/store-server.ts'
import type { Check, Scene, Watch } from '../check.ts'
import { membersOf } from './plain.ts'
import { rowsOf, visit } from './rows.ts'

/** Of an image's copy in one store, the image stays. */
const deletes = /(?<!^image\.store)\.(?:delete|forceDelete)$/

/** A deletion that was accepted is completed; nothing new is made under its mark. */
export const deletion: Check = {
  invariant: 14,
  title: 'A deletion completes, and nothing new is made of what is being deleted.',
  watch: (scene) => {
    /** Ids that are there now. */
    const live = new Set<string>()
    return {
      commit: (commit) => {
        for (const { writes } of commit.batch.kinds) {
          for (const { id } of writes.remove ?? []) live.delete(id)
          for (const row of writes.insert ?? []) live.add((row as { id: string }).id)
        }
        checkMarks(scene, commit)
      },
      rest: () => checkRest(scene, live),
    } satisfies Watch
  },
}

function checkMarks({ before, report }: Scene, commit: Commit): void {
  const isMarked = (id: string | null): boolean =>
    id !== null && (before(serverKind.name, id) as Server | undefined)?.task === 'deleting'
  visit(commit, portKind, {
    insert: ({ id, deviceId }) => {
      if (isMarked(deviceId))
        report(`port:${id}`, `is made for ${deviceId}, which is being deleted`)
    },
    update: ({ id, deviceId }) => {
      const was = before(portKind.name, id) as { deviceId?: string | null } | undefined
      if (!isMarked(deviceId) || was?.deviceId === deviceId) return
      report(`port:${id}`, `is given to ${deviceId}, which is being deleted`)
    },
  })
  visit(commit, serverKind, {
    update: ({ id, task, vmState, desired }) => {
      if (!isMarked(id) || task === 'deleting') return
      // Given up after its deadline: visible, and to be asked for again.
      if (task === null && vmState === 'error' && desired.power === 'absent') return
      report(`server:${id}`, `was being deleted, and is ${task ?? vmState}`)
    },
  })
}

async function checkRest(
  { history, report, world }: Scene,
  live: ReadonlySet<string>,
): Promise<void> {
  const gaveUp = new Set<string>()
  for (const { id, task, vmState, desired } of await rowsOf(world, serverKind)) {
    if (task === 'deleting') report(`server:${id}`, 'is being deleted for ever')
    if (vmState === 'error' && desired.power === 'absent') gaveUp.add(id)
  }
  for (const { id, status } of await rowsOf(world, imageKind)) {
    if (status === 'pending_delete') report(`image:${id}`, 'is being deleted for ever')
  }
  for (const { id, action, status } of await rowsOf(world, stackKind)) {
    if (action !== 'DELETE') continue
    // Given up, visibly: what it has made may be used by others.
    if (status === 'FAILED') gaveUp.add(id)
    else report(`stack:${id}`, 'is being deleted for ever')
  }
  for (const id of await sharesGivenUp(world)) gaveUp.add(id)
  for (const id of await volumesGivenUp(world)) gaveUp.add(id)
  for (const { operation, end, input } of history) {
    if (end !== 'ok' || !deletes.test(operation)) continue
    const { id, ids } = membersOf(input)
    for (const one of Array.isArray(ids) ? (ids as unknown[]) : [id]) {
      if (typeof one !== 'string' || !live.has(one) || gaveUp.has(one)) continue
      report(`row:${one}`, `${operation} was accepted, and it is there still`)
    }
  }
}

/** What of shares could not be deleted by its deadline: visible, and to be asked for again. */
async function sharesGivenUp(world: Scene['world']): Promise<readonly string[]> {
  const [shares, snapshots, rules] = await Promise.all([
    rowsOf(world, shareKind),
    rowsOf(world, shareSnapshotKind),
    rowsOf(world, shareAccessKind),
  ])
  return [
    ...shares.filter(({ status }) => status === 'error_deleting'),
    ...snapshots.filter(({ status }) => status === 'error_deleting'),
    ...rules.filter(({ state }) => state === 'error'),
  ].map(({ id }) => id)
}

/** The same of volumes: a message says why, too. */
async function volumesGivenUp(world: Scene['world']): Promise<readonly string[]> {
  const [volumes, snapshots, backups, attachments] = await Promise.all([
    rowsOf(world, volumeKind),
    rowsOf(world, snapshotKind),
    rowsOf(world, backupKind),
    rowsOf(world, attachmentKind),
  ])
  return [
    ...volumes.filter(({ status }) => status === 'error_deleting'),
    ...snapshots.filter(({ status }) => status === 'error_deleting'),
    ...backups.filter(({ status }) => status === 'error_deleting'),
    ...attachments.filter(({ status }) => status === 'error_detaching'),
  ].map(({ id }) => id)
}
