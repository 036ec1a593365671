import { isCloudError } from '../../../base/errors.ts'
import type { Kernel } from '../../../kernel.ts'
import type { Stack, StackDefinition } from '../../../model/stack/stack.ts'
import type { Actor } from '../../call.ts'
import { invoke, type Operation } from '../../operation.ts'
import { systemActor } from '../owner.ts'
import type { ResourceWork } from '../resources/type.ts'
import { keyOf } from './keys.ts'
import { nestedStacks } from './nested.ts'

/** What verbs of types may use while one step of a stack runs. */
export function resourceWork(
  kernel: Kernel,
  about: {
    readonly stack: Stack
    readonly actor: Actor
    readonly definition: StackDefinition | undefined
    readonly signal: AbortSignal
  },
): ResourceWork {
  const { stack, actor, definition, signal } = about
  const operator = systemActor(actor)
  const call = async <I, O, In>(
    operation: Operation<I, O, In>,
    input: In,
    key?: string,
  ): Promise<O> => {
    const as = (asking: Actor): Promise<O> =>
      invoke(kernel, asking, operation as Operation<I, O>, input, {
        signal,
        ...(key !== undefined && operation.mutates && { idempotencyKey: key }),
      })
    const { scope } = operation.policy
    if (!operator || scope === 'project') return await as(actor)
    if (scope === 'system') return await as(operator)
    try {
      return await as(actor)
    } catch (error) {
      // What an administrator's project has not, or may not, the administrator may.
      if (!isCloudError(error) || !['notFound', 'forbidden'].includes(error.code)) throw error
      return await as(operator)
    }
  }
  return {
    kernel,
    stack,
    signal,
    files: definition?.files ?? {},
    registry: definition?.registry ?? {},
    rules: definition?.rules ?? {},
    call,
    // A creation's key is in its row, before it is used.
    keyOf: (row, use) => (use === 'create' && row.key !== null ? row.key : keyOf(kernel, row, use)),
    nested: nestedStacks(kernel, { actor, signal, definition }),
  }
}
