import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { type Server, serverKind } from '../../model/compute/server.ts'
import { serverBatchKind } from '../../model/compute/server-batch.ts'
import type { Call } from '../call.ts'
import { fetchOne, fetchOwned } from '../fetch.ts'
import { idField, idsField } from '../fields.ts'
import { defineOperation, type Operation } from '../operation.ts'
import { type ActionAnswer, beginAction, commitActions } from './server-actions.ts'

const deleteInput = z.union([
  z.strictObject({ ids: idsField }),
  /** Every server of a batch that is not being deleted yet. */
  z.strictObject({ batchId: idField }),
])
type DeleteInput = z.infer<typeof deleteInput>

async function chosen(call: Call, input: DeleteInput): Promise<Server[]> {
  if ('ids' in input) return fetchOwned(call, serverKind, input.ids, 'ids')
  const batch = await fetchOne(call, serverBatchKind, input.batchId, 'batchId')
  const servers = await call.kernel.store.query(serverKind, {
    index: 'byBatch',
    equals: [batch.id],
    limit: limits.batchServers,
  })
  return servers.filter((server) => server.task !== 'deleting')
}

function deletion(
  verb: string,
  action: 'delete' | 'forceDelete',
  summary: string,
  policy: Operation['policy'],
): Operation<DeleteInput, ActionAnswer, DeleteInput> {
  return defineOperation({
    id: `compute.server.${verb}`,
    summary,
    policy,
    input: deleteInput,
    mutates: true,
    run: async (call: Call, input: DeleteInput): Promise<ActionAnswer> => {
      const servers = await chosen(call, input)
      if (servers.length === 0) return { count: 0 }
      const rows = servers.map((server) =>
        beginAction(call, server, action, { desired: { power: 'absent' } }),
      )
      return commitActions(call, rows)
    },
  })
}

/** Deletes servers: up to 10,000 by id, or all of a batch, in one request. */
export const serverDelete = deletion('delete', 'delete', 'Deletes servers in one atomic request.', {
  scope: 'any',
  role: 'member',
})

/** Deletes servers whatever they are doing, also when an earlier deletion is stuck. */
export const serverForceDelete = deletion(
  'forceDelete',
  'forceDelete',
  'Deletes servers whatever is under way on them.',
  { scope: 'any', role: 'member' },
)
