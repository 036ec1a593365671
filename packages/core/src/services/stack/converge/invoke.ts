import { limits } from '../../../base/limits.ts'
import type { Kernel } from '../../../kernel.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import type { StackAction } from '../../../model/stack/stack-state.ts'
import { attempt } from '../resources/each.ts'
import type { Result } from '../resources/result.ts'
import type { ResourceType, ResourceWork, Verb } from '../resources/type.ts'
import { hookAfter } from '../plan/hold.ts'
import { rulesOf } from '../template/rules.ts'
import { abandon } from './abandon.ts'
import type { Board } from './board.ts'

/** Finds the type of a row, also of one whose template is forgotten. */
export type TypeOf = (row: StackResource) => ResourceType

/** Characters of a reason that are kept. */
const reasonLength = 1_000

/**
 * Goes on with what is under way: every row of the same type and state in one call. What came of
 * it is written in as few transactions.
 *
 * @returns how many rows have changed.
 */
export async function drive(
  board: Board,
  work: ResourceWork,
  rows: readonly StackResource[],
  typeOf: TypeOf,
): Promise<number> {
  const calls = new Map<string, { type: ResourceType; rows: StackResource[] }>()
  for (const row of rows) {
    const type = typeOf(row)
    const key = [type.name, row.action, row.step].join('\n')
    const call = calls.get(key) ?? { type, rows: [] }
    calls.set(key, call)
    call.rows.push(row)
  }
  let changed = 0
  for (const call of calls.values()) {
    const kept = await vacated(board, work, call.type, call.rows)
    const free = call.rows.filter(({ id }) => !kept.has(id))
    const results = new Map([...kept, ...(await perform(work, call.type, free))])
    const next = call.rows.flatMap((row) => {
      const result = results.get(row.id)
      const after = result && held(board, work, row, applied(board.kernel, row, result))
      return after === undefined || after === row ? [] : [[row, after] as const]
    })
    changed += next.filter(
      ([row, after]) => !after || after.status !== row.status || after.step !== row.step,
    ).length
    await board.commit({
      update: next.flatMap(([, after]) => after ?? []),
      remove: next.flatMap(([row, after]) => (after === null ? [row] : [])),
    })
  }
  return changed
}

/** Successors that wait for what those which they replace still hold. */
async function vacated(
  board: Board,
  work: ResourceWork,
  { name, vacate }: ResourceType,
  rows: readonly StackResource[],
): Promise<ReadonlyMap<string, Result>> {
  const kept = new Map<string, Result>()
  const [first] = rows
  const isTaking = first?.action === 'CREATE' || first?.action === 'UPDATE'
  if (!vacate || !isTaking || first.step !== 'invoke') return kept
  const before = board.rows.filter(
    (row) =>
      row.liveName === null &&
      row.implementation === name &&
      row.physicalId !== null &&
      !row.external &&
      row.deletionPolicy !== 'Retain',
  )
  if (before.length === 0) return kept
  for (const row of rows) {
    for (const other of before.filter((one) => one.name === row.name)) {
      const result = await attempt(async () =>
        (await vacate(work, other, row))
          ? { state: 'done' }
          : { state: 'retry', reason: 'What it replaces has yet to let go.' },
      )
      // One that is in the middle of something lets go after it.
      const isBusy = result.state === 'failed' && row.tries < limits.stackRemovalTries
      const next: Result = isBusy ? { state: 'retry', reason: result.reason } : result
      if (result.state !== 'done') kept.set(row.id, next)
    }
  }
  return kept
}

/** What is made or changed may have to stop there. */
function held(
  board: Board,
  work: ResourceWork,
  before: StackResource,
  after: StackResource | null,
): StackResource | null {
  if (!after || after.status !== 'COMPLETE' || before.status === 'COMPLETE') return after
  const hook = hookAfter(board.stack, rulesOf(work.rules, after.name), after)
  return hook ? { ...after, hook } : after
}

async function perform(
  work: ResourceWork,
  type: ResourceType,
  rows: readonly StackResource[],
): Promise<ReadonlyMap<string, Result>> {
  const [first] = rows
  if (!first) return new Map()
  if (first.action === 'DELETE') return removeAll(work, type, rows)
  const verb = first.step === 'wait' ? (type.poll ?? done) : (verbOf(type, first.action) ?? done)
  const own = rows.filter(({ external }) => !external)
  const results = own.length === 0 ? new Map<string, Result>() : await verb(work, own)
  const others = rows.filter(({ external }) => external)
  return others.length === 0
    ? results
    : new Map([...results, ...(await verified(work, type, others))])
}

const done: Verb = async (_, rows) => new Map(rows.map(({ id }) => [id, { state: 'done' }]))

/** What was there before the stack is only looked at. */
async function verified(
  work: ResourceWork,
  type: ResourceType,
  rows: readonly StackResource[],
): Promise<ReadonlyMap<string, Result>> {
  return type.verify ? type.verify(work, rows) : done(work, rows)
}

function verbOf(type: ResourceType, action: StackAction): Verb | undefined {
  const verbs: Partial<Record<StackAction, Verb | undefined>> = {
    CREATE: type.create,
    UPDATE: type.update,
    SUSPEND: type.suspend,
    RESUME: type.resume,
    CHECK: type.verify,
    ADOPT: type.verify,
  }
  return verbs[action]
}

/** Rows of which it is not known whether they were made are cleared up first. */
async function removeAll(
  work: ResourceWork,
  type: ResourceType,
  rows: readonly StackResource[],
): Promise<ReadonlyMap<string, Result>> {
  const results = new Map<string, Result>()
  const known: StackResource[] = []
  for (const row of rows) {
    const isKept =
      row.external ||
      row.deletionPolicy === 'Retain' ||
      !type.remove ||
      work.stack.abandoned === true
    if (isKept) results.set(row.id, { state: 'done' })
    else known.push(row)
  }
  const found = await abandon(work, type, known)
  const there = found.filter(({ physicalId }) => physicalId !== null)
  for (const { id, physicalId } of found) {
    if (physicalId === null) results.set(id, { state: 'done' })
  }
  if (there.length === 0 || !type.remove) return results
  for (const [id, result] of await type.remove(work, there)) {
    // Found only now: its id is written down before anything else.
    const row = there.find((one) => one.id === id)
    const isNew = rows.find((one) => one.id === id)?.physicalId === null
    const physicalId = row?.physicalId
    results.set(
      id,
      result.state === 'pending' && isNew && physicalId ? { ...result, physicalId } : result,
    )
  }
  return results
}

/** The row after a result; null when it goes; the same when nothing has changed. */
function applied(kernel: Kernel, row: StackResource, result: Result): StackResource | null {
  const at = kernel.clock.now()
  const physicalId = ('physicalId' in result ? result.physicalId : undefined) ?? row.physicalId
  const attributes = ('attributes' in result ? result.attributes : undefined) ?? row.attributes
  switch (result.state) {
    case 'retry':
      return { ...row, tries: row.tries + 1, reason: result.reason.slice(0, reasonLength) }
    case 'pending':
      if (row.step === 'wait' && physicalId === row.physicalId) return row
      return { ...row, step: 'wait', physicalId, attributes, reason: '', updatedAt: at }
    case 'failed': {
      const reason = result.reason.slice(0, reasonLength)
      // Whether a creation has left something is found out when it goes.
      const step = row.action === 'CREATE' && physicalId === null ? 'invoke' : null
      return { ...row, status: 'FAILED', step, reason, physicalId, updatedAt: at }
    }
    case 'done': {
      if (row.action === 'DELETE') return null
      const isNew = ['CREATE', 'ADOPT', 'UPDATE'].includes(row.action)
      return {
        ...row,
        status: 'COMPLETE',
        step: null,
        reason: '',
        physicalId,
        attributes,
        ...(isNew && { properties: row.target, target: null }),
        updatedAt: at,
      }
    }
  }
}
