import { type Server, serverKind } from '@nephos/core'
import type { Check, Scene, Watch } from '../check.ts'
import { visit } from './rows.ts'

/** Ids that are drawn, not chosen: nothing else ever has the same. */
const drawnId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Consumers are named by those who take for them, and may take again after they took nothing. */
const named: ReadonlySet<string> = new Set(['consumer'])

/** Orders are late by minutes at most: hosts are watched for so long after a server has gone. */
const watchMs = 15 * 60_000

interface Gone {
  readonly id: string
  readonly hostIds: readonly string[]
  readonly at: number
}

/** What was deleted comes back neither in the store nor on a host. */
export const neverAgain: Check = {
  invariant: 15,
  title: 'Nothing deleted comes back.',
  watch: (scene) => {
    const removed = new Set<string>()
    let gone: Gone[] = []
    return {
      commit: (commit) => {
        for (const { kind, writes } of commit.batch.kinds) {
          for (const row of writes.insert ?? []) {
            const { id } = row as { id: string }
            if (removed.has(`${kind.name}:${id}`)) {
              scene.report(`${kind.name}:${id}`, 'was removed, and is made again')
            }
          }
          if (named.has(kind.name)) continue
          for (const { id } of writes.remove ?? []) {
            if (drawnId.test(id)) removed.add(`${kind.name}:${id}`)
          }
        }
        visit(commit, serverKind, {
          remove: ({ id }) => {
            const was = scene.before(serverKind.name, id) as Server | undefined
            if (!was) return
            const other = was.resize ? [was.resize.hostId] : []
            const hostIds = [...new Set([was.hostId, ...was.failedHostIds, ...other])]
            gone.push({ id, hostIds, at: commit.at })
          },
        })
      },
      guests: () => {
        if (gone.length > 0) gone = stillGone(scene, gone)
      },
    } satisfies Watch
  },
}

/** Tells of those that are back; the others are watched on, for a while. */
function stillGone({ report, world }: Scene, gone: readonly Gone[]): Gone[] {
  return gone.filter(({ id, hostIds, at }) => {
    if (world.now - at > watchMs) return false
    const back = hostIds.find((hostId) => world.hosts.guest(id, hostId) !== undefined)
    if (back === undefined) return true
    report(`server:${id}`, `was deleted, and is on ${back} again`)
    return false
  })
}
