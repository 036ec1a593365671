import type { Kernel } from '../../../kernel.ts'
import type { Stack, StackDefinition } from '../../../model/stack/stack.ts'
import type { Actor } from '../../call.ts'
import { invoke, type Operation } from '../../operation.ts'
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
  const call = <I, O, In>(operation: Operation<I, O, In>, input: In, key?: string): Promise<O> =>
    invoke(kernel, actor, operation as Operation<I, O>, input, {
      signal,
      ...(key !== undefined && operation.mutates && { idempotencyKey: key }),
    })
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
