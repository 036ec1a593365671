import type { AttachmentView, VolumeView } from '@nephos/core'
import { z } from 'zod'
import {
  changeText,
  type Link,
  numberField,
  switchField,
  textField,
  textsField,
  timeText,
} from './common.ts'

/** What a volume's answer shows besides its row. */
export interface VolumeContext {
  readonly links: readonly Link[]
  /** Minor number of the microversion. */
  readonly version: number
  readonly typeName: string | null
  readonly attachments: readonly AttachmentView[]
  /** True: administrators see where it is. */
  readonly isAdmin: boolean
}

/** The host that has a pool, as Cinder calls it: `host@backend#pool`. */
export function poolHost(pool: string): string {
  return pool.includes('#') ? `nephos@${pool}` : `nephos@${pool}#${pool}`
}

/** The pool of a host, as `poolHost` calls it. */
export function hostPool(host: string): string {
  const [, pool = host] = /^nephos@(.+)$/.exec(host) ?? []
  const [backend, name] = pool.split('#')
  return backend === name ? (backend ?? pool) : pool
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-a-volume-s-details */
export function volumeBody(
  volume: VolumeView,
  context: VolumeContext,
): Readonly<Record<string, unknown>> {
  const { version, isAdmin } = context
  const { source, readOnlySaid, metadata } = volume
  const isReserved = volume.status === 'reserved' && version < 27
  return {
    id: volume.id,
    // Before attachments had ids, a volume that was reserved was said to be attaching.
    status: isReserved ? 'attaching' : volume.status,
    size: volume.sizeGb,
    availability_zone: volume.zone,
    created_at: timeText(volume.createdAt),
    updated_at: changeText(volume),
    name: volume.name,
    description: volume.description === '' ? null : volume.description,
    volume_type: context.typeName,
    snapshot_id: source?.type === 'snapshot' ? source.id : null,
    source_volid: source?.type === 'volume' ? source.id : null,
    metadata: readOnlySaid
      ? { ...metadata, readonly: volume.readOnly ? 'True' : 'False' }
      : metadata,
    links: context.links,
    user_id: volume.userId,
    bootable: String(volume.bootable),
    encrypted: volume.encrypted,
    replication_status: null,
    consistencygroup_id: null,
    multiattach: volume.multiattach,
    attachments: context.attachments.map((one) => attachedBody(one)),
    migration_status: null,
    ...(volume.imageMetadata && { volume_image_metadata: volume.imageMetadata }),
    'os-vol-tenant-attr:tenant_id': volume.projectId,
    ...(isAdmin && {
      'os-vol-host-attr:host': volume.pool === undefined ? null : poolHost(volume.pool),
      'os-vol-mig-status-attr:migstat': null,
      'os-vol-mig-status-attr:name_id': null,
    }),
    ...(isAdmin && version >= 61 && { cluster_name: null }),
    ...(version >= 13 && { group_id: volume.groupId }),
    ...(isAdmin && version >= 21 && { provider_id: null }),
    ...(version >= 48 && { service_uuid: null, shared_targets: false }),
    ...(version >= 63 && { volume_type_id: volume.typeId }),
    ...(version >= 64 && volume.encrypted && { encryption_key_id: null }),
    ...(version >= 65 && { consumes_quota: true }),
  }
}

/** The volume as the answer to its creation shows it. */
export function createdBody(
  volume: VolumeView,
  context: VolumeContext,
): Readonly<Record<string, unknown>> {
  const hidden = new Set(['os-vol-tenant-attr:tenant_id', 'volume_image_metadata'])
  const shown = volumeBody(volume, { ...context, isAdmin: false })
  return Object.fromEntries(Object.entries(shown).filter(([key]) => !hidden.has(key)))
}

/** Whom an attachment is for, as far as is known. */
export function userOf({ serverId, instanceId }: AttachmentView): string | null {
  return serverId ?? instanceId ?? null
}

function attachedBody(one: AttachmentView): Readonly<Record<string, unknown>> {
  return {
    id: one.volumeId,
    attachment_id: one.id,
    volume_id: one.volumeId,
    server_id: userOf(one),
    host_name: one.connector?.['host'] ?? null,
    device: one.device,
    attached_at: timeText(one.updatedAt),
  }
}

const id = z.string().min(1).nullish()

const idsHint = z
  .union([z.string().min(1), z.array(z.string().min(1))])
  .nullish()
  .transform((ids) => (ids === undefined || ids === null ? undefined : [ids].flat()))

/** Hints to the scheduler; those that it does not know are passed over. */
const hintsField = z.looseObject({ same_host: idsHint, different_host: idsHint }).nullish()

/**
 * https://docs.openstack.org/api-ref/block-storage/v3/#create-a-volume. The service passes over
 * fields of a new volume that it does not know.
 */
export const volumeCreateBody = z.strictObject({
  volume: z.object({
    size: numberField.nullish(),
    name: textField,
    display_name: textField,
    description: textField,
    display_description: textField,
    availability_zone: z.string().nullish(),
    volume_type: z.string().nullish(),
    metadata: textsField.nullish(),
    snapshot_id: id,
    source_volid: id,
    backup_id: id,
    imageRef: id,
    image_id: id,
    group_id: id,
    consistencygroup_id: id,
    multiattach: switchField.nullish(),
  }),
  'OS-SCH-HNT:scheduler_hints': hintsField,
  scheduler_hints: hintsField,
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#update-a-volume */
export const volumeUpdateBody = z.strictObject({
  volume: z.strictObject({
    name: textField,
    display_name: textField,
    description: textField,
    display_description: textField,
    metadata: textsField.optional(),
  }),
})
