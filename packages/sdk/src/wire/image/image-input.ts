import { CloudError, containerFormats, diskFormats, imageVisibilities } from '@nephos/core'
import { z } from 'zod'
import { HttpError } from '../../http/faults.ts'

/** What of an image is told and asked for by other names in the cloud itself. */
export interface ImageFields {
  readonly name?: string
  readonly visibility?: (typeof imageVisibilities)[number]
  readonly diskFormat?: (typeof diskFormats)[number] | null
  readonly containerFormat?: (typeof containerFormats)[number] | null
  readonly minDiskGb?: number
  readonly minRamMb?: number
  readonly protected?: boolean
  readonly hidden?: boolean
  readonly tags?: string[]
  readonly projectId?: string
}

/** Largest number of a 32-bit column, as the service documents. */
const amount = z.int().min(0).max(2_147_483_647)

/** Fields that users set, by their names on the wire. */
const settable = {
  name: z.string().max(255).nullable(),
  visibility: z.enum(imageVisibilities),
  disk_format: z.enum(diskFormats).nullable(),
  container_format: z.enum(containerFormats).nullable(),
  min_disk: amount,
  min_ram: amount,
  protected: z.boolean(),
  os_hidden: z.boolean(),
  tags: z.array(z.string().max(255)),
  owner: z.string().max(255),
} as const

const names: Readonly<Record<keyof typeof settable, keyof ImageFields>> = {
  name: 'name',
  visibility: 'visibility',
  disk_format: 'diskFormat',
  container_format: 'containerFormat',
  min_disk: 'minDiskGb',
  min_ram: 'minRamMb',
  protected: 'protected',
  os_hidden: 'hidden',
  tags: 'tags',
  owner: 'projectId',
}

const readOnly: ReadonlySet<string> = new Set([
  'created_at',
  'updated_at',
  'status',
  'checksum',
  'size',
  'virtual_size',
  'os_hash_algo',
  'os_hash_value',
  'direct_url',
  'self',
  'file',
  'schema',
  'stores',
])
const reserved: ReadonlySet<string> = new Set(['location', 'deleted', 'deleted_at'])

/** True for what every image has: it is set, and never removed. */
export function isOwnField(name: string): boolean {
  return isSettable(name) || readOnly.has(name) || name === 'id'
}

/** @throws HttpError 403 for what the service alone writes. */
export function requireWritable(name: string): void {
  if (readOnly.has(name)) refuse(`Attribute '${name}' is read-only.`, name)
  if (reserved.has(name)) refuse(`Attribute '${name}' is reserved.`, name)
  if (name.startsWith('os_glance')) refuse(`Attribute '${name}' is reserved.`, name)
  if (name === 'locations') refuse('Locations of images are not shown, and not set.', name)
}

function refuse(message: string, field: string): never {
  throw new HttpError(403, message, { field })
}

/** What a field of the image becomes. @throws CloudError `invalid`. */
export function fieldOf(name: string, value: unknown): ImageFields | undefined {
  if (!isSettable(name)) return undefined
  const parsed = settable[name].safeParse(value)
  if (!parsed.success) {
    const message = parsed.error.issues[0]?.message ?? 'is invalid'
    throw new CloudError('invalid', `${name}: ${message}`, { field: name })
  }
  // The same tag twice is that tag.
  const known = name === 'tags' ? [...new Set(parsed.data as string[])] : parsed.data
  return { [names[name]]: known ?? (name === 'name' ? '' : null) }
}

/** A property that users give images as they like. @throws CloudError `invalid`. */
export function propertyOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new CloudError('invalid', `${name}: is no text.`, { field: name })
}

function isSettable(name: string): name is keyof typeof settable {
  return Object.hasOwn(settable, name)
}

/** The body of a creation: fields and properties side by side. */
export const createBody = z.record(z.string().min(1).max(255), z.unknown())

export interface NewImage {
  readonly id?: string
  readonly fields: ImageFields
  readonly properties: Readonly<Record<string, string>>
}

/** @throws CloudError `invalid`, HttpError 403: see `requireWritable`. */
export function newImage(body: Readonly<Record<string, unknown>>): NewImage {
  let fields: ImageFields = {}
  const properties: Record<string, string> = {}
  for (const [name, value] of Object.entries(body)) {
    if (name === 'id') continue
    requireWritable(name)
    const field = fieldOf(name, value)
    if (field) fields = { ...fields, ...field }
    else properties[name] = propertyOf(name, value)
  }
  const { id } = body
  if (id === undefined) return { fields, properties }
  if (typeof id !== 'string') throw new CloudError('invalid', 'id: is no text.', { field: 'id' })
  return { id, fields, properties }
}
