import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import type { JsonMap } from '../../model/stack/json.ts'
import { type Stack, stackKind } from '../../model/stack/stack.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { liveRows, type StackSource } from './read.ts'
import { begun } from './actions.ts'
import { commitRequest, requireAllowed } from './request.ts'
import { definitionOf } from './source.ts'
import { type StackResourceView, type StackView, viewResource, viewStack } from './view.ts'

/** All that a stack is: enough to make another one that takes over its resources. */
export interface StackExport {
  readonly stack: StackView
  readonly template: JsonMap
  /** Parameters are those that were given, hidden ones too: they are needed again. */
  readonly source: StackSource
  readonly resources: readonly StackResourceView[]
}

const idInput = z.strictObject({ id: idField })
type IdInput = z.infer<typeof idInput>

/** For those alone who may write: it tells hidden parameters. */
export const stackExport = defineOperation({
  id: 'stack.stack.export',
  summary: 'Shows all that a stack is, to be adopted elsewhere.',
  policy: { scope: 'project', role: 'member' },
  input: idInput,
  mutates: false,
  run: async (call: Call, { id }: IdInput): Promise<StackExport> =>
    exported(call, await fetchOne(call, stackKind, id)),
})

/**
 * Deletes a stack and leaves its resources as they are.
 *
 * @throws CloudError `conflict` while something is under way, or when there are stacks within.
 */
export const stackAbandon = defineOperation({
  id: 'stack.stack.abandon',
  summary: 'Deletes a stack and leaves its resources as they are.',
  policy: { scope: 'project', role: 'member' },
  input: idInput,
  mutates: true,
  run: async (call: Call, { id }: IdInput): Promise<StackExport> => {
    const stack = await fetchOne(call, stackKind, id)
    requireAllowed(stack, 'abandon')
    const answer = await exported(call, stack)
    if (stack.parentId !== null || answer.resources.some(({ isStack }) => isStack)) {
      throw new CloudError('conflict', 'Stacks within stacks are not abandoned.', { field: 'id' })
    }
    await commitRequest(call, stack, { ...begun(stack, 'DELETE'), abandoned: true }, { answer })
    return answer
  },
})

async function exported(call: Call, stack: Stack): Promise<StackExport> {
  const { template, parameters, registry, rules, files } = await definitionOf(call.kernel, stack)
  const rows = await liveRows(call.kernel, stack.id)
  return {
    stack: viewStack(stack, stack.rev),
    template,
    source: { parameters, registry, rules, files },
    resources: [...rows.values()].map((row) => viewResource(row)),
  }
}
