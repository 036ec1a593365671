import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { balancerScope, loadBalancerKind } from '../../model/balancer/load-balancer.ts'
import { loadBalancerStatusKind } from '../../model/balancer/status.ts'
import { type Port, portKind } from '../../model/network/port.ts'
import type { BalancerReport } from '../../ports/balancer-driver.ts'
import type { Outcome, Program, WorkContext } from '../../work/program.ts'
import { balancerConfig } from './config.ts'
import { type ApplyInput, applyProgram } from './edit.ts'
import { observedStatus } from './observed.ts'
import { allRows, loadTree, type Tree } from './tree.ts'

/** How often a row is looked for before it is believed to be gone. */
const looks = 8

/**
 * Brings a change into force: the driver is given the whole configuration as it is by then, so one
 * run does for every change before it. Safe to run twice, late, and beside other runs.
 */
export function applyWorkflow(kernel: Kernel): Program {
  return {
    name: applyProgram.name,
    steps: [
      {
        name: 'apply',
        run: (context) => apply(kernel, context),
        undo: (context) => giveUp(kernel, context),
      },
    ],
  }
}

async function apply(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const input = context.work.input as ApplyInput
  const tree = await loadTree(kernel, input.balancerId)
  // It is there as long as it has work.
  if (!tree) return { type: 'retry', reason: 'the load balancer cannot be read yet' }
  if (tree.balancer.deleting) return closed(input)
  if (!tree.isWhole) return { type: 'retry', reason: 'rows of different times were read' }
  if (!includes(tree, input)) return takeTurn(kernel, context, tree)
  if (tree.status.generation >= tree.edits) return closed(input)
  const fault = await bringAbout(kernel, tree, (writes) => context.commit(writes), context.signal)
  return fault === undefined ? closed(input) : { type: 'retry', reason: fault }
}

/** True if what was read is newer than the change. */
function includes(tree: Tree, { row, turn }: ApplyInput): boolean {
  if (turn !== undefined && tree.status.turns >= turn) return true
  if (row === null) return false
  if (row.id === tree.balancer.id) return tree.balancer.mark === row.mark
  return allRows(tree).some(({ id, mark }) => id === row.id && mark === row.mark)
}

/**
 * What the change wrote is gone, changed again, or not to be seen yet. A turn taken now comes after
 * it: a tree that is whole, and has it, has the change.
 */
async function takeTurn(kernel: Kernel, context: WorkContext, tree: Tree): Promise<Outcome> {
  const input = context.work.input as ApplyInput
  if (input.turn !== undefined) return { type: 'retry', reason: 'an older tree was read' }
  const { status } = tree
  const turn = status.turns + 1
  const mark = kernel.random.uint32()
  const scope = balancerScope(input.balancerId)
  const writes = new Writes()
    .update(loadBalancerStatusKind, { ...status, turns: turn, mark })
    .add({ scope, name: 'marks', add: mark - status.mark })
  await context.commit(writes)
  const taken: ApplyInput = { ...input, turn }
  return { type: 'wait', ms: 0, input: taken }
}

/**
 * Has the driver apply a whole tree, and records what came of it.
 *
 * @returns why it could not, if that is so.
 * @throws CommitConflict when something newer was recorded.
 */
export async function bringAbout(
  kernel: Kernel,
  tree: Tree,
  commit: (writes: Writes) => Promise<unknown>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [report] = await kernel.balancers.apply([balancerConfig(tree)], { signal })
  const fault = faultOf(report)
  if (fault !== undefined || !report) {
    kernel.telemetry.meter.count('balancer_changes_failed')
    kernel.telemetry.logger.log('warn', 'balancer: a change was not applied', {
      balancerId: tree.balancer.id,
      generation: tree.edits,
      reason: fault ?? '',
    })
    return fault
  }
  // Newer ones are recorded by whoever applied them.
  if ((report.generation ?? 0) > tree.edits) return undefined
  const writes = new Writes().update(loadBalancerStatusKind, observedStatus(tree, report))
  if (tree.status.generation === 0) await planVipUp(kernel, writes, tree.balancer.vip.portId)
  await commit(writes)
  return undefined
}

function faultOf(report: BalancerReport | undefined): string | undefined {
  if (!report) return 'no report'
  return report.fault?.message ?? (report.generation === null ? 'it is not there' : undefined)
}

/** The first time that something answers at its address. */
async function planVipUp(kernel: Kernel, writes: Writes, portId: string): Promise<void> {
  const [port] = await kernel.store.get(portKind, [portId])
  if (!port || port.status === 'ACTIVE') return
  const up: Port = { ...port, status: 'ACTIVE', updatedAt: kernel.clock.now() }
  writes.update(portKind, up)
}

/** The work ends, together with what counts it. */
export function closed({ balancerId }: { readonly balancerId: string }): Outcome {
  const writes = new Writes().add({ scope: balancerScope(balancerId), name: 'open', add: -1 })
  return { type: 'next', writes }
}

/** Past the deadline: it is in ERROR now, unless other work is under way. */
export async function giveUp(kernel: Kernel, { work }: WorkContext): Promise<Outcome> {
  const input = work.input as ApplyInput
  const [balancer] = await kernel.store.get(loadBalancerKind, [input.balancerId])
  // A deadline that a clock which is behind has set is past before the row can be read everywhere.
  if (!balancer && work.attempt < looks) return { type: 'retry', reason: 'it cannot be read yet' }
  if (!balancer) return { type: 'next' }
  kernel.telemetry.meter.count('balancer_changes_overdue')
  kernel.telemetry.logger.log('error', 'balancer: a change was given up', {
    balancerId: balancer.id,
    work: work.id,
    program: work.program,
  })
  return closed(input)
}
