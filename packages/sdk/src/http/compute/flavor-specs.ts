import {
  CloudError,
  flavorAccessGrant,
  flavorAccessList,
  flavorAccessRevoke,
  flavorGet,
  flavorUpdate,
} from '@nephos/core'
import { accessChange, extraSpecChange, extraSpecsNew } from '../../wire/compute/flavor.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json, nothing } from '../reply.ts'
import { readFlavor } from './flavors.ts'

const specs: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.flavorSpecs.list',
    method: 'GET',
    path: '/flavors/{flavor_id}/os-extra_specs',
    summary: 'Lists the extra specs of a flavor.',
    access: 'token',
    operations: [flavorGet],
    status: 200,
    run: async (x) => json({ extra_specs: (await readFlavor(x)).extraSpecs }),
  }),
  endpoint({
    id: 'compute.flavorSpecs.create',
    method: 'POST',
    path: '/flavors/{flavor_id}/os-extra_specs',
    summary: 'Sets extra specs of a flavor.',
    access: 'token',
    operations: [flavorGet, flavorUpdate],
    body: extraSpecsNew,
    status: 200,
    async run(x) {
      x.requireOperator()
      const { id } = await readFlavor(x)
      await x.invoke(flavorUpdate, { id, extraSpecs: x.body.extra_specs })
      return json({ extra_specs: x.body.extra_specs })
    },
  }),
  endpoint({
    id: 'compute.flavorSpecs.show',
    method: 'GET',
    path: '/flavors/{flavor_id}/os-extra_specs/{key}',
    summary: 'Shows an extra spec of a flavor.',
    access: 'token',
    operations: [flavorGet],
    status: 200,
    async run(x) {
      const key = x.param('key')
      return json({ [key]: await specOf(x, key) })
    },
  }),
  endpoint({
    id: 'compute.flavorSpecs.update',
    method: 'PUT',
    path: '/flavors/{flavor_id}/os-extra_specs/{key}',
    summary: 'Changes an extra spec of a flavor.',
    access: 'token',
    operations: [flavorGet, flavorUpdate],
    body: extraSpecChange,
    status: 200,
    async run(x) {
      x.requireOperator()
      const key = x.param('key')
      if (!Object.hasOwn(x.body, key)) {
        throw new CloudError('invalid', 'Request body and URI mismatch', { field: 'key' })
      }
      const { id } = await readFlavor(x)
      await x.invoke(flavorUpdate, { id, extraSpecs: x.body })
      return json(x.body)
    },
  }),
  endpoint({
    id: 'compute.flavorSpecs.delete',
    method: 'DELETE',
    path: '/flavors/{flavor_id}/os-extra_specs/{key}',
    summary: 'Removes an extra spec of a flavor.',
    access: 'token',
    operations: [flavorGet, flavorUpdate],
    status: 200,
    async run(x) {
      x.requireOperator()
      const key = x.param('key')
      await specOf(x, key)
      const { id } = await readFlavor(x)
      await x.invoke(flavorUpdate, { id, extraSpecs: { [key]: null } })
      return nothing
    },
  }),
]

async function specOf(x: Exchange<unknown, unknown>, key: string): Promise<string> {
  const { id, extraSpecs } = await readFlavor(x)
  const value = Object.hasOwn(extraSpecs, key) ? extraSpecs[key] : undefined
  if (value !== undefined) return value
  throw new CloudError(
    'notFound',
    `Flavor ${id} has no extra specs with key ${key.slice(0, 255)}.`,
    { field: 'key' },
  )
}

async function accessBody(x: Exchange<unknown, unknown>, id: string): Promise<object> {
  const rows = await x.invoke(flavorAccessList, { flavorId: id })
  return {
    flavor_access: rows.map(({ projectId }) => ({ flavor_id: id, tenant_id: projectId })),
  }
}

const access: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.flavorAccess.list',
    method: 'GET',
    path: '/flavors/{flavor_id}/os-flavor-access',
    summary: 'Lists the projects that may use a private flavor.',
    access: 'token',
    operations: [flavorGet, flavorAccessList],
    status: 200,
    async run(x) {
      x.requireOperator()
      const { id, isPublic } = await readFlavor(x)
      if (isPublic) {
        throw new CloudError('notFound', 'Access list not available for public flavors.', {
          field: 'flavor_id',
        })
      }
      return json(await accessBody(x, id))
    },
  }),
  endpoint({
    id: 'compute.flavorAccess.change',
    method: 'POST',
    path: '/flavors/{flavor_id}/action',
    summary: 'Lets a project use a private flavor, or lets it no longer.',
    access: 'token',
    operations: [flavorGet, flavorAccessGrant, flavorAccessRevoke, flavorAccessList],
    body: accessChange,
    status: 200,
    async run(x) {
      x.requireOperator()
      const { id: flavorId, isPublic } = await readFlavor(x)
      const { body } = x
      if ('addTenantAccess' in body) {
        if (isPublic) {
          throw new CloudError('conflict', 'Can not add access to a public flavor.', {
            field: 'flavor_id',
          })
        }
        const projectId = body.addTenantAccess.tenant
        const rows = await x.invoke(flavorAccessList, { flavorId })
        if (rows.some((row) => row.projectId === projectId)) {
          throw new CloudError('conflict', `Flavor access already exists for ${projectId}.`, {
            field: 'tenant',
          })
        }
        await x.invoke(flavorAccessGrant, { flavorId, projectId })
      } else {
        const projectId = body.removeTenantAccess.tenant
        await x.invoke(flavorAccessRevoke, { flavorId, projectId })
      }
      return json(await accessBody(x, flavorId))
    },
  }),
]

/** https://docs.openstack.org/api-ref/compute/#flavors-extra-specs-flavors-os-extra-specs */
export const flavorSpecs: readonly EndpointRow[] = [...specs, ...access]
