import { type Draft, type Server, serverKind } from '@nephos/core'
import type { Check, Scene, Watch } from '../check.ts'
import { visit } from './rows.ts'

/**
 * A guest holds what its user has put there, so none is destroyed while its server stays: that it
 * is made again later, and all is at rest, gives nothing of it back.
 */
export const guestsKept: Check = {
  invariant: 6,
  title: 'No guest of a server that stays is destroyed.',
  watch: (scene) => {
    const { hosts } = scene.world
    /** Hosts of servers at rest: on each of them there is a guest. */
    const homes = new Map<string, readonly string[]>()
    /** Servers in error: an operator may say that one is well, and it never had a guest. */
    const doubtful = new Set<string>()
    let destroyed = 0
    const note = (server: Draft<Server>): void => {
      let kept = homesOf(server)
      if (server.vmState === 'error') doubtful.add(server.id)
      else if (doubtful.has(server.id))
        kept = kept.filter((hostId) => hosts.guest(server.id, hostId))
      if (kept.length > 0) doubtful.delete(server.id)
      if (kept.length > 0) homes.set(server.id, kept)
      else homes.delete(server.id)
    }
    return {
      commit: (commit) => {
        visit(commit, serverKind, {
          insert: note,
          update: note,
          remove: ({ id }) => {
            homes.delete(id)
            doubtful.delete(id)
          },
        })
      },
      guests: () => {
        const { destroyed: now } = hosts.stats
        if (now === destroyed) return
        destroyed = now
        checkHomes(scene, homes)
      },
    } satisfies Watch
  },
}

/** Where a server at rest has guests; nowhere for one that changes, or whose state is unknown. */
function homesOf({ task, vmState, hostId, resize }: Draft<Server>): readonly string[] {
  if (task !== null || vmState === 'error') return []
  return resize ? [hostId, resize.hostId] : [hostId]
}

function checkHomes({ report, world }: Scene, homes: Map<string, readonly string[]>): void {
  for (const [id, hostIds] of homes) {
    const bare = hostIds.find((hostId) => world.hosts.guest(id, hostId) === undefined)
    if (bare === undefined) continue
    report(`server:${id}`, `stays, but its guest on ${bare} was destroyed`)
    homes.delete(id)
  }
}
