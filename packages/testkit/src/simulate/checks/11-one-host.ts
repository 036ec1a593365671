import type { Check, Watch } from '../check.ts'

/** A guest executes on one host at a time, also while it moves. */
export const oneHost: Check = {
  invariant: 11,
  title: 'A guest runs on at most one host.',
  watch: ({ world, report }) => {
    /** Those that were told already and go on. */
    let known: ReadonlySet<string> = new Set()
    return {
      guests: () => {
        const doubled = world.hosts.runningTwice()
        if (doubled.length === 0 && known.size === 0) return
        for (const { serverId, hostIds } of doubled) {
          if (!known.has(serverId)) report(`server:${serverId}`, `runs on ${hostIds.join(' and ')}`)
        }
        known = new Set(doubled.map(({ serverId }) => serverId))
      },
    } satisfies Watch
  },
}
