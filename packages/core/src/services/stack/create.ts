import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Draft } from '../../model/kind.ts'
import { stackResourceScope } from '../../model/stack/resource.ts'
import {
  type Stack,
  stackDefinitionKind,
  stackEventKind,
  stackKind,
} from '../../model/stack/stack.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { idField } from '../fields.ts'
import { openCounter } from '../network/counters.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import { stackEvent } from './events.ts'
import { createFields, createInput, type CreateInput } from './input.ts'
import { planStackWork } from './order.ts'
import { ownerOfCall } from './owner.ts'
import { Plan } from './plan/plan.ts'
import { definitionRow, readSource, timeoutMsOf } from './source.ts'
import { type StackView, viewStack } from './view.ts'
import type { JsonMap } from '../../model/stack/json.ts'

/**
 * Creates a stack. Everything that can be wrong with its template is told now; its resources are
 * then made by durable work.
 *
 * @throws CloudError `invalid` with the path in the template; `conflict` for a name that is taken;
 *   `quotaExceeded`.
 */
export const stackCreate = defineOperation({
  id: 'stack.stack.create',
  summary: 'Creates a stack from a template.',
  policy: { scope: 'project', role: 'member' },
  input: createInput,
  mutates: true,
  run: (call: Call, { adopted, ...input }: CreateInput): Promise<StackView> =>
    createStack(call, input, { nesting: null, adopted }),
})

const nestedInput = z.strictObject({
  ...createFields,
  parentId: idField,
  facade: z.record(z.string(), z.unknown()),
  /** What the stack above names types by: it counts here too. */
  registry: z.record(z.string(), z.string()),
  rules: z.record(z.string(), z.unknown()),
})
type NestedInput = z.infer<typeof nestedInput>

/** Creates a stack that is a resource of another one: for the work of that one alone. */
export const stackCreateNested = defineOperation({
  id: 'stack.stack.createNested',
  summary: 'Creates a stack within a stack.',
  policy: { scope: 'project', role: 'member' },
  input: nestedInput,
  mutates: true,
  run: async (call: Call, input: NestedInput): Promise<StackView> => {
    const parent = await fetchOne(call, stackKind, input.parentId, 'parentId')
    if (parent.depth + 1 > limits.stackDepth) {
      throw new CloudError('invalid', 'template: stacks are nested too deeply.', {
        field: 'template',
        limit: limits.stackDepth,
      })
    }
    const nesting = {
      parent,
      facade: input.facade as JsonMap,
      registry: input.registry,
      rules: input.rules as JsonMap,
    }
    return createStack(call, input, { nesting, adopted: undefined })
  },
})

interface Nesting {
  readonly parent: Stack
  readonly facade: JsonMap
  readonly registry: Readonly<Record<string, string>>
  readonly rules: JsonMap
}

interface From {
  readonly nesting: Nesting | null
  readonly adopted: Readonly<Record<string, string>> | undefined
}

async function createStack(
  call: Call,
  input: Omit<CreateInput, 'adopted'>,
  { nesting, adopted }: From,
): Promise<StackView> {
  const { kernel, projectId } = call
  const own = readSource(input, nesting?.facade ?? null)
  const source = {
    ...own,
    registry: { ...nesting?.registry, ...own.registry },
    rules: { ...nesting?.rules, ...own.rules },
    ...(adopted && { adopted }),
  }
  const id = kernel.ids.next()
  const plan = new Plan(source, { id, name: input.name, projectId }, kernel.digest)
  plan.validate()
  await requireFreeName(call, input.name)
  await checkQuota(kernel, projectId, { stacks: 1 })
  const definition = definitionRow(kernel, id, source)
  const at = kernel.clock.now()
  const timeoutMs = timeoutMsOf(input.timeoutMinutes)
  const stack: Draft<Stack> = {
    ...{ id, projectId, name: input.name, tags: input.tags },
    description: plan.template.description,
    owner: await ownerOfCall(call),
    action: adopted ? 'ADOPT' : 'CREATE',
    status: 'IN_PROGRESS',
    reason: '',
    generation: 1,
    definitionId: definition.id,
    completeId: null,
    rollback: input.rollback,
    cancelled: false,
    ...{ timeoutMs, deadline: at + timeoutMs },
    parentId: nesting?.parent.id ?? null,
    depth: nesting ? nesting.parent.depth + 1 : 1,
    requestId: call.requestId,
    ...{ createdAt: at, updatedAt: at },
  }
  const writes = new Writes()
    .insert(stackKind, stack)
    .insert(stackDefinitionKind, definition)
    .insert(stackEventKind, stackEvent(kernel, stack))
  openCounter(writes, stackResourceScope(id), 'resources')
  chargeQuota(writes, projectId, { stacks: 1 })
  await planStackWork(call, writes, stack)
  const view = viewStack(stack, 1)
  await call.commit(writes, [id], view)
  return view
}

/** @throws CloudError `conflict`. */
async function requireFreeName(call: Call, name: string): Promise<void> {
  const key = [call.projectId, name]
  const [taken] = await call.kernel.store.lookup(stackKind, 'byName', [key])
  if (!taken) return
  throw new CloudError('conflict', 'The name is taken by another stack.', { field: 'name' })
}
