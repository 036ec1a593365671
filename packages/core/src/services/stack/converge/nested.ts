import { isCloudError } from '../../../base/errors.ts'
import type { Kernel } from '../../../kernel.ts'
import type { JsonMap } from '../../../model/stack/json.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import type { Stack, StackDefinition } from '../../../model/stack/stack.ts'
import { limits } from '../../../base/limits.ts'
import type { Actor } from '../../call.ts'
import { invoke, type Operation } from '../../operation.ts'
import { stackDelete, stackResume, stackSuspend } from '../actions.ts'
import { stackCreateNested } from '../create.ts'
import { stackGet } from '../read.ts'
import type { NestedSource, NestedStacks } from '../resources/nested.ts'
import type { Result } from '../resources/result.ts'
import { stackUpdate } from '../update.ts'
import type { StackDetail } from '../view.ts'
import { outputErrorsKey } from '../plan/live.ts'
import { keyOf } from './keys.ts'

interface About {
  readonly actor: Actor
  readonly signal: AbortSignal
  readonly definition: StackDefinition | undefined
}

/** Stacks within a stack: each lives by itself, and the stack above follows it. */
export function nestedStacks(kernel: Kernel, about: About): NestedStacks {
  const { actor, signal } = about
  const call = <I, O>(operation: Operation<I, O>, input: unknown, key?: string): Promise<O> =>
    invoke(kernel, actor, operation, input, {
      signal,
      ...(key !== undefined && operation.mutates && { idempotencyKey: key }),
    })
  const get = (row: StackResource): Promise<StackDetail> =>
    call(stackGet, { id: row.physicalId ?? '' })
  const isAt = (stack: StackDetail, action: Stack['action']): boolean => stack.action === action
  return {
    create: async (parent, row, source) => {
      const input = {
        ...sourceInput(source),
        name: nestedName(parent, row),
        parentId: parent.id,
        facade: facadeOf(row),
        registry: source.registry,
        rules: source.rules,
      }
      const view = await call(stackCreateNested, input, row.key ?? keyOf(kernel, row, 'create'))
      return { state: 'pending', physicalId: view.id }
    },
    update: async (_, row, source) => {
      const registry = { ...source.registry, resources: source.rules }
      const environments = [JSON.stringify({ resource_registry: registry })]
      const input = { ...sourceInput(source), id: row.physicalId ?? '', environments }
      await call(stackUpdate, input, keyOf(kernel, row, 'update'))
      return { state: 'pending' }
    },
    poll: async (_, row) => standing(await get(row)),
    remove: async (_, row) => {
      try {
        const stack = await get(row)
        const isFailed = isAt(stack, 'DELETE') && stack.status === 'FAILED' && row.step === 'wait'
        if (isFailed) return { state: 'failed', reason: stack.reason }
        if (!isAt(stack, 'DELETE') || stack.status === 'FAILED') {
          await call(stackDelete, { id: stack.id }, keyOf(kernel, row, 'delete'))
        }
        return { state: 'pending' }
      } catch (error) {
        if (isCloudError(error) && error.code === 'notFound') return { state: 'done' }
        throw error
      }
    },
    suspend: async (_, row) => {
      const stack = await get(row)
      if (isAt(stack, 'SUSPEND')) return standing(stack)
      await call(stackSuspend, { id: stack.id }, keyOf(kernel, row, 'suspend'))
      return { state: 'pending' }
    },
    resume: async (_, row) => {
      const stack = await get(row)
      if (!isAt(stack, 'SUSPEND')) return standing(stack)
      await call(stackResume, { id: stack.id }, keyOf(kernel, row, 'resume'))
      return { state: 'pending' }
    },
  }
}

function sourceInput(source: NestedSource) {
  const { template, parameters, files, timeoutMs } = source
  return {
    template,
    parameters,
    files,
    timeoutMinutes: Math.max(1, Math.floor(timeoutMs / 60_000)),
  }
}

function standing(stack: StackDetail): Result {
  if (stack.status === 'IN_PROGRESS') return { state: 'pending' }
  if (stack.status === 'FAILED') return { state: 'failed', reason: stack.reason }
  if (stack.action === 'ROLLBACK') return { state: 'failed', reason: 'It was rolled back.' }
  const outputs: JsonMap = Object.fromEntries(stack.outputs.map(({ name, value }) => [name, value]))
  const wrong: JsonMap = Object.fromEntries(
    stack.outputs.flatMap(({ name, error }) => (error === null ? [] : [[name, error]])),
  )
  const attributes = { ...outputs, outputs, stack_name: stack.name }
  const hasWrong = Object.keys(wrong).length > 0
  return {
    state: 'done',
    attributes: hasWrong ? { ...attributes, [outputErrorsKey]: wrong } : attributes,
  }
}

/** Unlike any other: it ends with a part of the row's id. */
function nestedName(parent: Stack, row: StackResource): string {
  const own = row.name.replaceAll(/[^A-Za-z0-9_.-]/g, '-')
  const tail = row.id.slice(-12)
  return `${`${parent.name}-${own}`.slice(0, limits.nameLength - tail.length - 1)}-${tail}`
}

function facadeOf(row: StackResource): JsonMap {
  return { metadata: row.metadata, deletion_policy: row.deletionPolicy, update_policy: {} }
}
