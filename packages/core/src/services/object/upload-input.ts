import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import {
  containerNameField,
  contentFields,
  namePartField,
  objectPath,
  writeConditions,
} from './fields.ts'

/** What an object is besides its bytes. */
export const describeFields = {
  contentType: contentFields.contentType.default('application/octet-stream'),
  contentEncoding: contentFields.contentEncoding.default(null),
  contentDisposition: contentFields.contentDisposition.default(null),
  metadata: contentFields.metadata.default({}),
  deleteAt: contentFields.deleteAt.default(null),
  /** Instead of `deleteAt`: seconds from now. */
  deleteAfterSeconds: z.int().min(1).max(limits.deleteAfterSeconds).optional(),
}

export const objectUploadInput = z.strictObject({
  ...objectPath,
  ...describeFields,
  ...writeConditions,
  /** Bytes that will come; an upload that brings more or fewer is refused. */
  size: z.int().min(0).max(limits.objectBytes).optional(),
  /** Digest of all bytes, in hex. */
  checksum: z
    .discriminatedUnion('algorithm', [
      z.strictObject({ algorithm: z.literal('md5'), value: z.string().regex(/^[0-9a-fA-F]{32}$/) }),
      z.strictObject({
        algorithm: z.literal('sha256'),
        value: z.string().regex(/^[0-9a-fA-F]{64}$/),
      }),
    ])
    .optional(),
  /** Makes it a dynamic large object: all whose names begin so, in a container of the account. */
  dynamic: z
    .strictObject({ container: containerNameField, prefix: namePartField.min(1) })
    .optional(),
})
export type ObjectUploadInput = z.input<typeof objectUploadInput>
export type ObjectUpload = z.output<typeof objectUploadInput>

type Described = Pick<
  ObjectUpload,
  | 'contentType'
  | 'contentEncoding'
  | 'contentDisposition'
  | 'metadata'
  | 'deleteAt'
  | 'deleteAfterSeconds'
>

/**
 * The description as the object keeps it.
 *
 * @throws CloudError `invalid` for a time of deletion that has passed.
 */
export function describe(
  { contentType, contentEncoding, contentDisposition, metadata, deleteAt, ...rest }: Described,
  now: number,
): Omit<Described, 'deleteAfterSeconds'> {
  const { deleteAfterSeconds } = rest
  const until = deleteAfterSeconds === undefined ? deleteAt : now + deleteAfterSeconds * 1_000
  if (until !== null && until <= now) {
    throw new CloudError('invalid', 'deleteAt: has passed.', { field: 'deleteAt' })
  }
  return { contentType, contentEncoding, contentDisposition, metadata, deleteAt: until }
}
