import type { InputOf, serverRebuild } from '@nephos/core'
import { z } from 'zod'
import { requireVersions } from './version.ts'

const text = z.string()
const nameField = text
  .min(1)
  .max(255)
  .refine((name) => name.trim() !== '', 'is blank')
const metadataField = z.record(text.min(1).max(255), text.max(255))
const boolField = z.union([z.boolean(), z.enum(['true', 'True', 'false', 'False'])])
const countField = z.union([z.int(), text.regex(/^-?\d{1,9}$/)]).transform(Number)

/** One key, the name of the action, with what it needs. */
export const actionBody = z
  .record(text.max(64), z.unknown())
  .refine((body) => Object.keys(body).length === 1, 'names one action')

/** Of actions that need nothing; old clients send objects, or text, all the same. */
export const noArguments = z.unknown()

export const rebootArguments = z.strictObject({
  type: z
    .enum(['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft'])
    .transform((type) => type.toUpperCase() as 'HARD' | 'SOFT'),
})

export const resizeArguments = z.strictObject({
  flavorRef: z.union([text.min(1), z.int()]).transform(String),
  'OS-DCF:diskConfig': z.enum(['AUTO', 'MANUAL']).optional(),
})

export const createImageArguments = z.strictObject({
  name: nameField,
  metadata: metadataField.optional(),
})

export const createBackupArguments = z.strictObject({
  name: nameField,
  backup_type: text.min(1).max(255),
  rotation: countField.pipe(z.int().min(0)),
  metadata: metadataField.optional(),
})

export const rescueArguments = z
  .strictObject({ adminPass: text.optional(), rescue_image_ref: z.uuid().optional() })
  .nullish()

export const unshelveArguments = z
  .strictObject({
    availability_zone: text.max(255).nullable().optional(),
    host: text.min(1).max(255).optional(),
  })
  .nullish()

export const lockArguments = z
  .strictObject({ locked_reason: text.min(1).max(255).optional() })
  .nullish()

export const consoleArguments = z
  .strictObject({ length: z.union([countField, z.null()]).optional() })
  .nullish()

export const oldConsoleArguments = z.strictObject({ type: text.max(64) })

export const resetStateArguments = z.strictObject({ state: z.enum(['active', 'error']) })

export const securityGroupArguments = z.strictObject({ name: text.min(1).max(255) })

export const rebuildArguments = z.strictObject({
  imageRef: z.uuid(),
  name: nameField.optional(),
  metadata: metadataField.optional(),
  adminPass: text.optional(),
  preserve_ephemeral: boolField.optional(),
  'OS-DCF:diskConfig': z.enum(['AUTO', 'MANUAL']).optional(),
  accessIPv4: z.union([z.ipv4(), z.literal('')]).optional(),
  accessIPv6: z.union([z.ipv6(), z.literal('')]).optional(),
  personality: z.array(z.unknown()).max(0).optional(),
  description: text.max(255).nullable().optional(),
  key_name: text.min(1).max(255).nullable().optional(),
  user_data: text.max(65_535).nullable().optional(),
  trusted_image_certificates: z.null().optional(),
  hostname: text.optional(),
})
export type RebuildArguments = z.output<typeof rebuildArguments>

const rebuildVersions = {
  personality: { until: 56 },
  description: { since: 19 },
  key_name: { since: 54 },
  user_data: { since: 57 },
  trusted_image_certificates: { since: 63 },
  hostname: { since: 90 },
} as const

/**
 * The input of a rebuild.
 *
 * @throws CloudError `invalid` for fields of other versions.
 */
export function rebuildInput(
  wanted: RebuildArguments,
  version: number,
  adminPassword: string,
): Omit<InputOf<typeof serverRebuild>, 'ids'> {
  requireVersions(wanted, rebuildVersions, version)
  const { imageRef: imageId, name, metadata, accessIPv4, accessIPv6 } = wanted
  const { description, key_name: keyName, user_data: userData, hostname } = wanted
  const diskConfig = wanted['OS-DCF:diskConfig']
  const input = { name, metadata, accessIPv4, accessIPv6, description, hostname, diskConfig }
  return { imageId, ...input, keyName, userData, adminPassword }
}

const address = z.string().max(64)

/** https://docs.openstack.org/api-ref/compute/#add-associate-floating-ip-addfloatingip-action-deprecated */
export const floatingIpArguments = z.strictObject({
  address,
  fixed_address: address.nullish(),
})
export const noFloatingIpArguments = z.strictObject({ address })
