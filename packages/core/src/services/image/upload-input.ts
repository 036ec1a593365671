import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { idField } from '../fields.ts'

/** What the caller of an upload says of the bytes to come. */
export const uploadInput = z.strictObject({
  id: idField,
  /** Bytes that will come; an upload that brings more or fewer is refused. */
  size: z.int().min(0).max(limits.imageBytes).optional(),
  /** The store to keep them in; one that the cloud prefers if it is not said. */
  store: z.string().min(1).max(255).optional(),
  /** Digest of all bytes, in hex. */
  checksum: z
    .discriminatedUnion('algorithm', [
      z.strictObject({ algorithm: z.literal('md5'), value: z.string().regex(/^[0-9a-fA-F]{32}$/) }),
      z.strictObject({
        algorithm: z.literal('sha256'),
        value: z.string().regex(/^[0-9a-fA-F]{64}$/),
      }),
      z.strictObject({
        algorithm: z.literal('sha512'),
        value: z.string().regex(/^[0-9a-fA-F]{128}$/),
      }),
    ])
    .optional(),
})
export type ImageUploadInput = z.input<typeof uploadInput>
export type DeclaredImage = Omit<z.output<typeof uploadInput>, 'id'>
