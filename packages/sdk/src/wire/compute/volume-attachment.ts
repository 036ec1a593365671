import type { ServerVolume } from '@nephos/core'
import { z } from 'zod'
import type { Body } from './server.ts'
import { requireVersions } from './version.ts'

/** A volume of a server, as `os-volume_attachments` shows it in this version. */
export function attachmentBody(serverId: string, volume: ServerVolume, version: number): Body {
  const { volumeId, attachmentId, device, deleteOnTermination } = volume
  return {
    // Where ids of attachments are not shown, the volume's stands for it.
    ...(version < 89 && { id: volumeId }),
    serverId,
    volumeId,
    device,
    ...(version >= 70 && { tag: null }),
    ...(version >= 79 && { delete_on_termination: deleteOnTermination }),
    ...(version >= 89 && { attachment_id: attachmentId, bdm_uuid: attachmentId }),
  }
}

export const attachBody = z.strictObject({
  volumeAttachment: z.strictObject({
    volumeId: z.uuid(),
    device: z
      .string()
      .regex(/^(?:\/dev\/)?[a-z]{2,4}[a-z0-9]{0,4}$/, 'is no device such as /dev/vdb')
      .nullable()
      .optional(),
    tag: z.string().min(1).max(60).optional(),
    delete_on_termination: z.boolean().optional(),
  }),
})

/** @throws CloudError `invalid` for fields of other versions. */
export function checkAttach(
  { volumeAttachment }: z.output<typeof attachBody>,
  version: number,
): void {
  const fields = { tag: { since: 49 }, delete_on_termination: { since: 79 } }
  requireVersions(volumeAttachment, fields, version)
}

/** A device as the core names it; what it would not take is chosen anew, as drivers do. */
export function deviceOf(wanted: string | null | undefined): string | undefined {
  if (!wanted) return undefined
  const path = wanted.startsWith('/dev/') ? wanted : `/dev/${wanted}`
  return /^\/dev\/[sv]d[a-z]$/.test(path) ? path : undefined
}
