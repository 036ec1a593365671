import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  type StackHook,
  stackHooks,
  type StackResource,
  stackResourceKind,
} from '../../model/stack/resource.ts'
import {
  stackEventKind,
  stackKind,
  stackSignalKind,
  stackSignalScope,
  stackTopic,
} from '../../model/stack/stack.ts'
import { stackStatuses } from '../../model/stack/stack-state.ts'
import type { Call } from '../call.ts'
import { fetchOne, notFound } from '../fetch.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { commitUnchanged } from '../unchanged.ts'
import { resourceEvent } from './events.ts'
import { planStackWork } from './order.ts'
import { scalingPolicyName } from './resources/heat-scaling-policy.ts'
import { scale } from './scale.ts'
import { deploymentsOn } from './software/metadata.ts'
import { type StackResourceView, viewResource } from './view.ts'

const nameField = z
  .string()
  .min(1)
  .max(2 * limits.nameLength)

const listInput = z.strictObject({
  ...pageFields,
  stackId: idField,
  type: z.string().min(1).max(limits.nameLength).optional(),
  status: z.enum(stackStatuses).optional(),
})

export const stackResourceList = defineOperation({
  id: 'stack.resource.list',
  summary: 'Lists the resources of a stack, by id.',
  policy: { scope: 'project', role: 'reader' },
  input: listInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof listInput>): Promise<StackResourceView[]> => {
    const stack = await fetchOne(call, stackKind, input.stackId, 'stackId')
    const query = { index: 'byStack', equals: [stack.id] }
    const page = await listPage(call, stackResourceKind, query, input, (row) => matches(row, input))
    return page.map(viewResource)
  },
})

function matches(row: StackResource, input: z.infer<typeof listInput>): boolean {
  return (
    row.liveName !== null &&
    (input.type === undefined || row.type === input.type) &&
    (input.status === undefined || row.status === input.status)
  )
}

const getInput = z.strictObject({ stackId: idField, name: nameField })

export const stackResourceGet = defineOperation({
  id: 'stack.resource.get',
  summary: 'Shows a resource of a stack.',
  policy: { scope: 'project', role: 'reader' },
  input: getInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof getInput>): Promise<StackResourceView> => {
    const row = await resourceOf(call, input.stackId, input.name)
    const view = viewResource(row)
    const takes = row.properties?.['user_data_format'] === 'SOFTWARE_CONFIG'
    // They tell where to answer, which is for those alone who may write.
    const mayWrite = call.actor.roles.includes('member')
    if (!takes || !mayWrite || row.physicalId === null) return view
    return { ...view, deployments: await deploymentsOn(call, row.physicalId) }
  },
})

/** @throws CloudError `notFound`. */
async function resourceOf(call: Call, stackId: string, name: string): Promise<StackResource> {
  const stack = await fetchOne(call, stackKind, stackId, 'stackId')
  const [row] = await call.kernel.store.lookup(stackResourceKind, 'byName', [[stack.id, name]])
  if (!row) throw notFound('resource of the stack', 'name')
  return row
}

/** Characters of what a signal says. */
const signalLength = 4_096

const signalInput = z.strictObject({
  stackId: idField,
  /** The resource that takes it. */
  name: nameField,
  status: z.enum(['SUCCESS', 'FAILURE']).default('SUCCESS'),
  reason: z.string().max(limits.descriptionLength).default(''),
  /** A second signal with the same one changes nothing; made when absent. */
  signalId: idField.optional(),
  data: z.string().max(signalLength).default(''),
  /** The hook that holds the resource, which is to go on: not a signal of its own then. */
  unsetHook: z.enum(stackHooks).optional(),
})

/**
 * Tells a resource that something has happened, such as that a server is ready.
 *
 * @throws CloudError `conflict` when the resource takes no signals, or has had as many as it takes,
 *   or is not held by the hook.
 */
export const stackResourceSignal = defineOperation({
  id: 'stack.resource.signal',
  summary: 'Signals a resource of a stack.',
  policy: { scope: 'project', role: 'member' },
  input: signalInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof signalInput>): Promise<null> => {
    const { kernel } = call
    const row = await resourceOf(call, input.stackId, input.name)
    if (input.unsetHook) return unsetHook(call, row, input.unsetHook)
    if (!row.signals) {
      throw new CloudError('conflict', 'The resource takes no signals.', { field: 'name' })
    }
    if (row.implementation === scalingPolicyName) return scale(call, row)
    const name = input.signalId ?? kernel.ids.next()
    const known = await kernel.store.lookup(stackSignalKind, 'byName', [[row.id, name]])
    if (known.length > 0) return null
    await requireRoom(call, row)
    const writes = new Writes().insert(stackSignalKind, {
      id: kernel.ids.next(),
      stackId: row.stackId,
      resourceId: row.id,
      name,
      status: input.status,
      reason: input.reason,
      data: input.data,
      at: kernel.clock.now(),
    })
    writes.add({ scope: stackSignalScope(row.id), name: 'signals', add: 1 })
    writes.ring(stackTopic(row.stackId))
    await call.commit(writes, [row.id], null)
    return null
  },
})

async function unsetHook(call: Call, row: StackResource, name: StackHook): Promise<null> {
  const { kernel } = call
  const { hook } = row
  if (hook?.name !== name) {
    const problem = `The "${name}" hook is not defined on ${row.name}.`
    throw new CloudError('conflict', problem, { field: 'unsetHook' })
  }
  const stack = await fetchOne(call, stackKind, row.stackId, 'stackId')
  const lifted = [...row.lifted.filter(({ generation }) => generation === hook.generation), hook]
  const reason = `Hook ${name} is cleared`
  const writes = new Writes()
    .update(stackResourceKind, { ...row, hook: null, lifted })
    .insert(stackEventKind, resourceEvent(kernel, { ...row, reason }))
    .ring(stackTopic(row.stackId))
  if (stack.status === 'IN_PROGRESS') await planStackWork(call, writes, stack)
  await call.commit(writes, [row.id], null)
  return null
}

const unhealthyInput = z.strictObject({
  stackId: idField,
  name: nameField,
  /** False: it is well again. */
  unhealthy: z.boolean(),
  reason: z.string().max(limits.descriptionLength).default(''),
})

/**
 * Says that a resource is broken: the next update replaces it. Nothing is done to it now.
 *
 * @throws CloudError `conflict` while something is under way on it.
 */
export const stackResourceMark = defineOperation({
  id: 'stack.resource.mark',
  summary: 'Marks a resource of a stack as unhealthy, or as well again.',
  policy: { scope: 'project', role: 'member' },
  input: unhealthyInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof unhealthyInput>): Promise<StackResourceView> => {
    const row = await resourceOf(call, input.stackId, input.name)
    if (row.status === 'IN_PROGRESS' || row.action === 'INIT') {
      throw new CloudError('conflict', 'Something is under way on the resource.', { field: 'name' })
    }
    const isSame = input.unhealthy ? row.action === 'DELETE' : row.action !== 'CHECK'
    if (isSame) return commitUnchanged(call, stackResourceKind, row, [row.id], viewResource)
    const at = call.kernel.clock.now()
    const reason = input.reason || 'state changed by resource_mark_unhealthy api'
    const status = input.unhealthy ? 'FAILED' : 'COMPLETE'
    const marked: StackResource = { ...row, action: 'CHECK', status, reason, updatedAt: at }
    const writes = new Writes()
      .update(stackResourceKind, marked)
      .insert(stackEventKind, resourceEvent(call.kernel, marked))
      .ring(stackTopic(row.stackId))
    const view = viewResource(marked)
    await call.commit(writes, [row.id], view)
    return view
  },
})

async function requireRoom(call: Call, row: StackResource): Promise<void> {
  const [counter] = await call.kernel.store.counters([stackSignalScope(row.id)])
  if (!counter) throw notFound('resource of the stack', 'name')
  if (counter.value < counter.limit) return
  throw new CloudError('conflict', 'The resource has had as many signals as it takes.', {
    field: 'name',
    limit: counter.limit,
  })
}
