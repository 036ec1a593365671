import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { capacityOf, type Inventory } from '../../model/compute/host.ts'
import { nameField } from '../fields.ts'

/** Names of OpenStack Placement: upper case letters, digits and underscores. */
const placementName = /^[A-Z0-9_]+$/

/** Availability zone; `zone:host` is how users of OpenStack pin a host, so a name has no colon. */
export const zoneField = nameField.refine((name) => !name.includes(':'), 'has a colon')

export const resourceClassField = z
  .string()
  .min(1)
  .max(limits.nameLength)
  .regex(placementName, 'is not a resource class name')

export const traitsField = z
  .array(z.string().min(1).max(limits.nameLength).regex(placementName, 'is not a trait name'))
  .max(limits.traits)
  .refine((traits) => new Set(traits).size === traits.length, 'has duplicates')

const totalField = z.int().min(1).max(limits.hostCapacity)

const entryField = z.union(
  [
    totalField,
    z.strictObject({
      total: totalField,
      reserved: z.int().min(0).max(limits.hostCapacity).default(0),
      ratio: z.number().positive().max(limits.hostCapacity).default(1),
    }),
  ],
  {
    error:
      `is neither a total nor { total, reserved, ratio } ` +
      `with integers up to ${limits.hostCapacity} and a ratio above 0`,
  },
)

/** Resource class to a total, or to total, reserved (default 0), allocation ratio (default 1). */
export const inventoryField = z
  .record(resourceClassField, entryField)
  .refine((inventory) => Object.keys(inventory).length > 0, 'names no resource class')
  .refine((inventory) => Object.keys(inventory).length <= limits.resourceClasses, {
    message: `has more than ${limits.resourceClasses} resource classes`,
  })

export type InventoryInput = z.infer<typeof inventoryField>

/**
 * The inventory in full.
 *
 * @throws CloudError `invalid` with field and limit, when more is reserved than there is, or a
 *   capacity does not fit the 32 bits that placement counts in.
 */
export function readInventory(input: InventoryInput, field: string): Record<string, Inventory> {
  const entries = Object.entries(input).map(([name, entry]): [string, Inventory] => {
    const inventory = typeof entry === 'number' ? { total: entry, reserved: 0, ratio: 1 } : entry
    checkInventory(inventory, `${field}.${name}`)
    return [name, inventory]
  })
  return Object.fromEntries(entries)
}

function checkInventory(inventory: Inventory, field: string): void {
  const { total, reserved } = inventory
  if (reserved > total) {
    throw new CloudError('invalid', `${field}.reserved: exceeds the total.`, {
      field: `${field}.reserved`,
      limit: total,
    })
  }
  const capacity = capacityOf(inventory)
  if (capacity > limits.hostCapacity) {
    throw new CloudError('invalid', `${field}: (total - reserved) x ratio is ${capacity}.`, {
      field,
      limit: limits.hostCapacity,
    })
  }
}
