import {
  CloudError,
  type GroupType,
  groupTypeCreate,
  groupTypeDelete,
  groupTypeGet,
  groupTypeList,
  groupTypeUpdate,
} from '@nephos/core'
import { z } from 'zod'
import { textsField } from '../../wire/volume/common.ts'
import { groupTypeBody, groupTypeCreateBody, groupTypeUpdateBody } from '../../wire/volume/group.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, flag } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { listInput, named, pageBody, seer } from './common.ts'

const since = 11
const path = '/group_types/{group_type_id}'
const taken = { conflict: 409 } as const

const sortKeys = {
  id: 'id',
  name: 'name',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const
type SortKey = (typeof sortKeys)[keyof typeof sortKeys]

function inOrder(
  sort: readonly { readonly key: SortKey; readonly descending: boolean }[],
): (a: GroupType, b: GroupType) => number {
  return (a, b) => {
    for (const { key, descending } of sort) {
      if (a[key] !== b[key]) return a[key] < b[key] === descending ? 1 : -1
    }
    return 0
  }
}

function bodyOf(x: Exchange<unknown, unknown>, type: GroupType) {
  return groupTypeBody(type, { isAdmin: x.operator !== undefined })
}

function read(x: Exchange<unknown, unknown>): Promise<GroupType> {
  return x.invokeAs(seer(x), groupTypeGet, { id: x.param('group_type_id') })
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#group-types-group-types */
const types: readonly EndpointRow[] = [
  endpoint({
    id: 'volume.groupTypes.list',
    method: 'GET',
    path: '/group_types',
    summary: 'Lists the types of groups.',
    since,
    access: 'token',
    operations: [groupTypeList],
    status: 200,
    async run(x) {
      const isPublic = first(x.query, 'is_public')?.toLowerCase()
      const wanted = isPublic === 'none' ? undefined : flag(x.query, 'is_public')
      const { limit, marker, offset, sort } = listInput(x.query, sortKeys, 'createdAt')
      // They are few: all are read, and put in order here.
      const all = await x.invokeAs(seer(x), groupTypeList, {})
      const seen = all
        .filter((row) => wanted === undefined || row.isPublic === wanted)
        .sort(inOrder(sort))
      const from = marker === undefined ? 0 : seen.findIndex(({ id }) => id === marker) + 1
      const rows = seen.slice(from + offset, from + offset + limit)
      const items = rows.map((row) => bodyOf(x, row))
      const page = { name: 'group_types', path: '/group_types', items, last: rows.at(-1)?.id }
      return json(pageBody(x, page))
    },
  }),
  endpoint({
    id: 'volume.groupTypes.default',
    method: 'GET',
    path: '/group_types/default',
    summary: 'Shows the type of groups that name none: a group names one here.',
    since,
    access: 'token',
    operations: [groupTypeList],
    status: 200,
    run() {
      throw new CloudError('notFound', 'There is no default group type.')
    },
  }),
  endpoint({
    id: 'volume.groupTypes.create',
    method: 'POST',
    path: '/group_types',
    summary: 'Creates a type of groups.',
    since,
    access: 'token',
    operations: [groupTypeCreate],
    statuses: taken,
    body: groupTypeCreateBody,
    status: 202,
    async run(x) {
      const {
        name,
        is_public: isPublic = true,
        group_specs: specs = {},
        ...rest
      } = x.body.group_type
      const type = await x.invoke(groupTypeCreate, { ...named(rest), name, isPublic, specs })
      return json({ group_type: bodyOf(x, type) })
    },
  }),
  endpoint({
    id: 'volume.groupTypes.get',
    method: 'GET',
    path,
    summary: 'Shows a type of groups.',
    since,
    access: 'token',
    operations: [groupTypeGet],
    status: 200,
    run: async (x) => json({ group_type: bodyOf(x, await read(x)) }),
  }),
  endpoint({
    id: 'volume.groupTypes.update',
    method: 'PUT',
    path,
    summary: 'Names and describes a type of groups.',
    since,
    access: 'token',
    operations: [groupTypeUpdate],
    statuses: taken,
    body: groupTypeUpdateBody,
    status: 200,
    async run(x) {
      const { is_public: isPublic, ...fields } = x.body.group_type
      const type = await x.invoke(groupTypeUpdate, {
        id: x.param('group_type_id'),
        ...named(fields),
        ...(isPublic !== undefined && { isPublic }),
      })
      return json({ group_type: bodyOf(x, type) })
    },
  }),
  endpoint({
    id: 'volume.groupTypes.delete',
    method: 'DELETE',
    path,
    summary: 'Deletes a type that no group has.',
    since,
    access: 'token',
    operations: [groupTypeDelete],
    status: 202,
    async run(x) {
      await x.invoke(groupTypeDelete, { id: x.param('group_type_id') })
      return nothing
    },
  }),
]

const specsPath = `${path}/group_specs`
const common = { since, access: 'token', operations: [groupTypeGet, groupTypeUpdate] } as const

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-or-update-group-specs-for-a-group-type */
const specs: readonly EndpointRow[] = [
  endpoint({
    ...common,
    id: 'volume.groupSpecs.list',
    method: 'GET',
    path: specsPath,
    summary: 'Shows the specs of a type of groups.',
    status: 200,
    async run(x) {
      x.requireOperator()
      return json({ group_specs: (await read(x)).specs })
    },
  }),
  endpoint({
    ...common,
    id: 'volume.groupSpecs.create',
    method: 'POST',
    path: specsPath,
    summary: 'Sets specs of a type of groups.',
    body: z.strictObject({ group_specs: textsField }),
    status: 202,
    async run(x) {
      const { group_specs: added } = x.body
      await x.invoke(groupTypeUpdate, { id: x.param('group_type_id'), specs: added })
      return json({ group_specs: added })
    },
  }),
  endpoint({
    ...common,
    id: 'volume.groupSpecs.get',
    method: 'GET',
    path: `${specsPath}/{key}`,
    summary: 'Shows one spec of a type of groups.',
    status: 200,
    async run(x) {
      x.requireOperator()
      const key = x.param('key')
      return json({ [key]: specOf(await read(x), key) })
    },
  }),
  endpoint({
    ...common,
    id: 'volume.groupSpecs.set',
    method: 'PUT',
    path: `${specsPath}/{key}`,
    summary: 'Sets one spec of a type of groups.',
    body: textsField,
    status: 200,
    async run(x) {
      const key = x.param('key')
      const value = x.body[key]
      if (value === undefined || Object.keys(x.body).length !== 1) {
        return x.refuse(400, 'The body names another spec than the path.', 'key')
      }
      await x.invoke(groupTypeUpdate, { id: x.param('group_type_id'), specs: { [key]: value } })
      return json({ [key]: value })
    },
  }),
  endpoint({
    ...common,
    id: 'volume.groupSpecs.delete',
    method: 'DELETE',
    path: `${specsPath}/{key}`,
    summary: 'Removes one spec of a type of groups.',
    status: 202,
    async run(x) {
      x.requireOperator()
      const key = x.param('key')
      const type = await read(x)
      specOf(type, key)
      await x.invoke(groupTypeUpdate, { id: type.id, specs: { [key]: null } })
      return nothing
    },
  }),
]

function specOf(type: GroupType, key: string): string {
  const [, value] = Object.entries(type.specs).find(([name]) => name === key) ?? []
  if (value !== undefined) return value
  throw new CloudError('notFound', 'No such spec.', { field: 'key' })
}

/** Types of groups and their specs. */
export const groupTypes: readonly EndpointRow[] = [...types, ...specs]
