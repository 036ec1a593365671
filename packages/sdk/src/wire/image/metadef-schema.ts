type Schema = Readonly<Record<string, unknown>>

const text = { type: 'string' } as const
const name = { type: 'string', maxLength: 80 } as const
const long = { type: 'string', maxLength: 255 } as const
const time = { type: 'string', format: 'date-time', readOnly: true } as const
const shown = { type: 'string', readOnly: true } as const
const flag = { type: 'boolean' } as const
const size = { type: 'integer', minimum: 0 } as const
const listed = { first: text, next: text, schema: text }
const links = [
  { rel: 'first', href: '{first}' },
  { rel: 'next', href: '{next}' },
  { rel: 'describedby', href: '{schema}' },
]

/** What a definition says of a property: JSON schema, as far as Glance takes it. */
const definition: Schema = {
  type: 'object',
  required: ['title', 'type'],
  properties: {
    title: text,
    description: text,
    type: { enum: ['array', 'boolean', 'integer', 'number', 'object', 'string', null] },
    operators: { type: 'array', items: text },
    readonly: flag,
    default: {},
    enum: { type: 'array' },
    items: { type: 'object' },
    minimum: { type: 'number' },
    maximum: { type: 'number' },
    minLength: size,
    maxLength: size,
    minItems: size,
    maxItems: size,
    uniqueItems: flag,
    additionalItems: flag,
    pattern: { type: 'string', format: 'regex' },
  },
}

const required: Schema = { type: 'array', items: text, uniqueItems: true }
const properties: Schema = { type: 'object', additionalProperties: definition }
const times = { created_at: time, updated_at: time }
const place = { self: shown, schema: shown }

const object = { name, description: text, required, properties, ...times, ...place }
const tag = { name, ...times }
const target = { name, prefix: name, properties_target: name, ...times }

const namespace = {
  namespace: name,
  display_name: name,
  description: text,
  visibility: { enum: ['public', 'private'] },
  protected: flag,
  owner: long,
  ...times,
  ...place,
  resource_type_associations: { type: 'array', items: { type: 'object', properties: target } },
  properties,
  objects: { type: 'array', items: { type: 'object', properties: object } },
  tags: { type: 'array', items: { type: 'object', properties: tag } },
}

/** One thing by its name; names that it is to have. */
function one(title: string, fields: Schema, needed: readonly string[] = ['name']): Schema {
  return { name: title, properties: fields, required: needed, additionalProperties: false }
}

function many(title: string, fields: Schema): Schema {
  const items = { type: 'object', properties: fields }
  return { name: title, properties: { [title]: { type: 'array', items }, ...listed }, links }
}

/** Schemas of definitions of metadata, by the last part of their path. */
export const metadefSchemas = {
  namespace: one('namespace', namespace, ['namespace']),
  namespaces: many('namespaces', namespace),
  object: one('object', object),
  objects: many('objects', object),
  property: one('property', { name, ...(definition['properties'] as object) }, [
    ...['name', 'title', 'type'],
  ]),
  properties: { name: 'properties', properties: { properties }, links: [] },
  resource_type: one('resource_type_association', target),
  resource_types: many('resource_type_associations', target),
  tag: one('tag', tag),
  tags: many('tags', tag),
} as const satisfies Readonly<Record<string, Schema>>
