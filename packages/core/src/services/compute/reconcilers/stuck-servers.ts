import { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import { beginsTask } from '../../../model/compute/server-state.ts'
import { type Server, serverKind } from '../../../model/compute/server.ts'
import type { Reconciler } from '../../../work/reconciler.ts'
import { Rounds } from '../../rounds.ts'
import { planConvergence } from '../converge-plan.ts'

/**
 * Gives new work to servers whose task is far past its deadline: whatever became of the first work
 * row, no server stays between two states. Converging twice is harmless.
 */
export function stuckServers(kernel: Kernel): Reconciler {
  const rounds = new Rounds(kernel, serverKind)
  return {
    name: 'stuck-servers',
    run: async () => {
      const at = kernel.clock.now()
      const longest = 2 * kernel.settings.buildDeadlineMs
      const servers = (await rounds.next()).filter(
        // Also what is said to be changed far ahead: a clock was wrong that dated it.
        (server) => server.task !== null && Math.abs(at - server.updatedAt) > longest,
      )
      if (servers.length === 0) return
      // As of now they are attended to: the next round leaves them to this work.
      const attended = servers.map((server) => ({ ...server, updatedAt: at }))
      const writes = new Writes().update(serverKind, ...attended)
      // In the name of the request that began the task: the work may then end it as well.
      for (const [requestId, ids] of byRequest(kernel, servers)) {
        planConvergence({ kernel, requestId }, writes, ids)
      }
      await kernel.committer.commit(writes)
      kernel.telemetry.meter.count('servers_unstuck', servers.length)
    },
  }
}

/** Ids of servers by the request that began their task. */
function byRequest(kernel: Kernel, servers: readonly Server[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>()
  const unknown = `req-${kernel.ids.next()}`
  for (const { id, actions } of servers) {
    const begun = actions.findLast(({ action }) => beginsTask(action))
    const requestId = begun?.requestId ?? unknown
    const group = groups.get(requestId)
    if (group) group.push(id)
    else groups.set(requestId, [id])
  }
  return groups
}
