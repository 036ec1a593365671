import type { MetadefNamespace, MetadefObject, MetadefTarget } from '@nephos/core'
import { z } from 'zod'
import { moment } from './image.ts'

type Body = Readonly<Record<string, unknown>>

const base = '/v2/metadefs/namespaces'
const placeOf = (namespace: string): string => `${base}/${namespace}`

const nameField = z.string().min(1).max(80)
const record = z.record(z.string(), z.unknown())

/** https://docs.openstack.org/api-ref/image/v2/metadefs-index.html#create-object */
export const objectBody = z.object({
  name: nameField,
  description: z.string().nullish(),
  required: z.array(z.string()).optional(),
  properties: record.optional(),
})

/** Of a definition: what it is called, and its schema. */
export const propertyBody = z
  .object({ name: nameField, title: z.string(), type: z.string() })
  .catchall(z.unknown())

export const tagsBody = z.object({ tags: z.array(z.object({ name: nameField })) })
export const tagBody = z.object({ name: nameField })

export const targetBody = z.object({
  name: nameField,
  prefix: z.string().nullish(),
  properties_target: z.string().nullish(),
})

const ownFields = {
  display_name: z.string().max(80).nullish(),
  description: z.string().nullish(),
  visibility: z.enum(['public', 'private']).optional(),
  protected: z.boolean().optional(),
}

/** https://docs.openstack.org/api-ref/image/v2/metadefs-index.html#create-namespace */
export const namespaceBody = z.object({
  namespace: nameField,
  owner: z.string().nullish(),
  ...ownFields,
})

/** The same, with what it defines from the beginning. */
export const namespaceCreateBody = namespaceBody.extend({
  objects: z.array(objectBody).max(256).optional(),
  properties: record.optional(),
  tags: z.array(tagBody).max(256).optional(),
  resource_type_associations: z.array(targetBody).max(256).optional(),
})

/** Fields of a namespace as an input has them. */
export function namespaceInput(body: z.infer<typeof namespaceBody>): {
  readonly displayName?: string
  readonly description?: string
  readonly visibility?: 'public' | 'private'
  readonly protected?: boolean
} {
  return {
    ...(typeof body.display_name === 'string' && { displayName: body.display_name }),
    ...(typeof body.description === 'string' && { description: body.description }),
    ...(body.visibility && { visibility: body.visibility }),
    ...(body.protected !== undefined && { protected: body.protected }),
  }
}

/** What a list of namespaces shows of each. */
export function namespaceSummary(row: MetadefNamespace): Body {
  return {
    namespace: row.namespace,
    ...(row.displayName !== '' && { display_name: row.displayName }),
    ...(row.description !== '' && { description: row.description }),
    visibility: row.visibility,
    protected: row.protected,
    owner: row.projectId,
    created_at: moment(row.createdAt),
    updated_at: moment(row.updatedAt),
    self: placeOf(row.namespace),
    schema: '/v2/schemas/metadefs/namespace',
    resource_type_associations: Object.entries(row.resourceTypes).map(([name, { createdAt }]) => {
      return { name, created_at: moment(createdAt) }
    }),
  }
}

/** A namespace with all that it defines; for a resource type with its prefix before names. */
export function namespaceView(row: MetadefNamespace, resourceType?: string): Body {
  const prefix = (resourceType && row.resourceTypes[resourceType]?.prefix) ?? ''
  const objects = Object.entries(row.objects)
  const properties = prefixed(row.properties, prefix)
  return {
    ...namespaceSummary(row),
    resource_type_associations: Object.entries(row.resourceTypes).map(([name, target]) => {
      const { created_at: at, ...shown } = targetView(name, target)
      return { ...shown, created_at: at }
    }),
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(objects.length > 0 && {
      objects: objects.map(([name, object]) => objectView(row.namespace, name, object, prefix)),
    }),
    ...(Object.keys(row.tags).length > 0 && {
      tags: Object.keys(row.tags).map((name) => ({ name })),
    }),
  }
}

function prefixed<T>(values: Readonly<Record<string, T>>, prefix: string): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, one]) => [prefix + name, one]))
}

export function objectView(
  namespace: string,
  name: string,
  object: MetadefObject,
  prefix = '',
): Body {
  return {
    name,
    description: object.description,
    required: object.required.map((one) => prefix + one),
    properties: prefixed(object.properties, prefix),
    created_at: moment(object.createdAt),
    updated_at: moment(object.updatedAt),
    self: `${placeOf(namespace)}/objects/${name}`,
    schema: '/v2/schemas/metadefs/object',
  }
}

export function targetView(name: string, target: MetadefTarget): Body {
  return {
    name,
    ...(target.prefix !== null && { prefix: target.prefix }),
    ...(target.propertiesTarget !== null && { properties_target: target.propertiesTarget }),
    created_at: moment(target.createdAt),
    updated_at: moment(target.createdAt),
  }
}

export function tagView(name: string, at: number): Body {
  return { name, created_at: moment(at), updated_at: moment(at) }
}

/** What Glance knows of from its beginning. */
export const knownResourceTypes: readonly string[] = [
  ...['OS::Glance::Image', 'OS::Cinder::Volume', 'OS::Cinder::Snapshot', 'OS::Nova::Flavor'],
  ...['OS::Nova::Aggregate', 'OS::Nova::Server', 'OS::Trove::Instance'],
]
