import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { resetAction } from '../../model/compute/server-state.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import type { Call } from '../call.ts'
import { fetchOwned } from '../fetch.ts'
import { idsField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { endMigrations, withoutMigration } from './migration-record.ts'
import type { ActionAnswer } from './server-actions.ts'

/**
 * Says that servers are in a state, whatever is under way on them: that is given up. What their
 * hosts run is compared with it afterwards, and mended.
 *
 * @throws CloudError `conflict` for one that was never built, is open between two hosts, or is to
 *   be deleted: nobody can say that it is anything else.
 */
export const serverResetState = defineOperation({
  id: 'compute.server.resetState',
  summary: 'Sets the state of servers, when nothing else helps.',
  policy: { scope: 'system', role: 'admin' },
  input: z.strictObject({ ids: idsField, state: z.enum(['active', 'error']) }),
  mutates: true,
  run: async (call: Call, { ids, state }): Promise<ActionAnswer> => {
    const servers = await fetchOwned(call, serverKind, ids, 'ids')
    const rows = servers.map((server) => reset(call, server, state))
    const answer = { count: rows.length }
    const writes = new Writes()
    writes.update(
      serverKind,
      ...rows.map((row, index) => withoutMigration(servers[index] as Server, row)),
    )
    await endMigrations(
      call.kernel,
      writes,
      servers.map((before, index) => ({ before, after: rows[index] })),
    )
    await call.commit(writes, ids, answer)
    return answer
  },
})

function reset(call: Call, server: Server, state: 'active' | 'error'): Server {
  const { id, vmState, task, desired, resize } = server
  if (vmState === 'building' || resize || desired.power === 'absent') {
    throw new CloudError('conflict', 'The state of this server cannot be set.', {
      field: 'ids',
      detail: { id, vmState, task },
    })
  }
  const at = call.kernel.clock.now()
  const { requestId, actor } = call
  const entry = { action: resetAction, requestId, userId: actor.userId, at, endedAt: at }
  const { rescueImageId: _, ...plain } = desired
  return {
    ...server,
    vmState: state,
    task: null,
    desired: state === 'active' ? { ...plain, power: 'running' } : desired,
    // What is on its way to a host is older.
    generation: server.generation + 1,
    fault: state === 'active' ? null : (server.fault ?? { message: 'Set by an operator.', at }),
    actions: [...server.actions, entry].slice(-limits.serverActions),
    updatedAt: at,
  }
}
