import {
  type Actor,
  CloudError,
  type InputOf,
  metadefDefine,
  metadefGet,
  type MetadefNamespace,
  type MetadefPart,
  metadefTag,
  metadefUndefine,
} from '@nephos/core'
import type { z } from 'zod'
import {
  knownResourceTypes,
  objectBody,
  objectView,
  propertyBody,
  tagBody,
  tagsBody,
  tagView,
  targetBody,
  targetView,
  type namespaceCreateBody,
} from '../../wire/image/metadef.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json, nothing } from '../reply.ts'

const place = '/metadefs/namespaces/{namespace}'

type Definition = InputOf<typeof metadefDefine>['definition']
type PropertyInput = Extract<Definition, { part: 'properties' }>['value']

interface Named {
  readonly name: string
  readonly definition: Definition
}

/** Administrators see the namespaces of all. */
export function metadefReader(x: Exchange<unknown, unknown>): Actor {
  return x.operator ?? x.actor
}

/** What each says is checked by the operation. */
function asObject(body: z.infer<typeof objectBody>): Named {
  const { name, description, required = [], properties = {} } = body
  const known = properties as Record<string, PropertyInput>
  const value = { description: description ?? '', required, properties: known }
  return { name, definition: { part: 'objects', value } }
}

function asProperty(name: string, schema: unknown): Named {
  return { name, definition: { part: 'properties', value: schema as PropertyInput } }
}

function asTarget(body: z.infer<typeof targetBody>): Named {
  const value = { prefix: body.prefix ?? null, propertiesTarget: body.properties_target ?? null }
  return { name: body.name, definition: { part: 'resourceTypes', value } }
}

/** All that the body of a new namespace defines. */
export function definitionsOf(body: z.infer<typeof namespaceCreateBody>): readonly Named[] {
  return [
    ...(body.objects ?? []).map(asObject),
    ...Object.entries(body.properties ?? {}).map(([name, schema]) => asProperty(name, schema)),
    ...(body.tags ?? []).map(({ name }): Named => ({ name, definition: { part: 'tags' } })),
    ...(body.resource_type_associations ?? []).map(asTarget),
  ]
}

/** What tells the endpoints of one part of a namespace from those of another. */
interface Part<B> {
  readonly part: MetadefPart
  /** In paths and in lists. */
  readonly word: string
  readonly list: string
  readonly body: z.ZodType<B>
  readonly named: (body: B) => Named
  readonly view: (row: MetadefNamespace, name: string) => unknown
}

const objects: Part<z.infer<typeof objectBody>> = {
  ...{ part: 'objects', word: 'objects', list: 'objects', body: objectBody, named: asObject },
  view: (row, name) => {
    const object = row.objects[name]
    return object && objectView(row.namespace, name, object)
  },
}

const properties: Part<z.infer<typeof propertyBody>> = {
  ...{ part: 'properties', word: 'properties', list: 'properties', body: propertyBody },
  named: ({ name, ...schema }) => asProperty(name, schema),
  view: (row, name) => row.properties[name] && { name, ...row.properties[name] },
}

const tags: Part<z.infer<typeof tagBody>> = {
  ...{ part: 'tags', word: 'tags', list: 'tags', body: tagBody },
  named: ({ name }) => ({ name, definition: { part: 'tags' } }),
  view: (row, name) => {
    const at = row.tags[name]
    return at === undefined ? undefined : tagView(name, at)
  },
}

const targets: Part<z.infer<typeof targetBody>> = {
  ...{ part: 'resourceTypes', word: 'resource_types', list: 'resource_type_associations' },
  ...{ body: targetBody, named: asTarget },
  view: (row, name) => {
    const target = row.resourceTypes[name]
    return target && targetView(name, target)
  },
}

function viewOf<B>({ part, view }: Part<B>, row: MetadefNamespace, name: string): unknown {
  const known: Readonly<Record<string, unknown>> = row[part]
  if (Object.hasOwn(known, name)) return view(row, name)
  throw new CloudError('notFound', 'No such definition.', { field: 'name' })
}

function listView<B>(part: Part<B>, row: MetadefNamespace): unknown {
  const names = Object.keys(row[part.part])
  if (part.part !== 'properties') return names.map((name) => part.view(row, name))
  return Object.fromEntries(names.map((name) => [name, part.view(row, name)]))
}

function listOf<B>(part: Part<B>): EndpointRow {
  return endpoint({
    id: `image.metadefs.${part.word}.list`,
    method: 'GET',
    path: `${place}/${part.word}`,
    summary: `Lists ${part.list} of a namespace.`,
    access: 'token',
    operations: [metadefGet],
    status: 200,
    async run(x) {
      const namespace = x.param('namespace')
      const row = await x.invokeAs(metadefReader(x), metadefGet, { namespace })
      return json({ [part.list]: listView(part, row) })
    },
  })
}

function createOf<B>(part: Part<B>): EndpointRow {
  return endpoint({
    id: `image.metadefs.${part.word}.create`,
    method: 'POST',
    path: `${place}/${part.word}`,
    summary: `Adds to the ${part.list} of a namespace.`,
    access: 'token',
    operations: [metadefDefine],
    body: part.body,
    status: 201,
    async run(x) {
      const { name, definition } = part.named(x.body)
      const input = { namespace: x.param('namespace'), name, definition }
      const row = await x.invokeAs(x.requireOperator(), metadefDefine, input)
      return json(viewOf(part, row, name))
    },
  })
}

/** One definition: shown, changed. */
function eachOf<B>(part: Part<B>): readonly EndpointRow[] {
  const path = `${place}/${part.word}/{name}`
  return [
    endpoint({
      id: `image.metadefs.${part.word}.get`,
      method: 'GET',
      path,
      summary: `Shows one of the ${part.list} of a namespace.`,
      access: 'token',
      operations: [metadefGet],
      status: 200,
      async run(x) {
        const namespace = x.param('namespace')
        const row = await x.invokeAs(metadefReader(x), metadefGet, { namespace })
        return json(viewOf(part, row, x.param('name')))
      },
    }),
    endpoint({
      id: `image.metadefs.${part.word}.update`,
      method: 'PUT',
      path,
      summary: `Changes one of the ${part.list} of a namespace.`,
      access: 'token',
      operations: [metadefDefine],
      body: part.body,
      status: 200,
      async run(x) {
        const { name, definition } = part.named(x.body)
        const namespace = x.param('namespace')
        const input = { namespace, name, definition, replaces: x.param('name') }
        const row = await x.invokeAs(x.requireOperator(), metadefDefine, input)
        return json(viewOf(part, row, name))
      },
    }),
  ]
}

function removalsOf<B>(part: Part<B>, all: boolean): readonly EndpointRow[] {
  const paths = all ? ['/{name}', ''] : ['/{name}']
  return paths.map((end) =>
    endpoint({
      id: `image.metadefs.${part.word}.${end === '' ? 'clear' : 'delete'}`,
      method: 'DELETE',
      path: `${place}/${part.word}${end}`,
      summary: `Deletes ${end === '' ? 'all' : 'one'} of the ${part.list} of a namespace.`,
      access: 'token',
      operations: [metadefUndefine],
      status: 204,
      async run(x) {
        const which = end === '' ? {} : { name: x.param('name') }
        const input = { namespace: x.param('namespace'), part: part.part, ...which }
        await x.invokeAs(x.requireOperator(), metadefUndefine, input)
        return nothing
      },
    }),
  )
}

/** https://docs.openstack.org/api-ref/image/v2/metadefs-index.html */
export const imageMetadefParts: readonly EndpointRow[] = [
  ...[listOf(objects), createOf(objects), ...eachOf(objects), ...removalsOf(objects, true)],
  ...[listOf(properties), createOf(properties), ...eachOf(properties)],
  ...removalsOf(properties, true),
  ...[listOf(tags), ...eachOf(tags), ...removalsOf(tags, true)],
  ...[listOf(targets), createOf(targets), ...removalsOf(targets, false)],
  endpoint({
    id: 'image.metadefs.tags.createMany',
    method: 'POST',
    path: `${place}/tags`,
    summary: 'Says which tags a namespace has, or gives it more.',
    access: 'token',
    operations: [metadefTag],
    body: tagsBody,
    status: 201,
    async run(x) {
      const names = x.body.tags.map(({ name }) => name)
      const append = x.request.headers.get('x-openstack-append')?.toLowerCase() === 'true'
      const input = { namespace: x.param('namespace'), names, append }
      await x.invokeAs(x.requireOperator(), metadefTag, input)
      return json({ tags: names.map((name) => ({ name })) })
    },
  }),
  endpoint({
    id: 'image.metadefs.tags.create',
    method: 'POST',
    path: `${place}/tags/{name}`,
    summary: 'Gives a namespace a tag.',
    access: 'token',
    operations: [metadefDefine],
    status: 201,
    async run(x) {
      const name = x.param('name')
      const definition = { part: 'tags' } as const
      const input = { namespace: x.param('namespace'), name, definition }
      const row = await x.invokeAs(x.requireOperator(), metadefDefine, input)
      return json(viewOf(tags, row, name))
    },
  }),
  endpoint({
    id: 'image.metadefs.resourceTypes',
    method: 'GET',
    path: '/metadefs/resource_types',
    summary: 'Lists the types of resources that definitions may be for.',
    access: 'token',
    operations: [],
    status: 200,
    run: async () => json({ resource_types: knownResourceTypes.map((name) => ({ name })) }),
  }),
]
