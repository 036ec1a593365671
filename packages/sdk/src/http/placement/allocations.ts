import { allocationGet, allocationSet, CloudError, reshape } from '@nephos/core'
import { z } from 'zod'
import {
  allocationsBody,
  consumerBody,
  consumersBody,
  orderOf,
} from '../../wire/placement/consumer.ts'
import { inventoriesReplace, inventoryInput } from '../../wire/placement/provider.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { nothing } from '../reply.ts'
import { fresh, requireUuid } from './shared.ts'

const reshapeBody = z.strictObject({
  inventories: z.record(z.uuid(), inventoriesReplace),
  allocations: consumersBody,
})

/** https://docs.openstack.org/api-ref/placement/#allocations and #reshaper */
export const allocations: readonly EndpointRow[] = [
  endpoint({
    id: 'placement.allocations.show',
    method: 'GET',
    path: '/allocations/{consumer_uuid}',
    summary: 'Shows what a consumer takes.',
    access: 'token',
    operations: [allocationGet],
    status: 200,
    async run(x) {
      const id = requireUuid(x.param('consumer_uuid'))
      const view = await x.invoke(allocationGet, { id })
      return fresh(x, allocationsBody(view, x.version))
    },
  }),
  endpoint({
    id: 'placement.allocations.replace',
    method: 'PUT',
    path: '/allocations/{consumer_uuid}',
    summary: 'Replaces what a consumer takes.',
    access: 'token',
    operations: [allocationSet],
    body: consumerBody,
    status: 204,
    async run(x) {
      const id = requireUuid(x.param('consumer_uuid'))
      await x.invoke(allocationSet, { consumers: [orderOf(id, x.body, x.version)] })
      return nothing
    },
  }),
  endpoint({
    id: 'placement.allocations.replaceMany',
    method: 'POST',
    path: '/allocations',
    summary: 'Replaces what several consumers take, all or none.',
    since: 13,
    access: 'token',
    operations: [allocationSet],
    body: consumersBody,
    status: 204,
    async run(x) {
      const orders = Object.entries(x.body).map(([id, body]) =>
        orderOf(id, body, x.version, { mayBeEmpty: true }),
      )
      await x.invoke(allocationSet, { consumers: orders })
      return nothing
    },
  }),
  endpoint({
    id: 'placement.allocations.delete',
    method: 'DELETE',
    path: '/allocations/{consumer_uuid}',
    summary: 'Takes all from a consumer.',
    access: 'token',
    operations: [allocationGet, allocationSet],
    status: 204,
    async run(x) {
      const id = requireUuid(x.param('consumer_uuid'))
      const view = await x.invoke(allocationGet, { id })
      if (!view) {
        throw new CloudError('notFound', `No allocations for consumer '${id}'.`, {
          field: 'consumer_uuid',
        })
      }
      const { projectId, userId, generation } = view
      // A server's are refused by the operation, whatever its generation.
      const order = { id, projectId, userId, generation, allocations: [] }
      await x.invoke(allocationSet, { consumers: [order] })
      return nothing
    },
  }),
  endpoint({
    id: 'placement.reshaper.run',
    method: 'POST',
    path: '/reshaper',
    summary: 'Changes inventories and what is taken of them together.',
    since: 30,
    access: 'token',
    operations: [reshape],
    body: reshapeBody,
    status: 204,
    async run(x) {
      const providers = Object.entries(x.body.inventories).map(([id, body]) => ({
        id,
        generation: body.resource_provider_generation,
        inventories: Object.fromEntries(
          Object.entries(body.inventories).map(([name, one]) => [name, inventoryInput(one)]),
        ),
      }))
      const consumers = Object.entries(x.body.allocations).map(([id, body]) =>
        orderOf(id, body, x.version),
      )
      await x.invoke(reshape, { providers, consumers })
      return nothing
    },
  }),
]
