import {
  CloudError,
  volumeTypeAccessList,
  volumeTypeCreate,
  volumeTypeDelete,
  volumeTypeGet,
  volumeTypeGrant,
  volumeTypeList,
  volumeTypeRevoke,
  volumeTypeUpdate,
} from '@nephos/core'
import { z } from 'zod'
import {
  extraSpecsInput,
  typeBody,
  typeCreateBody,
  typeUpdateBody,
} from '../../wire/volume/volume-type.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, flag, pageOf } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { pageBody, seer } from './common.ts'

const taken = { conflict: 409 } as const
/** While it has volumes. */
const used = { conflict: 400 } as const
const projectInput = z.strictObject({ project: z.string() })

function shown(x: Exchange<unknown, unknown>): { readonly isAdmin: boolean } {
  return { isAdmin: x.operator !== undefined }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#volume-types-types */
export const types: readonly EndpointRow[] = [
  endpoint({
    id: 'volume.types.list',
    method: 'GET',
    path: '/types',
    summary: 'Lists the types of volumes.',
    access: 'token',
    operations: [volumeTypeList],
    status: 200,
    async run(x) {
      const isPublic = first(x.query, 'is_public')?.toLowerCase()
      const wanted = isPublic === 'none' ? undefined : flag(x.query, 'is_public')
      const rows = await x.invokeAs(seer(x), volumeTypeList, pageOf(x.query))
      const isListed = (row: { readonly isPublic: boolean }): boolean =>
        wanted === undefined || row.isPublic === wanted || !x.operator
      const items = rows.filter(isListed).map((row) => typeBody(row, shown(x)))
      const page = { name: 'volume_types', path: '/types', items, last: rows.at(-1)?.id }
      return json(pageBody(x, page))
    },
  }),
  endpoint({
    id: 'volume.types.default',
    method: 'GET',
    path: '/types/default',
    summary: 'Shows the type of volumes that name none.',
    access: 'token',
    operations: [volumeTypeList],
    status: 200,
    async run(x) {
      const rows = await x.invokeAs(seer(x), volumeTypeList, {})
      const type = rows.find(({ isDefault }) => isDefault)
      if (!type) throw new CloudError('notFound', 'There is no default volume type.')
      return json({ volume_type: typeBody(type, shown(x)) })
    },
  }),
  endpoint({
    id: 'volume.types.create',
    method: 'POST',
    path: '/types',
    summary: 'Creates a type of volumes.',
    access: 'token',
    operations: [volumeTypeCreate],
    statuses: taken,
    body: typeCreateBody,
    status: 200,
    async run(x) {
      const { name, description, extra_specs: specs = {}, ...rest } = x.body.volume_type
      const { extraSpecs, multiattach = false } = extraSpecsInput(specs)
      const kept = Object.entries(extraSpecs).flatMap(([key, value]) =>
        value === null ? [] : [[key, value] as const],
      )
      const type = await x.invoke(volumeTypeCreate, {
        name,
        description: description ?? '',
        isPublic: rest['os-volume-type-access:is_public'] ?? true,
        extraSpecs: Object.fromEntries(kept),
        multiattach,
      })
      const { qos_specs_id: _, ...body } = typeBody(type, shown(x))
      return json({ volume_type: { ...body, is_public: type.isPublic } })
    },
  }),
  endpoint({
    id: 'volume.types.get',
    method: 'GET',
    path: '/types/{volume_type_id}',
    summary: 'Shows a type of volumes.',
    access: 'token',
    operations: [volumeTypeGet],
    status: 200,
    async run(x) {
      const type = await x.invokeAs(seer(x), volumeTypeGet, { id: x.param('volume_type_id') })
      return json({ volume_type: typeBody(type, shown(x)) })
    },
  }),
  endpoint({
    id: 'volume.types.update',
    method: 'PUT',
    path: '/types/{volume_type_id}',
    summary: 'Names and describes a type of volumes.',
    access: 'token',
    operations: [volumeTypeUpdate],
    statuses: taken,
    body: typeUpdateBody,
    status: 200,
    async run(x) {
      const { name, description, is_public: isPublic } = x.body.volume_type
      const type = await x.invoke(volumeTypeUpdate, {
        id: x.param('volume_type_id'),
        ...(typeof name === 'string' && { name }),
        ...(typeof description === 'string' && { description }),
        ...(isPublic !== undefined && { isPublic }),
      })
      const {
        qos_specs_id: _,
        'os-volume-type-access:is_public': _public,
        ...body
      } = typeBody(type, shown(x))
      return json({ volume_type: body })
    },
  }),
  endpoint({
    id: 'volume.types.delete',
    method: 'DELETE',
    path: '/types/{volume_type_id}',
    summary: 'Deletes a type that no volume has.',
    access: 'token',
    operations: [volumeTypeDelete],
    statuses: used,
    status: 202,
    async run(x) {
      await x.invoke(volumeTypeDelete, { id: x.param('volume_type_id') })
      return nothing
    },
  }),
  endpoint({
    id: 'volume.types.action',
    method: 'POST',
    path: '/types/{volume_type_id}/action',
    summary: 'Lets a project use a private type, or no more.',
    access: 'token',
    operations: [volumeTypeGrant, volumeTypeRevoke, volumeTypeAccessList],
    statuses: taken,
    body: z.union([
      z.strictObject({ addProjectAccess: projectInput }),
      z.strictObject({ removeProjectAccess: projectInput }),
    ]),
    status: 202,
    async run(x) {
      x.requireOperator()
      const typeId = x.param('volume_type_id')
      if ('removeProjectAccess' in x.body) {
        await x.invoke(volumeTypeRevoke, { typeId, projectId: x.body.removeProjectAccess.project })
        return nothing
      }
      const { project: projectId } = x.body.addProjectAccess
      const granted = await x.invoke(volumeTypeAccessList, { typeId })
      if (granted.some((row) => row.projectId === projectId)) {
        throw new CloudError('conflict', 'The project has access.', { field: 'project' })
      }
      await x.invoke(volumeTypeGrant, { typeId, projectId })
      return nothing
    },
  }),
  endpoint({
    id: 'volume.types.access',
    method: 'GET',
    path: '/types/{volume_type_id}/os-volume-type-access',
    summary: 'Lists the projects that may use a private type.',
    access: 'token',
    operations: [volumeTypeAccessList],
    // A public type has no list.
    statuses: { conflict: 404 },
    status: 200,
    async run(x) {
      const rows = await x.invoke(volumeTypeAccessList, { typeId: x.param('volume_type_id') })
      const items = rows.map((row) => ({ volume_type_id: row.typeId, project_id: row.projectId }))
      return json({ volume_type_access: items })
    },
  }),
]
