import { CloudError, type InputOf, type serverCreate } from '@nephos/core'
import { z } from 'zod'
import { bootDiskOf } from './block-device.ts'
import { boolField, deviceField } from './device-field.ts'
import { requireVersions } from './version.ts'

type CreateInput = InputOf<typeof serverCreate>

const text = z.string()
/** Numbers that old clients send as text. */
const countField = z.union([z.int(), text.regex(/^\d{1,9}$/)]).transform(Number)
const networkField = z.strictObject({
  uuid: z.uuid().optional(),
  fixed_ip: z.union([z.ipv4(), z.ipv6()]).optional(),
  port: z.uuid().nullable().optional(),
  tag: text.min(1).max(60).optional(),
})

const nameField = text
  .min(1)
  .max(255)
  .refine((name) => name.trim() !== '', 'is blank')

const serverField = z.strictObject({
  name: nameField,
  imageRef: text.optional(),
  flavorRef: z.union([text.min(1), z.int()]).transform(String),
  networks: z.union([z.array(networkField), z.enum(['auto', 'none'])]).optional(),
  security_groups: z.array(z.strictObject({ name: text.min(1).max(255) })).optional(),
  user_data: text.max(65_535).nullable().optional(),
  config_drive: boolField.nullable().optional(),
  key_name: text.min(1).max(255).nullable().optional(),
  metadata: z.record(text.min(1).max(255), text.max(255)).optional(),
  availability_zone: text.min(1).max(255).nullable().optional(),
  adminPass: text.optional(),
  accessIPv4: z
    .union([z.ipv4(), z.literal('')])
    .nullable()
    .optional(),
  accessIPv6: z
    .union([z.ipv6(), z.literal('')])
    .nullable()
    .optional(),
  block_device_mapping: z.array(deviceField).optional(),
  block_device_mapping_v2: z.array(deviceField).optional(),
  min_count: countField.pipe(z.int().min(1)).optional(),
  max_count: countField.pipe(z.int().min(1)).optional(),
  return_reservation_id: boolField.optional(),
  'OS-DCF:diskConfig': z.enum(['AUTO', 'MANUAL']).optional(),
  personality: z
    .array(z.strictObject({ path: text.max(255), contents: text }))
    .max(5)
    .optional(),
  description: text.max(255).nullable().optional(),
  tags: z.array(text).max(50).optional(),
  trusted_image_certificates: z.array(text.min(1)).min(1).max(50).nullable().optional(),
  host: text.min(1).max(255).optional(),
  hypervisor_hostname: text.min(1).max(255).optional(),
  hostname: text.optional(),
})

const hintsField = z.looseObject({ group: z.union([text, z.array(text)]).optional() })

/** The body of `POST /servers`, with fields of every version. */
export const createBody = z.strictObject({
  server: serverField,
  'os:scheduler_hints': hintsField.optional(),
  'OS-SCH-HNT:scheduler_hints': hintsField.optional(),
})
export type CreateBody = z.output<typeof createBody>

/** Fields by the first and last versions that know them. */
const versions = {
  networks: {},
  personality: { until: 56 },
  description: { since: 19 },
  tags: { since: 52 },
  trusted_image_certificates: { since: 63 },
  host: { since: 74 },
  hypervisor_hostname: { since: 74 },
  hostname: { since: 90 },
} as const

/** What names and defaults of the body stand for, looked up before. */
export interface CreateNames {
  readonly networks: NonNullable<CreateInput['networks']>
  readonly securityGroupIds: readonly string[] | undefined
  readonly zone: string | undefined
  readonly adminPassword: string
}

/**
 * @throws CloudError `invalid` for fields of other versions, and for what no server has here.
 */
export function checkCreate({ server }: CreateBody, version: number): void {
  requireVersions(server, versions, version)
  if (version >= 37 && server.networks === undefined) {
    throw new CloudError('invalid', "networks: is required; it may be 'auto' or 'none'.", {
      field: 'networks',
    })
  }
  if (version < 37 && typeof server.networks === 'string') {
    throw new CloudError('invalid', 'networks: is a list in this version.', { field: 'networks' })
  }
  const { min_count: least = 1, max_count: most = least } = server
  if (most < least) {
    throw new CloudError('invalid', 'min_count: is greater than max_count.', { field: 'min_count' })
  }
  if (server.tags && new Set(server.tags).size < server.tags.length) {
    throw new CloudError('invalid', 'tags: has duplicates.', { field: 'tags' })
  }
  if ((server.personality ?? []).length > 0) {
    throw new CloudError('invalid', 'personality: files are given by user data here.', {
      field: 'personality',
    })
  }
  if (server.trusted_image_certificates) {
    throw new CloudError('invalid', 'trusted_image_certificates: no image is signed here.', {
      field: 'trusted_image_certificates',
    })
  }
}

/** The input of the operation that a body asks for. */
export function createInput(body: CreateBody, names: CreateNames): CreateInput {
  const { server } = body
  const { min_count: minCount = 1, max_count: maxCount } = server
  const hints = body['os:scheduler_hints'] ?? body['OS-SCH-HNT:scheduler_hints']
  const group = [hints?.group ?? []].flat()[0]
  return {
    name: server.name,
    flavorId: server.flavorRef,
    ...bootDiskOf(server.imageRef, [
      ...(server.block_device_mapping_v2 ?? []),
      ...(server.block_device_mapping ?? []),
    ]),
    minCount,
    ...(maxCount !== undefined && { maxCount }),
    networks: names.networks,
    ...(names.securityGroupIds && { securityGroupIds: [...names.securityGroupIds] }),
    ...(server.key_name && { keyName: server.key_name }),
    ...(server.user_data && { userData: server.user_data }),
    ...(server.config_drive && { configDrive: true }),
    ...(server.metadata && { metadata: server.metadata }),
    ...(server.tags && { tags: server.tags }),
    ...(server.description !== undefined && { description: server.description }),
    ...(server.hostname !== undefined && { hostname: server.hostname }),
    ...(server.accessIPv4 && { accessIPv4: server.accessIPv4 }),
    ...(server.accessIPv6 && { accessIPv6: server.accessIPv6 }),
    ...(server['OS-DCF:diskConfig'] && { diskConfig: server['OS-DCF:diskConfig'] }),
    ...(names.zone !== undefined && { availabilityZones: [names.zone] }),
    ...(group !== undefined && { groupId: group }),
    adminPassword: names.adminPassword,
  }
}
