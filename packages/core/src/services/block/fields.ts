import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { nameField } from '../fields.ts'

/** Input fields that operations of block storage share. */

/** GiB of a volume. */
export const sizeField = z.int().min(1).max(limits.volumeGb)

/** Cinder's volumes may be without a name. */
export const volumeNameField = nameField.or(z.literal(''))

export const zoneNameField = z.string().min(1).max(limits.nameLength)

const reservedKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** What a back-end can do, what a connector says, limits of speed: a few texts by name. */
export const propertiesField = z
  .record(z.string().min(1).max(limits.metadataLength), z.string().max(limits.metadataLength))
  .refine((items) => Object.keys(items).length <= limits.volumeProperties, {
    message: `has more than ${limits.volumeProperties} items`,
  })
  .refine((items) => !Object.keys(items).some((key) => reservedKeys.has(key)), 'has a reserved key')

export const operator = { scope: 'system', role: 'admin' } as const
export const member = { scope: 'project', role: 'member' } as const
export const owner = { scope: 'any', role: 'member' } as const
export const reader = { scope: 'any', role: 'reader' } as const
