import type { TransferView, VolumeMessage } from '@nephos/core'
import { z } from 'zod'
import { type Link, switchField, textField, timeText } from './common.ts'

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-volume-transfer-detail */
export function transferBody(
  transfer: TransferView,
  options: { readonly links: readonly Link[]; readonly version: number },
): Readonly<Record<string, unknown>> {
  const { links, version } = options
  return {
    id: transfer.id,
    name: transfer.name,
    volume_id: transfer.volumeId,
    created_at: timeText(transfer.createdAt),
    links,
    ...(version >= 55 && { no_snapshots: !transfer.withSnapshots }),
    ...(version >= 57 && {
      source_project_id: transfer.projectId,
      destination_project_id: null,
      accepted: false,
    }),
  }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#create-a-volume-transfer */
export const transferCreateBody = z.strictObject({
  transfer: z.strictObject({
    volume_id: z.string(),
    name: textField,
    no_snapshots: switchField.optional(),
  }),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#accept-a-volume-transfer */
export const transferAcceptBody = z.strictObject({
  accept: z.strictObject({ auth_key: z.string().min(1) }),
})

/** What was under way, as Cinder numbers it. */
const events: Readonly<Record<string, string>> = {
  creating: '001',
  extending: '006',
  deleting: '018',
  uploading: '004',
  'backing-up': '013',
  'restoring-backup': '014',
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-message-details */
export function messageBody(
  message: VolumeMessage,
  links: readonly Link[],
): Readonly<Record<string, unknown>> {
  const event = events[message.event] ?? '000'
  const resource = message.resourceType.toUpperCase()
  return {
    id: message.id,
    event_id: `VOLUME_${resource}_${event}_001`,
    message_level: 'ERROR',
    request_id: message.requestId,
    resource_type: resource,
    resource_uuid: message.resourceId,
    user_message: `${message.event}: ${message.text}`,
    created_at: timeText(message.createdAt),
    guaranteed_until: timeText(message.expiresAt),
    links,
  }
}
