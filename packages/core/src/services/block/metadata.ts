import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { metadataField } from '../fields.ts'

/** How metadata is changed: all of it, or by items, in whatever order others change theirs. */
export const metadataFields = {
  metadata: metadataField.optional(),
  addMetadata: metadataField.optional(),
  removeMetadata: z.array(z.string().min(1)).max(limits.metadataItems).optional(),
}

type Items = Readonly<Record<string, string>>

/**
 * Metadata after a change.
 *
 * @throws CloudError `notFound` for an item to be removed that is not there; `invalid` when there
 *   would be too many.
 */
export function changedMetadata(
  before: Items,
  input: {
    readonly metadata?: Items | undefined
    readonly addMetadata?: Items | undefined
    readonly removeMetadata?: readonly string[] | undefined
  },
): Items {
  const items = new Map(Object.entries({ ...(input.metadata ?? before), ...input.addMetadata }))
  for (const key of input.removeMetadata ?? []) {
    if (items.delete(key)) continue
    throw new CloudError('notFound', 'No such item of metadata.', { field: 'removeMetadata' })
  }
  if (items.size <= limits.metadataItems) return Object.fromEntries(items)
  throw new CloudError('invalid', 'addMetadata: there would be too many items.', {
    field: 'addMetadata',
    limit: limits.metadataItems,
  })
}
