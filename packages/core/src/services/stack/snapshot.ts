import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Draft } from '../../model/kind.ts'
import {
  type Stack,
  stackDefinitionKind,
  stackEventKind,
  stackKind,
  type StackSnapshot,
  stackSnapshotKind,
  stackTopic,
} from '../../model/stack/stack.ts'
import type { Call } from '../call.ts'
import { fetchOne, getAll, notFound } from '../fetch.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { stackEvent } from './events.ts'
import { liveRows } from './read.ts'
import { commitRequest, requireAllowed } from './request.ts'
import { definitionOf, definitionRow } from './source.ts'
import { Plan } from './plan/plan.ts'
import type { StackView } from './view.ts'

const member = { scope: 'project', role: 'member' } as const
const reader = { scope: 'project', role: 'reader' } as const

/** A snapshot as users see it. */
export type StackSnapshotView = Omit<StackSnapshot, 'rev'>

function viewSnapshot(snapshot: StackSnapshot): StackSnapshotView {
  const { rev: _, ...shown } = snapshot
  return shown
}

const createInput = z.strictObject({
  stackId: idField,
  name: z.string().max(limits.nameLength).default(''),
})

/**
 * Keeps what a stack is made from, to go back to. The data on volumes and servers are not kept.
 *
 * @throws CloudError `conflict` unless the stack is complete; `quotaExceeded` when it has as many
 *   as it may.
 */
export const stackSnapshotCreate = defineOperation({
  id: 'stack.snapshot.create',
  summary: 'Keeps what a stack is made from.',
  policy: member,
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<StackSnapshotView> => {
    const { kernel } = call
    const stack = await fetchOne(call, stackKind, input.stackId, 'stackId')
    requireAllowed(stack, 'snapshot')
    const known = await kernel.store.lookup(stackSnapshotKind, 'byStack', [[stack.id]])
    if (known.length >= limits.stackSnapshots) {
      throw new CloudError('quotaExceeded', 'The stack has as many snapshots as it may.', {
        field: 'stackId',
        limit: limits.stackSnapshots,
      })
    }
    const definition = definitionRow(kernel, stack.id, await definitionOf(kernel, stack))
    const rows = await liveRows(kernel, stack.id)
    const at = kernel.clock.now()
    const snapshot: Draft<StackSnapshot> = {
      id: kernel.ids.next(),
      stackId: stack.id,
      projectId: stack.projectId,
      name: input.name,
      definitionId: definition.id,
      resources: Object.fromEntries(
        [...rows].map(([name, { type, physicalId, action, status }]) => [
          name,
          { type, physicalId, action, status },
        ]),
      ),
      createdAt: at,
    }
    const after: Stack = { ...stack, action: 'SNAPSHOT', reason: '', updatedAt: at }
    const writes = new Writes()
      .insert(stackDefinitionKind, definition)
      .insert(stackSnapshotKind, snapshot)
      .update(stackKind, after)
      .insert(stackEventKind, stackEvent(kernel, after))
      .ring(stackTopic(stack.id))
    await call.commit(writes, [stack.id, snapshot.id], snapshot)
    return snapshot
  },
})

const getInput = z.strictObject({ stackId: idField, id: idField })
type GetInput = z.infer<typeof getInput>

export const stackSnapshotGet = defineOperation({
  id: 'stack.snapshot.get',
  summary: 'Shows what was kept of a stack.',
  policy: reader,
  input: getInput,
  mutates: false,
  run: async (call: Call, input: GetInput): Promise<StackSnapshotView> =>
    viewSnapshot((await snapshotOf(call, input)).snapshot),
})

const listInput = z.strictObject({ ...pageFields, stackId: idField })

export const stackSnapshotList = defineOperation({
  id: 'stack.snapshot.list',
  summary: 'Lists what was kept of a stack, oldest first.',
  policy: reader,
  input: listInput,
  mutates: false,
  run: async (
    call: Call,
    { stackId, ...page }: z.infer<typeof listInput>,
  ): Promise<StackSnapshotView[]> => {
    await fetchOne(call, stackKind, stackId, 'stackId')
    const query = { index: 'byStack', equals: [stackId] }
    return (await listPage(call, stackSnapshotKind, query, page)).map(viewSnapshot)
  },
})

export const stackSnapshotDelete = defineOperation({
  id: 'stack.snapshot.delete',
  summary: 'Forgets what was kept of a stack.',
  policy: member,
  input: getInput,
  mutates: true,
  run: async (call: Call, input: GetInput): Promise<null> => {
    const { snapshot } = await snapshotOf(call, input)
    const definitions = await getAll(call.kernel, stackDefinitionKind, [snapshot.definitionId])
    const writes = new Writes()
      .remove(stackSnapshotKind, snapshot)
      .remove(stackDefinitionKind, ...definitions)
    await call.commit(writes, [snapshot.stackId, snapshot.id], null)
    return null
  },
})

/**
 * Brings a stack back to what was kept of it, as an update does.
 *
 * @throws CloudError `conflict` when the stack's state forbids it.
 */
export const stackRestore = defineOperation({
  id: 'stack.snapshot.restore',
  summary: 'Brings a stack back to what was kept of it.',
  policy: member,
  input: getInput,
  mutates: true,
  run: async (call: Call, input: GetInput): Promise<StackView> => {
    const { kernel } = call
    const { stack, snapshot } = await snapshotOf(call, input)
    requireAllowed(stack, 'restore')
    const [kept] = await getAll(kernel, stackDefinitionKind, [snapshot.definitionId])
    const before = await definitionOf(kernel, stack)
    const plan = new Plan(kept ?? before, stack, kernel.digest)
    plan.validate()
    const definition = definitionRow(kernel, stack.id, plan.source)
    const writes = new Writes().insert(stackDefinitionKind, definition)
    if (before.id !== stack.completeId) writes.remove(stackDefinitionKind, before)
    const fields: Partial<Stack> = {
      action: 'RESTORE',
      status: 'IN_PROGRESS',
      reason: '',
      generation: stack.generation + 1,
      definitionId: definition.id,
      description: plan.template.description,
      cancelled: false,
    }
    return commitRequest(call, stack, fields, { writes })
  },
})

/** @throws CloudError `notFound`, also for a snapshot of another stack. */
async function snapshotOf(
  call: Call,
  { stackId, id }: GetInput,
): Promise<{ readonly stack: Stack; readonly snapshot: StackSnapshot }> {
  const stack = await fetchOne(call, stackKind, stackId, 'stackId')
  const [snapshot] = await call.kernel.store.get(stackSnapshotKind, [id])
  if (snapshot?.stackId === stack.id) return { stack, snapshot }
  throw notFound('snapshot of the stack', 'id')
}
