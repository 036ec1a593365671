import { CloudError } from '@nephos/core'
import { z } from 'zod'

/** Names of domains and projects (Keystone: 64 characters). */
export const shortName = z.string().min(1).max(64)
export const name = z.string().min(1).max(255)
export const description = z.string().max(255).nullable()
export const id = z.string().min(1).max(128)

/** Options that are kept: none. What asks for one is told so. */
export const options = z.strictObject({})

export type Extra = Readonly<Record<string, string | number | boolean | null>>

/**
 * The members of a body that its schema does not know: kept with the resource, as Keystone does.
 *
 * @throws CloudError `invalid` for one that is a list or an object.
 */
export function extraOf(body: object, known: readonly string[], field: string): Extra {
  const entries = Object.entries(body).filter(([key]) => !known.includes(key))
  return Object.fromEntries(
    entries.map(([key, value]: [string, unknown]) => {
      if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
        return [key, value as string | number | boolean | null]
      }
      throw new CloudError('invalid', `${field}.${key}: is not kept.`, { field: `${field}.${key}` })
    }),
  )
}
