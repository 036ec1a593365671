import { canonicalJson } from '../../../base/canonical.ts'
import { isCloudError } from '../../../base/errors.ts'
import type { Kernel } from '../../../kernel.ts'
import type { Draft } from '../../../model/kind.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import type { StackHook, StackResource } from '../../../model/stack/resource.ts'
import type { StackAction } from '../../../model/stack/stack-state.ts'
import { hookBefore } from '../plan/hold.ts'
import type { LiveValues, Plan, PlanNode } from '../plan/plan.ts'
import type { Board, Changes } from './board.ts'
import { keyOf } from './keys.ts'

/** A row of a resource that is to be made, with the key under which it will be. */
export function newRow(board: Board, node: PlanNode, wanted: Wanted): Draft<StackResource> {
  const { kernel, stack } = board
  const at = kernel.clock.now()
  const id = kernel.ids.next()
  const fresh = { id, attempt: 1, action: 'CREATE' as const }
  const external = wanted.externalId
  const adopted = adoptedId(board, node, wanted)
  return {
    ...fresh,
    stackId: stack.id,
    projectId: stack.projectId,
    name: node.name,
    liveName: node.name,
    type: node.decl.type,
    implementation: node.type.name,
    status: 'IN_PROGRESS',
    reason: '',
    step: 'invoke',
    generation: stack.generation,
    physicalId: external ?? null,
    key: keyOf(kernel, fresh, 'create'),
    member: 0,
    tries: 0,
    since: at,
    properties: null,
    target: wanted.properties,
    attributes: {},
    metadata: wanted.metadata,
    requires: node.requires,
    deletionPolicy: node.decl.deletionPolicy,
    external: external !== undefined,
    signals: node.type.signals ?? false,
    hook: null,
    lifted: [],
    createdAt: at,
    updatedAt: at,
    ...(adopted !== undefined && { action: 'ADOPT', physicalId: adopted, key: null }),
  }
}

/** What the stack takes over, unless that is a part of the stack itself, which is made anew. */
function adoptedId(board: Board, node: PlanNode, wanted: Wanted): string | undefined {
  const { type, name } = node
  const isAdopting = board.stack.action === 'ADOPT' && wanted.externalId === undefined
  if (!isAdopting || !type.remove || type.properties === null) return undefined
  return board.adopted[name]
}

/** A row of a resource that stops before it is made. */
function initialRow(board: Board, node: PlanNode, hook: StackHook): Draft<StackResource> {
  const nothing = { properties: {}, metadata: {}, externalId: undefined }
  return {
    ...newRow(board, node, nothing),
    ...{ action: 'INIT', status: 'COMPLETE', step: null, key: null, target: null },
    hook: { name: hook, generation: board.stack.generation },
  }
}

/** What a resource is to be, resolved. */
export interface Wanted {
  readonly properties: JsonMap
  readonly metadata: JsonMap
  readonly externalId: string | undefined
}

/** @throws CloudError `invalid` when what others say makes no sense here. */
export function wantedOf(plan: Plan, node: PlanNode, live: LiveValues): Wanted {
  return {
    properties: plan.properties(node, live),
    metadata: plan.metadata(node, live),
    externalId: plan.externalId(node),
  }
}

/** Members of a group that may be made together share the key of the first of them. */
export function shareKeys(
  nodes: readonly PlanNode[],
  rows: readonly Draft<StackResource>[],
): Draft<StackResource>[] {
  const leaders = new Map<string, { readonly key: string | null; count: number }>()
  return rows.map((row, at) => {
    const { type, group } = nodes[at] as PlanNode
    if (!type.batch || group === null || row.external || !row.target) return row
    const text = `${group}\n${row.deletionPolicy}\n${type.batch(row.target)}`
    const leader = leaders.get(text)
    if (!leader) {
      leaders.set(text, { key: row.key, count: 1 })
      return row
    }
    return { ...row, key: leader.key, member: leader.count++ }
  })
}

/** A row that begins something: everything of the last action is forgotten. */
export function beginning(
  kernel: Pick<Kernel, 'clock'>,
  row: StackResource,
  action: StackAction,
  generation: number,
  fields: Partial<StackResource> = {},
): StackResource {
  const at = kernel.clock.now()
  return {
    ...row,
    action,
    status: 'IN_PROGRESS',
    reason: '',
    step: 'invoke',
    generation,
    attempt: row.attempt + 1,
    tries: 0,
    since: at,
    updatedAt: at,
    ...fields,
  }
}

/** How a row comes to what is wanted of it. */
export type Way =
  | 'same'
  | 'update'
  | 'replace'
  /** Whose resource it is, the stack's or somebody's, does not change: as Heat has it. */
  | 'refuse'

export function wayTo(node: PlanNode, row: StackResource, wanted: Wanted): Way {
  const isOther = row.type !== node.decl.type || row.implementation !== node.type.name
  if (isOther) return 'replace'
  const externalId = row.external ? row.physicalId : null
  if (externalId !== (wanted.externalId ?? null)) return 'refuse'
  if (row.external) return 'same'
  if (row.status === 'FAILED' && !['UPDATE', 'SUSPEND', 'RESUME'].includes(row.action)) {
    return 'replace'
  }
  const before = row.properties ?? {}
  const changed = changedKeys(before, wanted.properties)
  const isBroken = row.status === 'FAILED'
  if (changed.length === 0 && !isBroken) return 'same'
  const specs = node.type.properties
  const isInPlace =
    node.type.update !== undefined &&
    changed.every((key) => specs === null || specs[key]?.updatable) &&
    !node.type.replaces?.(before, wanted.properties)
  return isInPlace ? 'update' : 'replace'
}

function changedKeys(before: JsonMap, after: JsonMap): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.filter(
    (key) => canonicalJson(before[key] ?? null) !== canonicalJson(after[key] ?? null),
  )
}

interface Begun {
  readonly changes: Changes
  /** False: nothing came of it but what was written down. */
  readonly isEmpty: boolean
}

/** Rows that begin to be made, changed, replaced: with everything that is needed to go on. */
export function begin(
  board: Board,
  plan: Plan,
  live: LiveValues,
  decision: {
    readonly create: readonly PlanNode[]
    readonly review: readonly { readonly node: PlanNode; readonly row: StackResource }[]
  },
): Begun {
  const { kernel, stack } = board
  const insert: Draft<StackResource>[] = []
  const nodes: PlanNode[] = []
  const update: StackResource[] = []
  const held: Draft<StackResource>[] = []
  for (const node of decision.create) {
    const hook = hookBefore(stack, node.rules, undefined)
    if (hook) {
      held.push(initialRow(board, node, hook))
      continue
    }
    insert.push(created(board, plan, node, live))
    nodes.push(node)
  }
  for (const { node, row } of decision.review) {
    const hook = hookBefore(stack, node.rules, row)
    if (hook) {
      update.push({ ...row, hook: { name: hook, generation: stack.generation } })
      continue
    }
    if (row.action === 'INIT') {
      const { id, rev, lifted, createdAt } = row
      const made = created(board, plan, node, live)
      const key = made.key && keyOf(kernel, { id, attempt: 1, action: 'CREATE' }, 'create')
      update.push({ ...made, id, rev, key, lifted, createdAt })
      continue
    }
    const wanted = attemptTo(() => wantedOf(plan, node, live))
    if (wanted instanceof Error) {
      update.push({ ...beginning(kernel, row, 'UPDATE', stack.generation), ...failure(wanted) })
      continue
    }
    const way = wayTo(node, row, wanted)
    const refused = refusalOf(node, way)
    if (refused) {
      update.push({ ...beginning(kernel, row, 'UPDATE', stack.generation), ...failure(refused) })
      continue
    }
    const { deletionPolicy } = node.decl
    const about = { metadata: wanted.metadata, requires: node.requires, deletionPolicy }
    if (way === 'same')
      update.push({ ...row, ...about, generation: stack.generation, ...healed(row) })
    else if (way === 'update') {
      const fields = { ...about, target: wanted.properties }
      update.push(beginning(kernel, row, 'UPDATE', stack.generation, fields))
    } else {
      const back = replacedBefore(board, node, wanted)
      update.push({ ...row, liveName: null })
      if (back) update.push(takenBack(board, back, about, wanted))
      else {
        insert.push(newRow(board, node, wanted))
        nodes.push(node)
      }
    }
  }
  const isEmpty = insert.length + update.length + held.length === 0
  const changes = { insert: [...shareKeys(nodes, insert), ...held], update }
  return { changes, isEmpty }
}

/** One that was replaced, is still there, and is what is wanted again: as a rollback has it. */
function replacedBefore(board: Board, node: PlanNode, wanted: Wanted): StackResource | undefined {
  const { name, type, decl } = node
  if (type.update === undefined || wanted.externalId !== undefined) return undefined
  const text = canonicalJson(wanted.properties)
  return board.rows.find(
    (row) =>
      row.name === name &&
      row.liveName === null &&
      row.type === decl.type &&
      row.implementation === type.name &&
      row.status === 'COMPLETE' &&
      row.action !== 'DELETE' &&
      !row.external &&
      canonicalJson(row.properties ?? {}) === text,
  )
}

/** It takes its name back, and what it had let go: so it is changed to all that it was. */
function takenBack(
  { kernel, stack }: Board,
  row: StackResource,
  about: Partial<StackResource>,
  wanted: Wanted,
): StackResource {
  return beginning(kernel, row, 'UPDATE', stack.generation, {
    ...about,
    liveName: row.name,
    properties: null,
    target: wanted.properties,
  })
}

function refusalOf({ decl, name, rules }: PlanNode, way: Way): Error | undefined {
  if (way === 'same') return undefined
  if (way === 'refuse') {
    return new Error(`Update to property external_id of ${name} (${decl.type}) is not supported.`)
  }
  return rules.restricted.has(way) ? new Error(`${way} is restricted for resource.`) : undefined
}

/** What was looked at and found in order. */
function healed(row: StackResource): Partial<StackResource> {
  return row.status === 'FAILED' ? { status: 'COMPLETE', reason: '' } : {}
}

function created(board: Board, plan: Plan, node: PlanNode, live: LiveValues): Draft<StackResource> {
  const wanted = attemptTo(() => wantedOf(plan, node, live))
  if (!(wanted instanceof Error)) return newRow(board, node, wanted)
  const nothing = { properties: {}, metadata: {}, externalId: undefined }
  return { ...newRow(board, node, nothing), key: null, ...failure(wanted) }
}

function attemptTo<T>(run: () => T): T | Error {
  try {
    return run()
  } catch (error) {
    if (isCloudError(error)) return error
    throw error
  }
}

function failure(error: Error): Partial<StackResource> {
  return { status: 'FAILED', step: null, reason: error.message.slice(0, 1_000) }
}
