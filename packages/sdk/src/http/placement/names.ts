import {
  CloudError,
  resourceClassCreate,
  resourceClassDelete,
  resourceClassList,
  traitCreate,
  traitDelete,
  traitList,
} from '@nephos/core'
import { z } from 'zod'
import { badQuery } from '../../wire/placement/query.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first, flag, type RawQuery } from '../paging.ts'
import { nothing } from '../reply.ts'
import { type AnyExchange, basePath, fresh, freshHeaders } from './shared.ts'

function classBody(name: string): object {
  return { name, links: [{ rel: 'self', href: `${basePath}/resource_classes/${name}` }] }
}

/** @throws CloudError `notFound`. */
async function requireClass(x: AnyExchange, name: string): Promise<void> {
  const rows = await x.invoke(resourceClassList, {})
  if (rows.some((row) => row.name === name)) return
  throw new CloudError('notFound', `No such resource class ${name.slice(0, 255)}.`, {
    field: 'name',
  })
}

/** @throws CloudError `invalid` for a name that the deletion of one may not have. */
function requireCustom(name: string, noun: string): void {
  if (/^CUSTOM_[A-Z0-9_]+$/.test(name)) return
  throw new CloudError('invalid', `Cannot delete standard ${noun} ${name.slice(0, 255)}.`, {
    field: 'name',
  })
}

function traitFilter(query: RawQuery): (name: string) => boolean {
  const text = first(query, 'name')
  if (text === undefined) return () => true
  if (text.startsWith('in:')) {
    const names = new Set(text.slice(3).split(','))
    return (name) => names.has(name)
  }
  if (!text.startsWith('startswith:')) {
    throw badQuery('name', 'Badly formatted name parameter: expected in: or startswith:.')
  }
  const prefix = text.slice('startswith:'.length)
  return (name) => name.startsWith(prefix)
}

const classes: readonly EndpointRow[] = [
  endpoint({
    id: 'placement.resourceClasses.list',
    method: 'GET',
    path: '/resource_classes',
    summary: 'Lists resource classes.',
    since: 2,
    access: 'token',
    operations: [resourceClassList],
    status: 200,
    async run(x) {
      const rows = await x.invoke(resourceClassList, {})
      return fresh(x, { resource_classes: rows.map(({ name }) => classBody(name)) })
    },
  }),
  endpoint({
    id: 'placement.resourceClasses.create',
    method: 'POST',
    path: '/resource_classes',
    summary: 'Defines a resource class.',
    since: 2,
    access: 'token',
    operations: [resourceClassCreate],
    body: z.strictObject({
      name: z
        .string()
        .min(1)
        .max(255)
        .regex(/^CUSTOM_[A-Z0-9_]+$/),
    }),
    status: 201,
    async run(x) {
      const { name } = x.body
      const { created } = await x.invoke(resourceClassCreate, { name })
      if (!created) {
        throw new CloudError('conflict', `Conflicting resource class already exists: ${name}.`, {
          field: 'name',
        })
      }
      return { headers: { location: x.url(`/resource_classes/${name}`) } }
    },
  }),
  endpoint({
    id: 'placement.resourceClasses.show',
    method: 'GET',
    path: '/resource_classes/{name}',
    summary: 'Shows a resource class.',
    since: 2,
    access: 'token',
    operations: [resourceClassList],
    status: 200,
    async run(x) {
      const name = x.param('name')
      await requireClass(x, name)
      return fresh(x, classBody(name))
    },
  }),
  endpoint({
    id: 'placement.resourceClasses.ensure',
    method: 'PUT',
    path: '/resource_classes/{name}',
    summary: 'Defines a resource class unless it is there.',
    since: 7,
    access: 'token',
    operations: [resourceClassCreate],
    status: 201,
    async run(x) {
      const name = x.param('name')
      const { created } = await x.invoke(resourceClassCreate, { name })
      const location = x.url(`/resource_classes/${name}`)
      return { status: created ? 201 : 204, headers: { location } }
    },
  }),
  endpoint({
    id: 'placement.resourceClasses.delete',
    method: 'DELETE',
    path: '/resource_classes/{name}',
    summary: 'Removes a resource class that nobody has.',
    since: 2,
    access: 'token',
    operations: [resourceClassList, resourceClassDelete],
    status: 204,
    async run(x) {
      const name = x.param('name')
      await requireClass(x, name)
      requireCustom(name, 'resource class')
      await x.invoke(resourceClassDelete, { name })
      return nothing
    },
  }),
]

const traits: readonly EndpointRow[] = [
  endpoint({
    id: 'placement.traits.list',
    method: 'GET',
    path: '/traits',
    summary: 'Lists traits.',
    since: 6,
    access: 'token',
    operations: [traitList],
    status: 200,
    async run(x) {
      const known = ['name', 'associated']
      const odd = Object.keys(x.query).find((key) => !known.includes(key))
      if (odd !== undefined) throw badQuery(odd, 'Invalid query string parameters.')
      const keep = traitFilter(x.query)
      const associated = flag(x.query, 'associated')
      const rows = await x.invoke(traitList, { used: associated === true })
      const names = rows.map(({ name }) => name).filter(keep)
      if (associated !== false) return fresh(x, { traits: names.toSorted() })
      const used = new Set((await x.invoke(traitList, { used: true })).map(({ name }) => name))
      return fresh(x, { traits: names.filter((name) => !used.has(name)).toSorted() })
    },
  }),
  endpoint({
    id: 'placement.traits.show',
    method: 'GET',
    path: '/traits/{name}',
    summary: 'Says that a trait is there.',
    since: 6,
    access: 'token',
    operations: [traitList],
    status: 204,
    async run(x) {
      const name = x.param('name')
      const rows = await x.invoke(traitList, {})
      if (rows.some((row) => row.name === name)) return { headers: freshHeaders(x) }
      throw new CloudError('notFound', `No such trait(s): ${name.slice(0, 255)}.`, {
        field: 'name',
      })
    },
  }),
  endpoint({
    id: 'placement.traits.ensure',
    method: 'PUT',
    path: '/traits/{name}',
    summary: 'Defines a trait unless it is there.',
    since: 6,
    access: 'token',
    operations: [traitCreate],
    status: 201,
    async run(x) {
      const name = x.param('name')
      const { created } = await x.invoke(traitCreate, { name })
      const headers = { location: x.url(`/traits/${name}`), ...freshHeaders(x) }
      return { status: created ? 201 : 204, headers }
    },
  }),
  endpoint({
    id: 'placement.traits.delete',
    method: 'DELETE',
    path: '/traits/{name}',
    summary: 'Removes a trait that nobody has.',
    since: 6,
    access: 'token',
    operations: [traitDelete],
    status: 204,
    async run(x) {
      const name = x.param('name')
      requireCustom(name, 'trait')
      await x.invoke(traitDelete, { name })
      return nothing
    },
  }),
]

/** https://docs.openstack.org/api-ref/placement/#resource-classes and #traits */
export const names: readonly EndpointRow[] = [...classes, ...traits]
