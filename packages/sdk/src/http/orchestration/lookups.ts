import { isCloudError, stackFind } from '@nephos/core'
import { stackPath } from '../../wire/orchestration/stack.ts'
import { endpoint, type EndpointRow, type Method } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import type { Reply } from '../reply.ts'
import { noStack } from './stack-of.ts'

/** What of a stack may be asked for without its id, each where it is. */
const parts = [
  'resources',
  'events',
  'template',
  'environment',
  'files',
  'outputs',
  'actions',
  'snapshots',
]

const methods: readonly Method[] = ['GET', 'PUT', 'PATCH', 'DELETE']

/**
 * A stack by its name or id alone: the answer leads to where it is
 * (https://docs.openstack.org/api-ref/orchestration/v1/#find-stack).
 */
export const lookups: readonly EndpointRow[] = [
  ...methods.map((method) =>
    endpoint({
      id: `orchestration.stacks.find-${method.toLowerCase()}`,
      method,
      path: '/stacks/{stack_name}',
      summary: 'Finds a stack by its name or id.',
      access: 'token',
      operations: [stackFind],
      status: 302,
      run: (x) => found(x, ''),
    }),
  ),
  ...parts.map((part) =>
    endpoint({
      id: `orchestration.stacks.find-${part}`,
      method: part === 'actions' ? 'POST' : 'GET',
      path: `/stacks/{stack_name}/${part}`,
      summary: `Finds a stack by its name or id, for its ${part}.`,
      access: 'token',
      operations: [stackFind],
      status: 302,
      run: (x) => found(x, `/${part}`),
    }),
  ),
]

async function found(x: Exchange<unknown, unknown>, rest: string): Promise<Reply> {
  const name = x.param('stack_name')
  try {
    const stack = await x.invoke(stackFind, { name })
    const query = x.search.size > 0 ? `?${x.search.toString()}` : ''
    const location = `${x.url(stackPath(stack))}${rest}${query}`
    return { headers: { location }, json: {} }
  } catch (error) {
    if (isCloudError(error) && error.code === 'notFound') throw noStack(name)
    throw error
  }
}
