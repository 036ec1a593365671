import {
  containerFormats,
  diskFormats,
  imageMemberStatuses,
  imageStatuses,
  imageVisibilities,
} from '@nephos/core'

type Schema = Readonly<Record<string, unknown>>

/** What there are schemas of. */
export const schemaNames = ['image', 'images', 'member', 'members', 'task', 'tasks'] as const
export type SchemaName = (typeof schemaNames)[number]

const text = { type: 'string' } as const
const maybeText = { type: ['null', 'string'], maxLength: 255 } as const
const shown = { readOnly: true } as const
const uuid =
  '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$'

const image: Schema = {
  name: 'image',
  properties: {
    id: { ...text, pattern: uuid, description: 'An identifier for the image' },
    name: { ...maybeText, description: 'Descriptive name for the image' },
    status: { ...text, ...shown, enum: imageStatuses },
    visibility: { ...text, enum: imageVisibilities },
    protected: { type: 'boolean', description: 'If true, the image will not be deletable.' },
    os_hidden: { type: 'boolean', description: 'If true, the image is not listed by default.' },
    checksum: { ...maybeText, ...shown, description: 'MD5 of the image contents.' },
    os_hash_algo: { ...maybeText, ...shown, description: 'Algorithm of os_hash_value' },
    os_hash_value: { ...maybeText, ...shown, description: 'Digest of the image contents' },
    owner: { ...maybeText, description: 'Owner of the image' },
    size: { type: ['null', 'integer'], ...shown, description: 'Size of the image file in bytes' },
    virtual_size: { type: ['null', 'integer'], ...shown, description: 'Size of the disk in bytes' },
    container_format: { type: ['null', 'string'], enum: [null, ...containerFormats] },
    disk_format: { type: ['null', 'string'], enum: [null, ...diskFormats] },
    min_ram: { type: 'integer', description: 'Memory (in MiB) required to boot the image.' },
    min_disk: { type: 'integer', description: 'Disk (in GiB) required to boot the image.' },
    tags: { type: 'array', items: { ...text, maxLength: 255 } },
    created_at: { ...text, ...shown, description: 'Date and time of image registration' },
    updated_at: { ...text, ...shown, description: 'Date and time of the last modification' },
    direct_url: { ...text, ...shown },
    self: { ...text, ...shown },
    file: { ...text, ...shown },
    schema: { ...text, ...shown },
    stores: { ...text, ...shown, description: 'Store in which image data resides.' },
  },
  additionalProperties: text,
  links: [
    { rel: 'self', href: '{self}' },
    { rel: 'enclosure', href: '{file}' },
    { rel: 'describedby', href: '{schema}' },
  ],
}

const member: Schema = {
  name: 'member',
  properties: {
    image_id: { ...text, pattern: uuid },
    member_id: text,
    status: { ...text, enum: imageMemberStatuses },
    created_at: text,
    updated_at: text,
    schema: { ...text, ...shown },
  },
}

const task: Schema = {
  name: 'task',
  properties: {
    id: { ...text, pattern: uuid },
    type: { ...text, enum: ['api_image_import'] },
    status: { ...text, enum: ['pending', 'processing', 'success', 'failure'] },
    input: { type: ['null', 'object'] },
    result: { type: ['null', 'object'] },
    owner: text,
    message: text,
    image_id: text,
    request_id: text,
    user_id: text,
    expires_at: { type: ['null', 'string'] },
    created_at: text,
    updated_at: text,
    self: { ...text, ...shown },
    schema: { ...text, ...shown },
  },
}

/** A list of these, page by page. */
function pages(name: 'images' | 'tasks', items: Schema): Schema {
  return {
    name,
    properties: { [name]: { type: 'array', items }, first: text, next: text, schema: text },
    links: [
      { rel: 'first', href: '{first}' },
      { rel: 'next', href: '{next}' },
      { rel: 'describedby', href: '{schema}' },
    ],
  }
}

const schemas: Readonly<Record<SchemaName, Schema>> = {
  image,
  images: pages('images', image),
  member,
  members: {
    name: 'members',
    properties: { members: { type: 'array', items: member }, schema: text },
    links: [{ rel: 'describedby', href: '{schema}' }],
  },
  task,
  tasks: pages('tasks', task),
}

export function schemaOf(name: SchemaName): Schema {
  return schemas[name]
}
