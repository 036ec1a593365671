import { z } from 'zod'
import { limits } from '../../base/limits.ts'

/** Further properties of a user or project: bounded, and never those that the core knows. */
export const extraField = z
  .record(
    z
      .string()
      .max(limits.metadataLength)
      .regex(/^[A-Za-z][\w.:-]*$/, 'is no name of a property'),
    z.union([z.string().max(limits.extraLength), z.number(), z.boolean(), z.null()]),
  )
  .refine((items) => Object.keys(items).length <= limits.extraItems, {
    message: `has more than ${limits.extraItems} items`,
  })
  .refine((items) => !['constructor', 'prototype'].some((key) => Object.hasOwn(items, key)), {
    message: 'has a reserved key',
  })
