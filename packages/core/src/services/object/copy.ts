import { z } from 'zod'
import type { Kernel } from '../../kernel.ts'
import type { Actor } from '../call.ts'
import { idField } from '../fields.ts'
import { requireOptions } from '../operation.ts'
import { parseInput } from '../parse.ts'
import { readObject } from './download.ts'
import { contentFields, objectPath, readConditions, writeConditions } from './fields.ts'
import { storeObject, type StoreOptions } from './upload.ts'
import type { ObjectView } from './view.ts'

const copyInput = z.strictObject({
  ...objectPath,
  ifMatch: readConditions.ifMatch,
  ifUnmodifiedSince: readConditions.ifUnmodifiedSince,
  versionId: idField.optional(),
  to: z.strictObject({ ...objectPath, ...writeConditions }),
  /** Items beside those of the source, and instead of those of the same name. */
  metadata: contentFields.metadata.optional(),
  /** True: without the metadata of the source. */
  freshMetadata: z.boolean().default(false),
  contentType: contentFields.contentType.optional(),
  deleteAt: contentFields.deleteAt.default(null),
})
export type ObjectCopyInput = z.input<typeof copyInput>

/**
 * Copies an object within the cloud: its bytes, what is said of them, its metadata. A large object
 * becomes a plain one. The copy is wholly there or not at all; what was under its name before is
 * replaced then.
 *
 * @throws CloudError what `downloadObject` and `uploadObject` throw.
 */
export async function copyObject(
  kernel: Kernel,
  actor: Actor,
  input: ObjectCopyInput,
  options: StoreOptions = {},
): Promise<ObjectView> {
  requireOptions(options)
  const parsed = parseInput(copyInput, input)
  const { to, metadata, freshMetadata, contentType, deleteAt, ...source } = parsed
  const { object, end, bytes } = await readObject(kernel, actor, source, options)
  const description = {
    contentType: contentType ?? object.contentType,
    contentEncoding: object.contentEncoding,
    contentDisposition: object.contentDisposition,
    metadata: { ...(freshMetadata ? {} : object.metadata), ...metadata },
    deleteAt,
  }
  const target = { ...to, ...description, size: end }
  return storeObject(kernel, actor, target, bytes, options, () => null)
}
