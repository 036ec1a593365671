import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { addressField } from '../network/fields.ts'
import { placementPolicies } from '../../model/compute/placement-policy.ts'
import { bootVolumeField } from '../block/boot-volume.ts'
import { idField, metadataField, nameField, tagsField } from '../fields.ts'

export const zoneField = z.string().min(1).max(limits.nameLength)

const networkField = z
  .strictObject({
    networkId: idField.optional(),
    /** A port made before: for a single server only. */
    portId: idField.optional(),
    /** One address of each of these subnets of the network, instead of one of each IP version. */
    subnetIds: z.array(idField).min(1).max(limits.portAddresses).optional(),
    /** A fixed address wanted: for a single server only. */
    address: z.string().min(2).max(45).optional(),
  })
  .refine((network) => (network.networkId === undefined) !== (network.portId === undefined), {
    message: 'names either a networkId or a portId',
  })

const hostnamePattern = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/

export const userDataField = z
  .string()
  .max(limits.userDataLength)
  .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'is not base64')

export const adminPasswordField = z.string().max(limits.nameLength)

/** What a server is said to be, and may be changed later. An empty address: none. */
export const describedFields = {
  description: z.string().max(limits.descriptionLength).nullable().optional(),
  /** One label, as in DNS. */
  hostname: z.string().regex(hostnamePattern, 'is no host name').optional(),
  accessIPv4: z.union([z.ipv4(), z.literal('')]).optional(),
  accessIPv6: z.union([z.ipv6().pipe(addressField), z.literal('')]).optional(),
  diskConfig: z.enum(['AUTO', 'MANUAL']).optional(),
}

/** Input of `compute.server.create`. */
export const serverCreateInput = z
  .strictObject({
    /** One server gets this name; several get it with `-1`, `-2`, … */
    name: nameField,
    /** A name for each of several, in order, instead: as many as `maxCount`. */
    names: z.array(nameField).min(1).max(limits.batchServers).optional(),
    flavorId: idField,
    /** What its disk is made of; not with a `bootVolume`. */
    imageId: idField.optional(),
    /** The volume that each boots from, instead of a disk on its host. */
    bootVolume: bootVolumeField.optional(),
    minCount: z.int().min(1).max(limits.batchServers).default(1),
    maxCount: z.int().min(1).max(limits.batchServers).optional(),
    networks: z.array(networkField).max(limits.serverNetworks).default([]),
    /** Of all ports made here; the project's default group when absent. */
    securityGroupIds: z.array(idField).max(limits.portSecurityGroups).optional(),
    keyName: nameField.optional(),
    /** Base64 (RFC 4648), at most 65,535 characters. */
    userData: userDataField.optional(),
    configDrive: z.boolean().default(false),
    /** Given to the guest, as its user data is. */
    adminPassword: adminPasswordField.optional(),
    ...describedFields,
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
  .refine(({ names, maxCount, minCount }) => !names || names.length === (maxCount ?? minCount), {
    path: ['names'],
    message: 'are not as many as the servers',
  })
  .refine((input) => (input.imageId === undefined) !== (input.bootVolume === undefined), {
    path: ['imageId'],
    message: 'is needed, or else a bootVolume',
  })

export type ServerCreateInput = z.infer<typeof serverCreateInput>
