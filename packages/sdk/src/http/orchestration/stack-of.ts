import { CloudError, stackGet, type StackDetail } from '@nephos/core'
import type { Exchange } from '../exchange.ts'

/**
 * The stack that the path names by name and id.
 *
 * @throws CloudError `notFound`, also when the name is another stack's.
 */
export async function stackOf(
  x: Exchange<unknown, unknown>,
  options: { readonly outputs?: boolean } = {},
): Promise<StackDetail> {
  const stack = await x.invoke(stackGet, {
    id: x.param('stack_id'),
    outputs: options.outputs ?? false,
  })
  if (stack.name === x.param('stack_name')) return stack
  throw noStack(x.param('stack_name'))
}

/** That there is no stack of this name. */
export function noStack(name: string): CloudError {
  return new CloudError('notFound', `The Stack (${name.slice(0, 255)}) could not be found.`, {
    field: 'stack_name',
  })
}
