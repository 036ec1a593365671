import {
  CloudError,
  providerAllocations,
  providerCreate,
  providerDelete,
  providerGet,
  providerList,
  providerUpdate,
  type ProviderConsumer,
} from '@nephos/core'
import { providerBody, providerChange, providerNew } from '../../wire/placement/provider.ts'
import { badQuery, readMemberOf, readRequired, readResources } from '../../wire/placement/query.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { all, first, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { type AnyExchange, basePath, fresh, freshHeaders, providerOf } from './shared.ts'

/** Providers that one list shows: the interface knows no pages. */
const most = 10_000

/** Parameters of the list, and the microversions since which there are. */
const parameters: Readonly<Record<string, number>> = {
  name: 0,
  uuid: 0,
  member_of: 3,
  resources: 4,
  in_tree: 14,
  required: 18,
}

/** @throws CloudError `invalid`. */
function filterOf(query: RawQuery, version: number) {
  for (const key of Object.keys(query)) {
    if (version < (parameters[key] ?? Infinity)) {
      throw badQuery(key, 'Invalid query string parameters.')
    }
  }
  const resources = first(query, 'resources')
  const [name, id, inTree] = ['name', 'uuid', 'in_tree'].map((key) => first(query, key))
  return {
    ...readMemberOf(all(query, 'member_of'), 'member_of', version),
    ...readRequired(all(query, 'required'), 'required', version),
    ...(name !== undefined && { name }),
    ...(id !== undefined && { id }),
    ...(inTree !== undefined && { inTree }),
    ...(resources !== undefined && { resources: readResources(resources, 'resources') }),
  }
}

/** @throws CloudError `invalid`: parents are known since 1.14. */
function requireParents(body: { readonly parent_provider_uuid?: unknown }, version: number): void {
  if (version >= 14 || body.parent_provider_uuid === undefined) return
  throw new CloudError('invalid', 'Additional properties are not allowed.', {
    field: 'parent_provider_uuid',
  })
}

/** https://docs.openstack.org/api-ref/placement/#resource-providers */
export const providers: readonly EndpointRow[] = [
  endpoint({
    id: 'placement.providers.list',
    method: 'GET',
    path: '/resource_providers',
    summary: 'Lists providers of resources, hosts among them.',
    access: 'token',
    operations: [providerList],
    status: 200,
    async run(x) {
      const views = await x.invoke(providerList, { ...filterOf(x.query, x.version), limit: most })
      const bodies = views.map((view) => providerBody(view, basePath, x.version))
      return fresh(x, { resource_providers: bodies })
    },
  }),
  endpoint({
    id: 'placement.providers.create',
    method: 'POST',
    path: '/resource_providers',
    summary: 'Creates a provider of resources.',
    access: 'token',
    operations: [providerCreate],
    body: providerNew,
    status: 201,
    async run(x) {
      const { name, uuid, parent_provider_uuid: parentId } = x.body
      requireParents(x.body, x.version)
      const view = await x.invoke(providerCreate, {
        name,
        ...(uuid !== undefined && { id: uuid }),
        parentId: parentId ?? null,
      })
      const location = `${x.origin}${basePath}/resource_providers/${view.id}`
      if (x.version < 20) return { headers: { location } }
      const headers = { location, ...freshHeaders(x, view.updatedAt) }
      return json(providerBody(view, basePath, x.version), { status: 200, headers })
    },
  }),
  endpoint({
    id: 'placement.providers.show',
    method: 'GET',
    path: '/resource_providers/{uuid}',
    summary: 'Shows a provider of resources.',
    access: 'token',
    operations: [providerGet],
    status: 200,
    async run(x) {
      const view = await providerOf(x)
      return fresh(x, providerBody(view, basePath, x.version), view.updatedAt)
    },
  }),
  endpoint({
    id: 'placement.providers.update',
    method: 'PUT',
    path: '/resource_providers/{uuid}',
    summary: 'Renames a provider; moves it with what is beneath it.',
    access: 'token',
    operations: [providerGet, providerUpdate],
    body: providerChange,
    status: 200,
    async run(x) {
      requireParents(x.body, x.version)
      const { id } = await providerOf(x)
      const { name, parent_provider_uuid: parentId } = x.body
      // A provider that has a parent can be moved since 1.37.
      const onlyRoots = x.version < 37
      const view = await x.invoke(providerUpdate, {
        id,
        name,
        onlyRoots,
        ...(parentId !== undefined && { parentId }),
      })
      return fresh(x, providerBody(view, basePath, x.version), view.updatedAt)
    },
  }),
  endpoint({
    id: 'placement.providers.delete',
    method: 'DELETE',
    path: '/resource_providers/{uuid}',
    summary: 'Removes a provider of which nothing is used.',
    access: 'token',
    operations: [providerGet, providerDelete],
    status: 204,
    async run(x) {
      const { id } = await providerOf(x)
      await x.invoke(providerDelete, { id })
      return nothing
    },
  }),
  endpoint({
    id: 'placement.providers.allocations',
    method: 'GET',
    path: '/resource_providers/{uuid}/allocations',
    summary: 'Lists who takes of a provider, and what.',
    access: 'token',
    operations: [providerGet, providerAllocations],
    status: 200,
    async run(x) {
      const view = await providerOf(x)
      const rows = [
        ...(view.isHost ? await everyConsumer(x, view.id, 'servers') : []),
        ...(await everyConsumer(x, view.id, 'others')),
      ]
      return fresh(x, {
        resource_provider_generation: view.generation,
        allocations: consumersOf(rows, x.version),
      })
    },
  }),
]

async function everyConsumer(
  x: AnyExchange,
  id: string,
  of: 'servers' | 'others',
): Promise<ProviderConsumer[]> {
  const rows: ProviderConsumer[] = []
  const limit = 1_000
  for (let marker: string | undefined; rows.length < most;) {
    const after = marker === undefined ? {} : { marker }
    const page = await x.invoke(providerAllocations, { id, of, limit, ...after })
    rows.push(...page)
    marker = page.at(-1)?.id
    if (page.length < limit) break
  }
  return rows
}

/** A server whose resize stays on its host takes twice of it. */
function consumersOf(rows: readonly ProviderConsumer[], version: number): object {
  const consumers: Record<string, { resources: Record<string, number> }> = {}
  for (const { consumerId, generation, resources } of rows) {
    const one = (consumers[consumerId] ??= {
      resources: {},
      ...(version >= 28 && { consumer_generation: generation }),
    })
    for (const [name, amount] of Object.entries(resources)) {
      one.resources[name] = (one.resources[name] ?? 0) + amount
    }
  }
  return consumers
}
