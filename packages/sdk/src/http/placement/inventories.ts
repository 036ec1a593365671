import { CloudError, providerGet, providerSetInventory, type ProviderView } from '@nephos/core'
import {
  inventoriesBody,
  inventoriesReplace,
  inventoryBody,
  inventoryInput,
  inventoryNew,
  inventoryReplace,
} from '../../wire/placement/provider.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json, nothing } from '../reply.ts'
import { fresh, freshHeaders, providerOf } from './shared.ts'

const operations = [providerGet, providerSetInventory]

/** One inventory, with the generation of its provider. */
function oneBody(view: ProviderView, name: string): object {
  const inventory = view.inventories[name]
  if (inventory) {
    return { resource_provider_generation: view.generation, ...inventoryBody(inventory) }
  }
  throw new CloudError('notFound', `No inventory of class ${name.slice(0, 255)} for ${view.id}.`, {
    field: 'resource_class',
  })
}

/** https://docs.openstack.org/api-ref/placement/#resource-provider-inventories */
export const inventories: readonly EndpointRow[] = [
  endpoint({
    id: 'placement.inventories.list',
    method: 'GET',
    path: '/resource_providers/{uuid}/inventories',
    summary: 'Lists what a provider has.',
    access: 'token',
    operations: [providerGet],
    status: 200,
    async run(x) {
      const view = await providerOf(x)
      return fresh(x, inventoriesBody(view), view.updatedAt)
    },
  }),
  endpoint({
    id: 'placement.inventories.create',
    method: 'POST',
    path: '/resource_providers/{uuid}/inventories',
    summary: 'Adds an inventory of a class to a provider.',
    access: 'token',
    operations,
    body: inventoryNew,
    status: 201,
    async run(x) {
      const { id } = await providerOf(x)
      const { resource_class: name, resource_provider_generation: generation, ...rest } = x.body
      const view = await x.invoke(providerSetInventory, {
        id,
        ...(generation !== undefined && { generation }),
        inventories: { [name]: inventoryInput(rest) },
        expect: 'new',
      })
      const location = x.url(`/resource_providers/${id}/inventories/${name}`)
      const headers = { location, ...freshHeaders(x, view.updatedAt) }
      return json(oneBody(view, name), { headers })
    },
  }),
  endpoint({
    id: 'placement.inventories.replace',
    method: 'PUT',
    path: '/resource_providers/{uuid}/inventories',
    summary: 'Replaces all that a provider has.',
    access: 'token',
    operations,
    body: inventoriesReplace,
    status: 200,
    async run(x) {
      const { id } = await providerOf(x)
      const view = await x.invoke(providerSetInventory, {
        id,
        generation: x.body.resource_provider_generation,
        replace: true,
        inventories: Object.fromEntries(
          Object.entries(x.body.inventories).map(([name, one]) => [name, inventoryInput(one)]),
        ),
      })
      return fresh(x, inventoriesBody(view), view.updatedAt)
    },
  }),
  endpoint({
    id: 'placement.inventories.clear',
    method: 'DELETE',
    path: '/resource_providers/{uuid}/inventories',
    summary: 'Removes all that a provider has.',
    since: 5,
    access: 'token',
    operations,
    status: 204,
    async run(x) {
      const { id } = await providerOf(x)
      await x.invoke(providerSetInventory, { id, replace: true, inventories: {} })
      return nothing
    },
  }),
  endpoint({
    id: 'placement.inventories.show',
    method: 'GET',
    path: '/resource_providers/{uuid}/inventories/{resource_class}',
    summary: 'Shows what a provider has of a class.',
    access: 'token',
    operations: [providerGet],
    status: 200,
    async run(x) {
      const view = await providerOf(x)
      return fresh(x, oneBody(view, x.param('resource_class')), view.updatedAt)
    },
  }),
  endpoint({
    id: 'placement.inventories.update',
    method: 'PUT',
    path: '/resource_providers/{uuid}/inventories/{resource_class}',
    summary: 'Changes what a provider has of a class.',
    access: 'token',
    operations,
    body: inventoryReplace,
    status: 200,
    async run(x) {
      const { id } = await providerOf(x)
      const name = x.param('resource_class')
      const { resource_provider_generation: generation, ...rest } = x.body
      const view = await x.invoke(providerSetInventory, {
        id,
        generation,
        inventories: { [name]: inventoryInput(rest) },
        expect: 'present',
      })
      return fresh(x, oneBody(view, name), view.updatedAt)
    },
  }),
  endpoint({
    id: 'placement.inventories.delete',
    method: 'DELETE',
    path: '/resource_providers/{uuid}/inventories/{resource_class}',
    summary: 'Removes what a provider has of a class.',
    access: 'token',
    operations,
    status: 204,
    async run(x) {
      const { id } = await providerOf(x)
      const name = x.param('resource_class')
      await x.invoke(providerSetInventory, { id, remove: [name] })
      return nothing
    },
  }),
]
