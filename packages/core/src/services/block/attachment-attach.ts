import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { type Attachment, attachmentKind, attachModes } from '../../model/block/attachment.ts'
import { volumeKind } from '../../model/block/volume.ts'
import type { Draft } from '../../model/kind.ts'
import { fetchOne, getAll } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { newAttachment, withAttachments, writeAttachments } from './attachment-plan.ts'
import { type AttachmentView, requireAttachable, viewAttachment } from './attachment.ts'
import { owner } from './fields.ts'

/**
 * For clients that connect a volume by themselves and say so afterwards, as before attachments had
 * ids.
 *
 * @throws CloudError `conflict` when the volume cannot be attached now.
 */
export const attachmentDeclare = defineOperation({
  id: 'block.attachment.declare',
  summary: 'Says that a volume is in use outside, by whom and where.',
  policy: owner,
  mutates: true,
  input: z
    .strictObject({
      volumeId: idField,
      mode: z.enum(attachModes).default('rw'),
      instanceId: idField.optional(),
      hostName: z.string().min(1).max(limits.nameLength).optional(),
      device: z.string().min(1).max(limits.nameLength).optional(),
    })
    .refine(
      ({ instanceId, hostName }) => (instanceId === undefined) !== (hostName === undefined),
      'names one of instanceId and hostName',
    ),
  run: async (call, input): Promise<AttachmentView> => {
    const { kernel } = call
    const { volumeId, mode, instanceId, hostName, device = null } = input
    const volume = await fetchOne(call, volumeKind, volumeId, 'volumeId')
    const at = kernel.clock.now()
    const connector = hostName === undefined ? null : { host: hostName }
    const said = { mode, device, connector, ...(instanceId !== undefined && { instanceId }) }
    const kept = volume.attachments.filter(({ status }) => status === 'reserved')
    const reserved = await getAll(
      kernel,
      attachmentKind,
      kept.map(({ id }) => id),
    )
    const before = reserved.find((row) => row.serverId === null)
    const writes = new Writes()
    if (before) {
      const after: Attachment = { ...before, ...said, status: 'attached', updatedAt: at }
      await writeAttachments(kernel, writes, [{ before, after }])
      const view = viewAttachment(after)
      await call.commit(writes, [before.id, volumeId], view)
      return view
    }
    requireAttachable(volume, { mode, field: 'volumeId' })
    const fields = { projectId: volume.projectId, volumeId, serverId: null } as const
    const attachment: Draft<Attachment> = newAttachment(
      { id: kernel.ids.next(), ...fields, status: 'attached', ...said },
      at,
    )
    writes
      .insert(attachmentKind, attachment)
      .update(volumeKind, withAttachments(volume, [attachment], at))
    const view = viewAttachment(attachment)
    await call.commit(writes, [attachment.id, volumeId], view)
    return view
  },
})
