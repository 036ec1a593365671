import { z } from 'zod'
import { limits } from '../base/limits.ts'

/** Input fields that many operations share: one schema, one limit, one message. */

const printable = /^[^\p{Cc}\p{Cs}]*$/u

/** Any id: opaque, but bounded. */
export const idField = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9._:-]+$/, 'is not an id')

export const nameField = z
  .string()
  .min(1)
  .max(limits.nameLength)
  .regex(printable, 'has control characters')
  .refine((name) => name.trim() === name, 'begins or ends with white space')

export const descriptionField = z
  .string()
  .max(limits.descriptionLength)
  .regex(printable, 'has control characters')

const reservedKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** String to string; keys that collide with object internals are refused. */
export const metadataField = z
  .record(z.string().min(1).max(limits.metadataLength), z.string().max(limits.metadataLength))
  .refine((items) => Object.keys(items).length <= limits.metadataItems, {
    message: `has more than ${limits.metadataItems} items`,
  })
  .refine((items) => !Object.keys(items).some((key) => reservedKeys.has(key)), 'has a reserved key')

export const tagField = z
  .string()
  .min(1)
  .max(limits.tagLength)
  .regex(/^[^,/\p{Cc}]+$/u, 'has a comma, slash or control character')

/** Tags of what may have so many. */
export function tagsFieldOf(most: number): z.ZodArray<typeof tagField> {
  return z
    .array(tagField)
    .max(most)
    .refine((tags) => new Set(tags).size === tags.length, 'has duplicates')
}

export const tagsField = tagsFieldOf(limits.tags)

export const idsField = z
  .array(idField)
  .min(1)
  .max(limits.bulkIds)
  .refine((ids) => new Set(ids).size === ids.length, 'has duplicates')

/** Page bounds of every list. `marker` is the id of the last item of the page before. */
export const pageFields = {
  limit: z.int().min(1).max(limits.pageRows).default(limits.pageRows),
  marker: idField.optional(),
}
