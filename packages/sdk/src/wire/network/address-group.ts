import type { AddressGroup } from '@nephos/core'
import { z } from 'zod'
import { type Body, envelope, isLent, ownerFields, standardBody } from './fields.ts'

const text = z.string()
const addresses = z.array(text)
/** One address is a block too, and is written as one. */
const blocks = z.array(text.regex(/\//, 'is no block: its prefix is missing'))

export const addressGroupCreateBody = envelope(
  'address_group',
  z.strictObject({
    ...ownerFields,
    name: text.optional(),
    description: text.optional(),
    addresses: blocks.optional(),
  }),
)
export const addressGroupUpdateBody = envelope(
  'address_group',
  z.strictObject({ name: text.optional(), description: text.optional() }),
)
/** Either as clients send it, or in an envelope, as it is documented. */
export const addressesBody = z.union([
  z.strictObject({ addresses }),
  envelope('address_group', z.strictObject({ addresses })),
])

/** An address group (https://docs.openstack.org/api-ref/network/v2/#address-groups). */
export function addressGroupBody(row: AddressGroup, viewer: string | null): Body {
  return {
    ...standardBody(row),
    name: row.name,
    addresses: row.addresses,
    shared: isLent(row, viewer),
  }
}
