import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { placementPolicies } from '../../model/compute/placement-policy.ts'
import { idField, metadataField, nameField, tagsField } from '../fields.ts'

export const zoneField = z.string().min(1).max(limits.nameLength)

const networkField = z
  .strictObject({
    networkId: idField.optional(),
    /** A port made before: for a single server only. */
    portId: idField.optional(),
    /** A fixed address wanted: for a single server only. */
    address: z.string().min(2).max(45).optional(),
  })
  .refine((network) => (network.networkId === undefined) !== (network.portId === undefined), {
    message: 'names either a networkId or a portId',
  })

/** Input of `compute.server.create`. */
export const serverCreateInput = z
  .strictObject({
    /** One server gets this name; several get it with `-1`, `-2`, … */
    name: nameField,
    flavorId: idField,
    imageId: idField,
    minCount: z.int().min(1).max(limits.batchServers).default(1),
    maxCount: z.int().min(1).max(limits.batchServers).optional(),
    networks: z.array(networkField).max(limits.serverNetworks).default([]),
    /** Of all ports made here; the project's default group when absent. */
    securityGroupIds: z.array(idField).max(limits.portSecurityGroups).optional(),
    keyName: nameField.optional(),
    /** Base64 (RFC 4648), at most 65,535 characters. */
    userData: z
      .string()
      .max(limits.userDataLength)
      .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'is not base64')
      .optional(),
    metadata: metadataField.default({}),
    tags: tagsField.default([]),
    /** Any of these zones; any zone at all when absent. */
    availabilityZones: z.array(zoneField).min(1).max(64).optional(),
    groupId: idField.optional(),
    /** How hosts are chosen; the cloud's own policy when absent. */
    policy: z.enum(placementPolicies).optional(),
  })
  .refine((input) => (input.maxCount ?? input.minCount) >= input.minCount, {
    path: ['maxCount'],
    message: 'is less than minCount',
  })

export type ServerCreateInput = z.infer<typeof serverCreateInput>
