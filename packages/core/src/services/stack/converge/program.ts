import { isCloudError } from '../../../base/errors.ts'
import type { Kernel } from '../../../kernel.ts'
import {
  type Stack,
  type StackDefinition,
  stackDefinitionKind,
  stackKind,
} from '../../../model/stack/stack.ts'
import type { Outcome, Program, WorkContext } from '../../../work/program.ts'
import { type StackInput, stackProgramName, stackStepName } from '../order.ts'
import { ownerActor } from '../owner.ts'
import { decide, decideEach } from '../plan/decide.ts'
import { RowValues } from '../plan/live.ts'
import { Plan, type PlanNode } from '../plan/plan.ts'
import { builtInType } from '../resources/registry.ts'
import { rulesOf } from '../template/rules.ts'
import { templateType } from '../resources/heat-stack.ts'
import type { ResourceWork } from '../resources/type.ts'
import { begin, beginning } from './begin.ts'
import { Board } from './board.ts'
import { resourceWork } from './context.ts'
import { fail, finish, stop } from './finish.ts'
import { drive, type TypeOf } from './invoke.ts'

/** How often a stack is looked for before it is believed to be gone. */
const looks = 8
/** Waves of one run: then others have their turn. */
const wavesPerRun = 64
/** How long work waits for what is under way elsewhere: twice as long each time, up to the most. */
const waitBaseMs = 50
const waitCapMs = 2_000

/**
 * Brings a stack's resources to what was last asked of it. It reads the rows each time it runs and
 * decides by them alone, so it may be stopped anywhere, and run by anybody. It ends: by the stack's
 * deadline at the latest.
 */
export function stackProgram(kernel: Kernel): Program {
  const run = (context: WorkContext): Promise<Outcome> => converge(kernel, context)
  // Past the deadline of its work there is still something to write: that it was too late.
  return { name: stackProgramName, steps: [{ name: stackStepName, run, undo: run }] }
}

async function converge(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const { stackId, generation } = context.work.input as StackInput
  const [stack] = await kernel.store.get(stackKind, [stackId])
  if (!stack) {
    const isGone = context.work.attempt >= looks
    return isGone ? { type: 'next' } : { type: 'retry', reason: 'the stack cannot be read yet' }
  }
  if (stack.generation < generation)
    return { type: 'retry', reason: 'the stack was read too early' }
  if (stack.status !== 'IN_PROGRESS') return { type: 'next' }
  const board = await Board.load(kernel, context, stack)
  for (let wave = 0; wave < wavesPerRun; wave++) {
    if (context.signal.aborted) return { type: 'wait', ms: 0 }
    const turn = await takeTurn(kernel, board)
    if (turn === 'idle') return idle(context, wave > 0)
    if (turn !== 'moved') return turn
  }
  return { type: 'wait', ms: 0 }
}

/** What came of a wave. */
type Turn = Outcome | 'moved' | 'idle'

/** One wave: what can be begun is begun, and what is under way is gone on with. */
async function takeTurn(kernel: Kernel, board: Board): Promise<Turn> {
  const { stack } = board
  const late = kernel.clock.now() >= stack.deadline
  if (late || stack.cancelled) {
    await stop(board, late ? 'It took too long.' : 'It was cancelled.')
    return fail(board, late ? 'It took too long.' : 'It was cancelled.')
  }
  const target = await definitionOf(kernel, targetId(stack))
  const own = target ?? (await definitionOf(kernel, stack.definitionId))
  let work: ResourceWork
  try {
    const actor = await ownerActor(kernel, stack)
    work = resourceWork(kernel, { stack, actor, definition: own, signal: board.signal })
  } catch (error) {
    if (!isCloudError(error) || error.retry !== 'never') throw error
    await stop(board, error.message)
    return fail(board, error.message)
  }
  board.adopted = target?.adopted ?? {}
  const plan = target && new Plan(target, stack, kernel.digest)
  const isEach = ['SUSPEND', 'RESUME', 'CHECK'].includes(stack.action)
  return isEach ? eachTurn(board, work) : targetTurn(board, plan, work)
}

async function targetTurn(board: Board, plan: Plan | undefined, work: ResourceWork): Promise<Turn> {
  const { kernel, stack } = board
  const nodes: ReadonlyMap<string, PlanNode> = plan?.nodes ?? new Map()
  const rules = (name: string) => rulesOf(work.rules, name)
  const decision = decide(stack, nodes, board.rows, rules, kernel.clock.now())
  if (decision.isOver) {
    const [first] = decision.failed
    return first ? fail(board, reasonOf(first)) : finish(board)
  }
  let moved = false
  if (plan) {
    const live = new RowValues(plan, board.live())
    const begun = begin(board, plan, live, decision)
    await board.commit(begun.changes)
    moved = !begun.isEmpty
  }
  if (decision.remove.length > 0) {
    await board.commit({
      update: decision.remove.map((row) => ({
        ...beginning(kernel, row, 'DELETE', stack.generation),
        liveName: row.liveName,
      })),
    })
    moved = true
  }
  if (decision.hold.length > 0) {
    const hook = { name: 'pre-delete', generation: stack.generation } as const
    await board.commit({ update: decision.hold.map((row) => ({ ...row, hook })) })
    moved = true
  }
  const changed = await drive(board, work, underWay(board, nodes), typesOf(work))
  return moved || changed > 0 ? 'moved' : 'idle'
}

/** What is under way, and is not to be given up for being unwanted. */
function underWay(board: Board, nodes: ReadonlyMap<string, PlanNode>) {
  return board.rows.filter(
    (row) =>
      row.status === 'IN_PROGRESS' &&
      (row.action === 'DELETE' || (row.liveName !== null && nodes.has(row.name))),
  )
}

async function eachTurn(board: Board, work: ResourceWork): Promise<Turn> {
  const { kernel, stack } = board
  const decision = decideEach(stack, board.rows)
  if (decision.isOver) {
    const [first] = decision.failed
    return first ? fail(board, reasonOf(first)) : finish(board)
  }
  const { begin: rows } = decision
  await board.commit({
    update: rows.map((row) => beginning(kernel, row, stack.action, stack.generation)),
  })
  const busy = board.rows.filter(({ status }) => status === 'IN_PROGRESS')
  const changed = await drive(board, work, busy, typesOf(work))
  return rows.length > 0 || changed > 0 ? 'moved' : 'idle'
}

/** Waits for what is under way elsewhere: not as long as before when something has moved. */
function idle(context: WorkContext, hasMoved: boolean): Outcome {
  const input = context.work.input as StackInput
  const times = hasMoved ? Math.floor(input.idle / 2) : input.idle
  const ms = Math.min(waitCapMs, waitBaseMs * 2 ** Math.min(times, 10))
  return { type: 'wait', ms, input: { ...input, idle: times + 1 } }
}

function reasonOf(row: { readonly name: string; readonly reason: string }): string {
  return `Resource ${row.name}: ${row.reason}`.slice(0, 1_000)
}

function typesOf(work: ResourceWork): TypeOf {
  return ({ implementation }) =>
    builtInType(implementation) ?? templateType(implementation, work.files[implementation] ?? '')
}

/** The definition that the action brings the stack to; null when that is nothing at all. */
function targetId(stack: Stack): string | null {
  if (stack.action === 'DELETE') return null
  return stack.action === 'ROLLBACK' ? stack.completeId : stack.definitionId
}

async function definitionOf(
  kernel: Kernel,
  id: string | null,
): Promise<StackDefinition | undefined> {
  if (id === null) return undefined
  const [definition] = await kernel.store.get(stackDefinitionKind, [id])
  if (definition) return definition
  throw new Error('The definition of the stack cannot be read yet.')
}
