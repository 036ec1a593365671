import type { VolumeEncryption, VolumeQos, VolumeType } from '@nephos/core'
import { z } from 'zod'
import { numberField, switchField, textField, textsField, timeText } from './common.ts'

const multiattachSpec = 'multiattach'
const yes = '<is> True'

/** Extra specs as Cinder has them: that its volumes can be attached to several is one of them. */
export function extraSpecsBody(type: VolumeType): Readonly<Record<string, string>> {
  return type.multiattach ? { ...type.extraSpecs, [multiattachSpec]: yes } : type.extraSpecs
}

/** What extra specs say to the core: null removes one. */
export function extraSpecsInput(specs: Readonly<Record<string, string | null>>): {
  readonly extraSpecs: Readonly<Record<string, string | null>>
  readonly multiattach?: boolean
} {
  const { [multiattachSpec]: shared, ...extraSpecs } = specs
  if (shared === undefined) return { extraSpecs }
  return { extraSpecs, multiattach: shared?.toLowerCase() === yes.toLowerCase() }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-volume-type-detail */
export function typeBody(
  type: VolumeType,
  options: { readonly isAdmin: boolean },
): Readonly<Record<string, unknown>> {
  return {
    id: type.id,
    name: type.name,
    description: type.description === '' ? null : type.description,
    is_public: type.isPublic,
    extra_specs: extraSpecsBody(type),
    'os-volume-type-access:is_public': type.isPublic,
    ...(options.isAdmin && { qos_specs_id: type.qosId }),
  }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-an-encryption-type */
export function encryptionBody(
  typeId: string,
  encryption: VolumeEncryption,
): Readonly<Record<string, unknown>> {
  return {
    volume_type_id: typeId,
    encryption_id: encryption.id,
    ...encryptionSpecs(encryption),
    created_at: timeText(encryption.createdAt),
    updated_at: null,
    deleted: false,
    deleted_at: null,
  }
}

/** What an encryption can be changed in. */
export function encryptionSpecs(
  encryption: Omit<VolumeEncryption, 'id' | 'createdAt'>,
): Readonly<Record<string, unknown>> {
  const { provider, cipher, keySize, controlLocation } = encryption
  return { provider, cipher, key_size: keySize, control_location: controlLocation }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-a-qos-specification-details */
export function qosBody(qos: VolumeQos): Readonly<Record<string, unknown>> {
  return { id: qos.id, name: qos.name, consumer: qos.consumer, specs: qos.specs }
}

const nameField = z.string().trim().min(1).max(255)

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-a-volume-type */
export const typeCreateBody = z.strictObject({
  volume_type: z.strictObject({
    name: nameField,
    description: textField,
    'os-volume-type-access:is_public': switchField.optional(),
    extra_specs: textsField.optional(),
  }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#update-a-volume-type */
export const typeUpdateBody = z.strictObject({
  volume_type: z
    .strictObject({
      name: nameField.nullish(),
      description: textField,
      is_public: switchField.optional(),
    })
    .refine((fields) => Object.values(fields).some((value) => value !== undefined), {
      message: 'Nothing is to be changed.',
    }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-an-encryption-type */
export const encryptionCreateBody = z.strictObject({
  encryption: z.strictObject({
    provider: z.string().min(1).max(255),
    control_location: z.enum(['front-end', 'back-end']),
    cipher: z.string().max(255).nullish(),
    key_size: numberField.nullish(),
  }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#update-an-encryption-type */
export const encryptionUpdateBody = z.strictObject({
  encryption: z.strictObject({
    provider: z.string().min(1).max(255).optional(),
    control_location: z.enum(['front-end', 'back-end']).optional(),
    cipher: z.string().max(255).nullish(),
    key_size: numberField.nullish(),
  }),
})
