import { limits } from '../../../base/limits.ts'
import { CommitConflict } from '../../../commit/committer.ts'
import { Writes } from '../../../commit/writes.ts'
import { stackResourceScope } from '../../../model/stack/resource.ts'
import {
  type Stack,
  stackDefinitionKind,
  stackEventKind,
  stackKind,
  stackSnapshotKind,
  stackTopic,
} from '../../../model/stack/stack.ts'
import type { Outcome } from '../../../work/program.ts'
import { getAll } from '../../fetch.ts'
import { requireAtMost } from '../../network/counters.ts'
import { chargeQuota } from '../../quota.ts'
import { builtInType } from '../resources/registry.ts'
import type { Board } from './board.ts'

/** What is under way is given up: its rows tell, and the next action clears up after them. */
export async function stop(board: Board, reason: string): Promise<void> {
  const at = board.kernel.clock.now()
  const busy = board.rows.filter(({ status }) => status === 'IN_PROGRESS')
  for (const name of new Set(busy.map(({ implementation }) => implementation))) {
    const rows = busy.filter(({ implementation }) => implementation === name)
    const writes = await builtInType(name)?.giveUp?.(board.kernel, rows, reason)
    if (writes && !writes.empty) await board.commitOther(writes)
  }
  await board.commit({
    update: busy.map((row) => ({
      ...row,
      status: 'FAILED',
      generation: board.stack.generation,
      reason,
      updatedAt: at,
    })),
  })
}

/** The action has failed. What was asked to be undone then is undone: that is an action too. */
export async function fail(board: Board, reason: string): Promise<Outcome | 'moved'> {
  const { stack } = board
  await stop(board, reason)
  const isUndone =
    stack.rollback && !stack.cancelled && (stack.action === 'CREATE' || stack.action === 'UPDATE')
  if (isUndone) {
    await board.changeStack({
      action: 'ROLLBACK',
      status: 'IN_PROGRESS',
      reason,
      generation: stack.generation + 1,
      deadline: board.kernel.clock.now() + stack.timeoutMs,
    })
    return 'moved'
  }
  const writes = new Writes()
  board.planStack(writes, { status: 'FAILED', reason, cancelled: false })
  await forgetEvents(board)
  return { type: 'next', writes }
}

/** The action is complete. */
export async function finish(board: Board): Promise<Outcome> {
  const { stack } = board
  if (stack.action === 'DELETE') return removeStack(board)
  const writes = new Writes()
  const { definitionId, completeId } = settledIds(stack)
  await forgetDefinitions(board, writes, [definitionId, completeId])
  const fields = { status: 'COMPLETE', reason: '', cancelled: false } as const
  board.planStack(writes, { ...fields, definitionId, completeId })
  await forgetEvents(board)
  return { type: 'next', writes }
}

/** Which definitions count from now on. */
function settledIds(stack: Stack): Pick<Stack, 'definitionId' | 'completeId'> {
  const { action, definitionId, completeId } = stack
  if (['CREATE', 'ADOPT', 'UPDATE', 'RESTORE'].includes(action))
    return { definitionId, completeId: definitionId }
  if (action === 'ROLLBACK') return { definitionId: completeId ?? definitionId, completeId }
  return { definitionId, completeId }
}

async function forgetDefinitions(
  board: Board,
  writes: Writes,
  kept: readonly (string | null)[],
): Promise<void> {
  const { definitionId, completeId } = board.stack
  const old = [...new Set([definitionId, completeId])].filter(
    (id): id is string => id !== null && !kept.includes(id),
  )
  writes.remove(stackDefinitionKind, ...(await getAll(board.kernel, stackDefinitionKind, old)))
}

/** The oldest events go when there are more than are kept. */
async function forgetEvents(board: Board): Promise<void> {
  const { kernel, stack } = board
  const query = { index: 'byStack', equals: [stack.id] }
  const count = await kernel.store.count(stackEventKind, query)
  for (let left = count - limits.stackEvents; left > 0; left -= limits.pageRows) {
    const limit = Math.min(left, limits.pageRows)
    const old = await kernel.store.query(stackEventKind, { ...query, limit })
    if (old.length === 0) return
    await board.commitOther(new Writes().remove(stackEventKind, ...old))
  }
}

async function removeStack(board: Board): Promise<Outcome> {
  const { kernel, stack } = board
  const query = { index: 'byStack', equals: [stack.id], limit: limits.pageRows }
  for (;;) {
    const events = await kernel.store.query(stackEventKind, query)
    if (events.length === 0) break
    await board.commitOther(new Writes().remove(stackEventKind, ...events))
  }
  const scope = stackResourceScope(stack.id)
  const [counter] = await kernel.store.counters([scope])
  // It has one from the beginning: without, the read is old.
  if (!counter)
    throw new CommitConflict({ type: 'revision', kind: stackKind.name, ids: [stack.id] })
  const writes = new Writes().remove(stackKind, stack).ring(stackTopic(stack.id))
  requireAtMost(writes, counter)
  writes.drop(scope)
  await forgetDefinitions(board, writes, [])
  const snapshots = await kernel.store.lookup(stackSnapshotKind, 'byStack', [[stack.id]])
  const kept = snapshots.map(({ definitionId }) => definitionId)
  writes.remove(stackSnapshotKind, ...snapshots)
  writes.remove(stackDefinitionKind, ...(await getAll(kernel, stackDefinitionKind, kept)))
  chargeQuota(writes, stack.projectId, { stacks: 1 }, -1)
  return { type: 'next', writes }
}
