import {
  metadefCreate,
  metadefDelete,
  metadefGet,
  metadefList,
  type MetadefNamespace,
  metadefUpdate,
} from '@nephos/core'
import {
  namespaceBody,
  namespaceCreateBody,
  namespaceInput,
  namespaceSummary,
  namespaceView,
} from '../../wire/image/metadef.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, nextUrl, pageOf, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { definitionsOf, metadefReader } from './metadef-parts.ts'

const place = '/metadefs/namespaces'
const keys = { namespace: 'namespace', created_at: 'createdAt', updated_at: 'updatedAt' } as const

/** As many as there may be at all. */
const every = { limit: 1_000 }

async function found(x: Exchange<RawQuery, undefined>): Promise<readonly MetadefNamespace[]> {
  const types = first(x.query, 'resource_types')
  const visibility = first(x.query, 'visibility')
  const key = Object.entries(keys).find(([name]) => name === first(x.query, 'sort_key'))
  const by = key?.[1] ?? 'createdAt'
  const sign = first(x.query, 'sort_dir') === 'asc' ? 1 : -1
  const rows = await x.invokeAs(metadefReader(x), metadefList, {
    ...every,
    ...(visibility === 'public' || visibility === 'private' ? { visibility } : {}),
    ...(types !== undefined && { resourceTypes: types.split(',') }),
  })
  return rows.toSorted((a, b) => sign * (a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : 0))
}

/** https://docs.openstack.org/api-ref/image/v2/metadefs-index.html#metadata-definition-namespaces */
export const imageMetadefs: readonly EndpointRow[] = [
  endpoint({
    id: 'image.metadefs.list',
    method: 'GET',
    path: place,
    summary: 'Lists namespaces of definitions of metadata.',
    access: 'token',
    operations: [metadefList],
    status: 200,
    async run(x) {
      const { limit, marker } = pageOf(x.query)
      const rows = await found(x)
      const from = rows.findIndex(({ namespace }) => namespace === marker) + 1
      if (marker !== undefined && from === 0) return x.refuse(400, 'marker: is unknown.', 'marker')
      const page = rows.slice(from, from + limit)
      const last = from + limit < rows.length ? page.at(-1) : undefined
      return json({
        namespaces: page.map(namespaceSummary),
        first: `/v2${place}`,
        ...(last && { next: nextUrl(`/v2${place}`, x.search, last.namespace) }),
        schema: '/v2/schemas/metadefs/namespaces',
      })
    },
  }),
  endpoint({
    id: 'image.metadefs.create',
    method: 'POST',
    path: place,
    summary: 'Creates a namespace of definitions of metadata.',
    access: 'token',
    operations: [metadefCreate],
    body: namespaceCreateBody,
    status: 201,
    async run(x) {
      const operator = x.requireOperator()
      const { namespace } = x.body
      const projectId = x.body.owner ?? x.projectId
      const fields = { ...namespaceInput(x.body), namespace, projectId }
      const definitions = [...definitionsOf(x.body)]
      const row = await x.invokeAs(operator, metadefCreate, { ...fields, definitions })
      return json(namespaceView(row), { headers: { location: x.url(`${place}/${namespace}`) } })
    },
  }),
  endpoint({
    id: 'image.metadefs.get',
    method: 'GET',
    path: `${place}/{namespace}`,
    summary: 'Shows a namespace with all that it defines.',
    access: 'token',
    operations: [metadefGet],
    status: 200,
    async run(x) {
      const namespace = x.param('namespace')
      const row = await x.invokeAs(metadefReader(x), metadefGet, { namespace })
      return json(namespaceView(row, first(x.query, 'resource_type')))
    },
  }),
  endpoint({
    id: 'image.metadefs.update',
    method: 'PUT',
    path: `${place}/{namespace}`,
    summary: 'Names and describes a namespace.',
    access: 'token',
    operations: [metadefUpdate],
    body: namespaceBody,
    status: 200,
    async run(x) {
      const row = await x.invokeAs(x.requireOperator(), metadefUpdate, {
        namespace: x.param('namespace'),
        rename: x.body.namespace,
        ...namespaceInput(x.body),
      })
      return json(namespaceSummary(row))
    },
  }),
  endpoint({
    id: 'image.metadefs.delete',
    method: 'DELETE',
    path: `${place}/{namespace}`,
    summary: 'Deletes a namespace with all that it defines.',
    access: 'token',
    operations: [metadefDelete],
    status: 204,
    async run(x) {
      await x.invokeAs(x.requireOperator(), metadefDelete, { namespace: x.param('namespace') })
      return nothing
    },
  }),
]
