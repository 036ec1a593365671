import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { idField } from '../fields.ts'
import { parseAcl } from './acl.ts'

/** Input fields of the object service. Lengths are in bytes of UTF-8, as Swift counts them. */

const encoder = new TextEncoder()

/** Bytes of a text as UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length
}

const storable = /^[^\0\p{Cs}]*$/u
const printable = /^[^\p{Cc}\p{Cs}]*$/u
const within =
  (limit: number) =>
  (text: string): boolean =>
    byteLength(text) <= limit

export const containerNameField = z
  .string()
  .min(1)
  .max(limits.containerNameBytes)
  .regex(/^[^/\0\p{Cs}]*$/u, 'has a slash, a NUL or half a character')
  .refine(within(limits.containerNameBytes), 'is too long')

export const objectNameField = z
  .string()
  .min(1)
  .max(limits.objectNameBytes)
  .regex(storable, 'has a NUL or half a character')
  .refine(within(limits.objectNameBytes), 'is too long')

/** A part of a name: a prefix, a delimiter, a marker. */
export const namePartField = z
  .string()
  .max(limits.objectNameBytes)
  .regex(storable, 'has a NUL or half a character')

/** The project whose container it is; the caller's own by default. */
export const accountField = idField.optional()

/** Where an object is. */
export const objectPath = {
  account: accountField,
  container: containerNameField,
  name: objectNameField,
}

/** Host of the link by which a reader came, for containers that are open to some. */
export const referrerField = z
  .string()
  .max(limits.nameLength)
  .regex(/^[A-Za-z0-9._-]*$/, 'is no host name')
  .optional()

const reservedKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** At most 90 items, each of a name of 128 and a value of 256 bytes, 4 KiB in all (Swift). */
export const objectMetadataField = z
  .record(
    z
      .string()
      .min(1)
      .max(limits.objectMetadataNameBytes)
      .regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, 'is no name of a header in lower case'),
    z
      .string()
      .max(limits.objectMetadataValueBytes)
      .regex(printable, 'has control characters')
      .refine(within(limits.objectMetadataValueBytes), 'is too long'),
  )
  .refine((items) => Object.keys(items).length <= limits.objectMetadataItems, {
    message: `has more than ${limits.objectMetadataItems} items`,
  })
  .refine((items) => metadataBytes(items) <= limits.objectMetadataBytes, {
    message: `has more than ${limits.objectMetadataBytes} bytes`,
  })
  .refine((items) => !Object.keys(items).some((key) => reservedKeys.has(key)), 'has a reserved key')

/** Bytes of names and values together. */
export function metadataBytes(items: Readonly<Record<string, string>>): number {
  return Object.entries(items).reduce(
    (sum, [name, value]) => sum + byteLength(name) + byteLength(value),
    0,
  )
}

const headerField = z
  .string()
  .min(1)
  .max(limits.objectHeaderLength)
  .regex(/^[\x20-\x7e]+$/, 'is printable ASCII')

/** What a reader is told of the bytes besides their number. */
export const contentFields = {
  contentType: headerField,
  contentEncoding: headerField.nullable(),
  contentDisposition: headerField.nullable(),
  metadata: objectMetadataField,
  /** Milliseconds since the epoch; from then on it counts as deleted. Null: never. */
  deleteAt: z.int().min(0).nullable(),
}

/**
 * An MD5 in hex, as ETags are here, with the number of parts if it is of those; quotes around it
 * are taken off.
 */
const etagField = z
  .string()
  .regex(/^"?[0-9a-fA-F]{32}(?:-\d{1,5})?"?$/, 'is no ETag of an object')
  .transform((text) => text.replaceAll('"', '').toLowerCase())

const anyEtag = z.union([z.literal('*'), z.array(etagField).min(1).max(limits.etags)])

/** Only if there is such an object, and only if there is none. */
export const writeConditions = {
  ifMatch: anyEtag.optional(),
  ifNoneMatch: anyEtag.optional(),
}

/** Conditions of reading; times are milliseconds since the epoch. */
export const readConditions = {
  ...writeConditions,
  ifModifiedSince: z.int().min(0).optional(),
  ifUnmodifiedSince: z.int().min(0).optional(),
}

/** Grants as Swift writes them; referrers are for reading only. */
export function aclField(right: 'read' | 'write'): z.ZodString {
  return z
    .string()
    .max(limits.aclLength)
    .regex(printable, 'has control characters')
    .refine((text) => parseAcl(text, right) !== undefined, 'is no access list')
}

/** A key that signs temporary URLs; null removes it. */
const tempUrlKeyField = z
  .string()
  .min(1)
  .max(limits.tempUrlKeyLength)
  .regex(printable, 'has control characters')
  .nullable()

export const tempUrlKeysField = z.strictObject({
  first: tempUrlKeyField.optional(),
  second: tempUrlKeyField.optional(),
})
