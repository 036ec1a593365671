import { CloudError } from '@nephos/core'
import { z } from 'zod'
import { HttpError } from '../../http/faults.ts'
import {
  fieldOf,
  type ImageFields,
  isOwnField,
  propertyOf,
  requireWritable,
} from './image-input.ts'

/** Media types of changes (https://docs.openstack.org/api-ref/image/v2/#update-image). */
export const patchTypes = [
  'application/openstack-images-v2.1-json-patch',
  'application/openstack-images-v2.0-json-patch',
] as const

/** Changes of one request. */
const mostChanges = 256

const operations = ['add', 'replace', 'remove'] as const
type ChangeOperation = (typeof operations)[number]

export const patchBody = z.array(z.record(z.string(), z.unknown())).max(mostChanges)

interface Change {
  readonly op: ChangeOperation
  readonly name: string
  readonly value: unknown
}

/** What an image becomes: fields that change, and all of its properties. */
export interface Patched {
  readonly fields: ImageFields
  readonly properties: Readonly<Record<string, string>>
}

/**
 * The changes that a body asks for, one after another: a property that is added may be replaced by
 * the next. `old` is the first form of the media type, in which nothing is added twice.
 *
 * @throws CloudError `invalid`; HttpError 403 for what users may not change or remove, 409 for what
 *   is there already, or is not.
 */
export function patched(
  before: Readonly<Record<string, string>>,
  body: z.output<typeof patchBody>,
  old: boolean,
): Patched {
  const properties = new Map(Object.entries(before))
  let fields: ImageFields = {}
  for (const { op, name, value } of body.map((change) => changeOf(change, old))) {
    requireWritable(name)
    if (isOwnField(name)) {
      if (op === 'remove') throw new HttpError(403, `Property ${name} may not be removed.`)
      const field = fieldOf(name, value)
      if (!field) throw new HttpError(403, `Property ${name} may not be changed.`)
      if (op === 'add' && old) throw exists(name)
      fields = { ...fields, ...field }
      continue
    }
    const has = properties.has(name)
    if (op === 'add' && old && has) throw exists(name)
    if (op !== 'add' && !has) throw new HttpError(409, `Property ${name} does not exist.`)
    if (op === 'remove') properties.delete(name)
    else properties.set(name, propertyOf(name, value))
  }
  return { fields, properties: Object.fromEntries(properties) }
}

function exists(name: string): HttpError {
  return new HttpError(409, `Property ${name} already present.`)
}

function changeOf(change: Readonly<Record<string, unknown>>, old: boolean): Change {
  const { op, path } = old ? oldForm(change) : { op: change['op'], path: change['path'] }
  const known = operations.find((one) => one === op)
  if (!known) throw bad('op', 'names no operation of add, replace and remove')
  const { value } = change
  if (known !== 'remove' && !('value' in change)) throw bad('value', 'is missing')
  return { op: known, name: nameOf(path), value }
}

/** `{ "replace": "/name", "value": … }` */
function oldForm(change: Readonly<Record<string, unknown>>): {
  readonly op: string | undefined
  readonly path: unknown
} {
  const found = operations.filter((op) => op in change)
  if (found.length > 1) throw bad('op', 'names several operations')
  const [op] = found
  return { op, path: op === undefined ? undefined : change[op] }
}

/** The one step of a JSON pointer. */
function nameOf(path: unknown): string {
  if (typeof path !== 'string' || !path.startsWith('/')) throw bad('path', 'is no JSON pointer')
  const [, name = '', more] = path.split('/')
  if (name === 'locations') requireWritable(name)
  if (more !== undefined || name === '' || name.length > 255) {
    throw bad('path', 'is not one step long')
  }
  if (/~(?![01])/.test(name)) throw bad('path', 'has an escape that there is not')
  return name.replaceAll('~1', '/').replaceAll('~0', '~')
}

function bad(field: string, why: string): CloudError {
  return new CloudError('invalid', `${field}: ${why}.`, { field })
}
