import type { OperationRow } from '@nephos/core'
import { CloudError } from '@nephos/core'
import type { Body } from '../../wire/network/fields.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { all } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import type { Asked } from './calls.ts'
import { answerList, type Collection, shown } from './collection.ts'
import { selected } from './criteria.ts'

/** What the endpoints that every noun has need to know. */
export interface Noun<T extends { readonly id: string }> extends Collection<T> {
  /** For ids of endpoints: `network.networks`. */
  readonly id: string
  /** For people: `network`, `networks`. */
  readonly title: string
  readonly titles: string
  readonly operations: { readonly list: OperationRow; readonly get: OperationRow }
  readonly get: (x: Asked, id: string) => Promise<T>
}

/** The body of one row. @throws CloudError `notFound` for one that is not to be seen. */
export async function bodyOf<T extends { readonly id: string }>(
  x: Asked,
  noun: Collection<T>,
  row: T,
): Promise<Body> {
  const [body] = await noun.bodies(x, [row], undefined)
  if (body) return body
  throw new CloudError('notFound', `No such ${noun.one}.`, { field: 'id' })
}

/** Lists, and shows one. */
export function readEndpoints<T extends { readonly id: string }>(
  noun: Noun<T>,
): readonly EndpointRow[] {
  const { operations, path } = noun
  return [
    endpoint({
      id: `${noun.id}.list`,
      method: 'GET',
      path,
      summary: `Lists ${noun.titles}.`,
      access: 'token',
      operations: [operations.list],
      status: 200,
      run: (x) => answerList(x, noun),
    }),
    endpoint({
      id: `${noun.id}.get`,
      method: 'GET',
      path: `${path}/{id}`,
      summary: `Shows a ${noun.title}.`,
      access: 'token',
      operations: [operations.get],
      status: 200,
      run: async (x) => {
        const body = await bodyOf(x, noun, await noun.get(x, x.param('id')))
        const fields = all(x.query, 'fields')
        const some = selected(body, fields.length === 0 ? undefined : new Set(fields))
        return json({ [noun.one]: shown(some, noun) })
      },
    }),
  ]
}

/** Deletes one. */
export function deleteEndpoint<T extends { readonly id: string }>(
  noun: Noun<T>,
  operations: readonly OperationRow[],
  remove: (x: Asked, id: string) => Promise<unknown>,
): EndpointRow {
  return endpoint({
    id: `${noun.id}.delete`,
    method: 'DELETE',
    path: `${noun.path}/{id}`,
    summary: `Deletes a ${noun.title}.`,
    access: 'token',
    operations,
    status: 204,
    run: async (x) => {
      await remove(x, x.param('id'))
      return nothing
    },
  })
}
