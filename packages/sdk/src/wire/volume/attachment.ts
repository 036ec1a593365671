import type { AttachmentView } from '@nephos/core'
import { z } from 'zod'
import { timeText } from './common.ts'
import { userOf } from './volume.ts'

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-attachment-details */
export function attachmentBody(attachment: AttachmentView): Readonly<Record<string, unknown>> {
  return {
    ...attachmentSummary(attachment),
    attached_at: attachment.status === 'attached' ? timeText(attachment.updatedAt) : '',
    detached_at: '',
    attach_mode: attachment.mode,
    connection_info: connectionInfo(attachment),
  }
}

/** One as a list without details shows it. */
export function attachmentSummary(attachment: AttachmentView): Readonly<Record<string, unknown>> {
  return {
    id: attachment.id,
    status: attachment.status,
    instance: userOf(attachment),
    volume_id: attachment.volumeId,
  }
}

/** How a volume is reached; empty until it is known. */
function connectionInfo({ connection, id, volumeId, mode }: AttachmentView): unknown {
  if (connection === null) return {}
  const { driver = 'nephos', ...rest } = connection
  return {
    driver_volume_type: driver,
    ...rest,
    attachment_id: id,
    volume_id: volumeId,
    access_mode: mode,
  }
}

/** What `os-initialize_connection` answers. */
export function initializedBody({ connection, mode }: AttachmentView): unknown {
  const { driver = 'nephos', ...data } = connection ?? {}
  return { driver_volume_type: driver, data: { ...data, access_mode: mode } }
}

/** Who connects: parts that are no texts are taken as their texts, nothing as nothing. */
export const connectorField = z
  .record(z.string(), z.unknown())
  .transform((parts) =>
    Object.fromEntries(
      Object.entries(parts)
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
    ),
  )
  .pipe(z.record(z.string(), z.string()))

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-attachment */
export const attachmentCreateBody = z.strictObject({
  attachment: z.strictObject({
    volume_uuid: z.string(),
    instance_uuid: z.string().nullish(),
    connector: connectorField.nullish(),
    mode: z.enum(['rw', 'ro']).nullish(),
  }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#update-an-attachment */
export const attachmentUpdateBody = z.strictObject({
  attachment: z.strictObject({ connector: connectorField }),
})
