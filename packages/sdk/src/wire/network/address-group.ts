import type { AddressGroup } from '@nephos/core'
import { z } from 'zod'
import { type Body, envelope, isLent, ownerFields, standardBody } from './fields.ts'

const text = z.string()
const addresses = z.array(text)

export const addressGroupCreateBody = envelope(
  'address_group',
  z.strictObject({
    ...ownerFields,
    name: text.optional(),
    description: text.optional(),
    addresses: addresses.optional(),
  }),
)
export const addressGroupUpdateBody = envelope(
  'address_group',
  z.strictObject({ name: text.optional(), description: text.optional() }),
)
export const addressesBody = envelope('address_group', z.strictObject({ addresses }))

/** An address group (https://docs.openstack.org/api-ref/network/v2/#address-groups). */
export function addressGroupBody(row: AddressGroup, viewer: string | null): Body {
  return {
    ...standardBody(row),
    name: row.name,
    addresses: row.addresses,
    shared: isLent(row, viewer),
  }
}
