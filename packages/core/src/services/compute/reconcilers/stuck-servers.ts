import { Writes } from '../../../commit/writes.ts'
import type { Kernel } from '../../../kernel.ts'
import { serverKind } from '../../../model/compute/server.ts'
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
      const overdue = at - 2 * kernel.settings.buildDeadlineMs
      const servers = (await rounds.next()).filter(
        (server) => server.task !== null && server.updatedAt < overdue,
      )
      if (servers.length === 0) return
      // As of now they are attended to: the next round leaves them to this work.
      const attended = servers.map((server) => ({ ...server, updatedAt: at }))
      const writes = new Writes().update(serverKind, ...attended)
      const requestId = `req-${kernel.ids.next()}`
      planConvergence(
        { kernel, requestId },
        writes,
        servers.map((server) => server.id),
      )
      await kernel.committer.commit(writes)
      kernel.telemetry.meter.count('servers_unstuck', servers.length)
    },
  }
}
