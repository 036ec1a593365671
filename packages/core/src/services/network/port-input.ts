import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { descriptionField, idField, nameField, pageFields, tagsField } from '../fields.ts'
import {
  addressField,
  dhcpChangesField,
  dhcpOptionsField,
  dnsNameField,
  expectedRevField,
  fixedIpsField,
  macField,
  prefixField,
  securityGroupIdsField,
} from './fields.ts'

const pairsField = z
  .array(
    z.strictObject({
      /** An address or a block, but not every address there is. */
      ipAddress: prefixField.refine((text) => !text.endsWith('/0'), 'is every address'),
      /** The port's own when absent. */
      mac: macField.or(z.literal('')).default(''),
    }),
  )
  .max(limits.portAddressPairs)
  .refine((pairs) => new Set(pairs.map((pair) => JSON.stringify(pair))).size === pairs.length, {
    message: 'has duplicates',
  })

/** What a port is made from. */
export const portFields = {
  networkId: idField,
  name: nameField.or(z.literal('')).default(''),
  description: descriptionField.default(''),
  adminStateUp: z.boolean().default(true),
  /** Chosen by the cloud when absent. */
  mac: macField.optional(),
  /** One address of each IP version of the network when absent; none when empty. */
  fixedIps: fixedIpsField.optional(),
  /** The project's default group when absent. */
  securityGroupIds: securityGroupIdsField.optional(),
  /** The network's setting when absent. */
  portSecurity: z.boolean().optional(),
  allowedAddressPairs: pairsField.default([]),
  dhcpOptions: dhcpOptionsField.optional(),
  dnsName: dnsNameField.optional(),
  /** The network's when absent. */
  qosPolicyId: idField.optional(),
  /** Where it is to be used: for operators. Its server's host, once it has a server. */
  hostId: idField.optional(),
  tags: tagsField.default([]),
}

const portInput = z.strictObject(portFields)
export type PortInput = z.infer<typeof portInput>

export const portListInput = z.strictObject({
  ...pageFields,
  networkId: idField.optional(),
  deviceId: idField.optional(),
  subnetId: idField.optional(),
  securityGroupId: idField.optional(),
  hostId: idField.optional(),
  name: nameField.optional(),
  mac: macField.optional(),
  address: addressField.optional(),
  status: z.enum(['DOWN', 'BUILD', 'ACTIVE', 'ERROR']).optional(),
  tag: z.string().min(1).max(limits.tagLength).optional(),
})

export type PortListInput = z.infer<typeof portListInput>

export const portUpdateInput = z.strictObject({
  id: idField,
  name: nameField.or(z.literal('')).optional(),
  description: descriptionField.optional(),
  adminStateUp: z.boolean().optional(),
  /** The whole list: what is not in it is released. */
  fixedIps: fixedIpsField.optional(),
  securityGroupIds: securityGroupIdsField.optional(),
  portSecurity: z.boolean().optional(),
  allowedAddressPairs: pairsField.optional(),
  /** By name and IP version; null takes one away. Those that are not named stay. */
  dhcpOptions: dhcpChangesField.optional(),
  /** Null: after its address. */
  dnsName: dnsNameField.nullable().optional(),
  /** Null: the network's. */
  qosPolicyId: idField.nullable().optional(),
  /** Of a port that nothing uses: for operators. As is the next. */
  mac: macField.optional(),
  hostId: idField.nullable().optional(),
  tags: tagsField.optional(),
  expectedRev: expectedRevField,
})

export type PortUpdateInput = z.infer<typeof portUpdateInput>
