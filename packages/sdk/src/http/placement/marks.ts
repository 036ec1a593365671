import {
  CloudError,
  providerGet,
  providerSetAggregates,
  providerSetTraits,
  type ProviderView,
} from '@nephos/core'
import { z } from 'zod'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { nothing } from '../reply.ts'
import { fresh, providerOf } from './shared.ts'

const uuids = z
  .array(z.uuid({ error: "is not a 'uuid'" }))
  .refine((ids) => new Set(ids).size === ids.length, 'has duplicates')

const aggregatesReplace = z.union([
  uuids,
  z.strictObject({ aggregates: uuids, resource_provider_generation: z.int() }),
])

const traitsReplace = z.strictObject({
  resource_provider_generation: z.int(),
  traits: z
    .array(z.string().regex(/^[A-Z0-9_]+$/))
    .refine((names) => new Set(names).size === names.length, 'has duplicates'),
})

function aggregatesBody({ aggregateIds, generation }: ProviderView, version: number): object {
  return {
    aggregates: aggregateIds,
    ...(version >= 19 && { resource_provider_generation: generation }),
  }
}

function traitsBody({ traits, generation }: ProviderView): object {
  return { traits, resource_provider_generation: generation }
}

/**
 * https://docs.openstack.org/api-ref/placement/#resource-provider-aggregates and
 * #resource-provider-traits
 */
export const marks: readonly EndpointRow[] = [
  endpoint({
    id: 'placement.aggregates.list',
    method: 'GET',
    path: '/resource_providers/{uuid}/aggregates',
    summary: 'Lists the aggregates of a provider.',
    since: 1,
    access: 'token',
    operations: [providerGet],
    status: 200,
    async run(x) {
      const view = await providerOf(x)
      return fresh(x, aggregatesBody(view, x.version), view.updatedAt)
    },
  }),
  endpoint({
    id: 'placement.aggregates.replace',
    method: 'PUT',
    path: '/resource_providers/{uuid}/aggregates',
    summary: 'Replaces the aggregates of a provider.',
    since: 1,
    access: 'token',
    operations: [providerGet, providerSetAggregates],
    body: aggregatesReplace,
    status: 200,
    async run(x) {
      const { body } = x
      const isList = Array.isArray(body)
      if (isList !== x.version < 19) {
        throw new CloudError('invalid', 'The body is not of the form of this version.', {
          field: 'aggregates',
        })
      }
      const { id } = await providerOf(x)
      const view = await x.invoke(providerSetAggregates, {
        id,
        aggregateIds: isList ? body : body.aggregates,
        ...(!isList && { generation: body.resource_provider_generation }),
      })
      return fresh(x, aggregatesBody(view, x.version), view.updatedAt)
    },
  }),
  endpoint({
    id: 'placement.providerTraits.list',
    method: 'GET',
    path: '/resource_providers/{uuid}/traits',
    summary: 'Lists the traits of a provider.',
    since: 6,
    access: 'token',
    operations: [providerGet],
    status: 200,
    async run(x) {
      const view = await providerOf(x)
      return fresh(x, traitsBody(view), view.updatedAt)
    },
  }),
  endpoint({
    id: 'placement.providerTraits.replace',
    method: 'PUT',
    path: '/resource_providers/{uuid}/traits',
    summary: 'Replaces the traits of a provider.',
    since: 6,
    access: 'token',
    operations: [providerGet, providerSetTraits],
    body: traitsReplace,
    status: 200,
    async run(x) {
      const { id } = await providerOf(x)
      const { resource_provider_generation: generation, traits } = x.body
      const view = await x.invoke(providerSetTraits, { id, generation, traits })
      return fresh(x, traitsBody(view), view.updatedAt)
    },
  }),
  endpoint({
    id: 'placement.providerTraits.clear',
    method: 'DELETE',
    path: '/resource_providers/{uuid}/traits',
    summary: 'Takes all traits from a provider.',
    since: 6,
    access: 'token',
    operations: [providerGet, providerSetTraits],
    status: 204,
    async run(x) {
      const { id } = await providerOf(x)
      await x.invoke(providerSetTraits, { id, traits: [] })
      return nothing
    },
  }),
]
