import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { resourceClassField, traitsField } from '../compute/host-inventory.ts'
import { idField } from '../fields.ts'

/** Ids of providers and consumers are UUIDs: a scope of counters is made of one and a class. */
export const uuidField = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'is not a UUID')

export const aggregatesField = z
  .array(idField)
  .max(limits.providerAggregates)
  .refine((ids) => new Set(ids).size === ids.length, 'has duplicates')

export const generationField = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

/** Names of what operators define. */
export const customNameField = z
  .string()
  .max(limits.nameLength)
  .regex(/^CUSTOM_[A-Z0-9_]+$/, 'is not CUSTOM_ and upper case letters, digits, underscores')

const amountField = z.int().min(1).max(limits.hostCapacity)

/** Resource class to amount. */
export const resourcesField = z
  .record(resourceClassField, amountField)
  .refine((resources) => Object.keys(resources).length > 0, 'names no resource class')
  .refine((resources) => Object.keys(resources).length <= limits.providerClasses, {
    message: `has more than ${limits.providerClasses} resource classes`,
  })

export const inventoriesField = z
  .record(
    resourceClassField,
    z.strictObject({
      total: amountField,
      reserved: z.int().min(0).max(limits.hostCapacity).default(0),
      minUnit: amountField.default(1),
      maxUnit: amountField.default(limits.hostCapacity),
      stepSize: amountField.default(1),
      ratio: z.number().positive().max(limits.hostCapacity).default(1),
    }),
  )
  .refine((inventories) => Object.keys(inventories).length <= limits.providerClasses, {
    message: `has more than ${limits.providerClasses} resource classes`,
  })

/** For each list, one of its traits. */
export const anyOfTraits = z.array(traitsField.min(1)).max(limits.traits)

/** For each list, in one of its aggregates. */
export const anyOfAggregates = z.array(aggregatesField.min(1)).max(limits.traits)
