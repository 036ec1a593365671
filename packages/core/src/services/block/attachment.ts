import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  type Attachment,
  attachmentKind,
  type AttachmentEvent,
  type AttachmentStatus,
  attachmentTransitions,
  attachModes,
} from '../../model/block/attachment.ts'
import { isAtRest, statusOf, volumeActionAllowed } from '../../model/block/volume-state.ts'
import { type Volume, volumeKind } from '../../model/block/volume.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { fetchOne, fetchOwned } from '../fetch.ts'
import { idField, idsField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { attachmentDrive, planDetach, planDetachWork } from './attachment-drive.ts'
import {
  type AttachmentChange,
  newAttachment,
  withAttachments,
  writeAttachments,
} from './attachment-plan.ts'
import { planDrive } from './drive.ts'
import { owner, propertiesField, reader } from './fields.ts'
import { withoutOwn } from './shown.ts'

/** An attachment as its users see it. */
export type AttachmentView = Omit<Attachment, 'generation' | 'rev' | 'metered' | 'announced'>

export function viewAttachment(attachment: Draft<Attachment>): AttachmentView {
  const { generation: _, ...shown } = withoutOwn<Attachment>(attachment)
  return shown
}

/**
 * @throws CloudError `conflict` when the volume's status, its other uses, or its being read-only
 *   forbid it.
 */
export function requireAttachable(
  volume: Volume,
  use: { readonly mode: Attachment['mode']; readonly field: string },
): void {
  const { id, attachments, multiattach } = volume
  const status = statusOf(volume)
  const { field, mode } = use
  const detail = { id, status }
  const isFree = multiattach
    ? attachments.length < limits.volumeAttachments
    : attachments.length < 1
  if (!isFree || !isAtRest(volume.status) || !volumeActionAllowed('attach', status)) {
    const why = isFree ? status : 'in use'
    throw new CloudError('conflict', `${field}: the volume is ${why}.`, { field, detail })
  }
  if (volume.readOnly && mode === 'rw') {
    throw new CloudError('conflict', `${field}: the volume is read-only.`, { field, detail })
  }
}

const connectorField = propertiesField.refine((items) => Boolean(items['host']), 'has no host')

/** @throws CloudError `conflict` when the volume cannot be attached now. */
export const attachmentCreate = defineOperation({
  id: 'block.attachment.create',
  summary: 'Keeps a volume for a use from outside; with a connector, connects it as well.',
  policy: owner,
  mutates: true,
  input: z.strictObject({
    volumeId: idField,
    mode: z.enum(attachModes).default('rw'),
    /** The server that it is for, as whoever attaches it says. */
    instanceId: idField.optional(),
    /** Who connects: `host`, and what the driver needs (`ip`, `initiator` …). */
    connector: connectorField.optional(),
  }),
  run: async (call, input): Promise<AttachmentView> => {
    const { kernel } = call
    const { volumeId, mode, instanceId, connector = null } = input
    const volume = await fetchOne(call, volumeKind, volumeId, 'volumeId')
    requireAttachable(volume, { mode, field: 'volumeId' })
    const at = kernel.clock.now()
    const { projectId } = volume
    const status = connector ? 'attaching' : 'reserved'
    const fields = { projectId, volumeId, serverId: null, status, mode, connector } as const
    const instance = instanceId === undefined ? {} : { instanceId }
    const attachment = newAttachment({ id: kernel.ids.next(), ...fields, ...instance }, at)
    const writes = new Writes()
      .insert(attachmentKind, attachment)
      .update(volumeKind, withAttachments(volume, [attachment], at))
    if (connector) planDrive(call, writes, attachmentDrive, [attachment])
    const view = viewAttachment(attachment)
    await call.commit(writes, [attachment.id, volumeId], view)
    return view
  },
})

/** @throws CloudError `conflict` unless it is reserved, or could not be connected. */
export const attachmentUpdate = defineOperation({
  id: 'block.attachment.update',
  summary: 'Connects a reserved volume to who now says where it is used.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ id: idField, connector: connectorField }),
  run: async (call, { id, connector }): Promise<AttachmentView> => {
    const before = await fetchOutside(call, id)
    const after: Attachment = {
      ...moved(before, 'connect', 'id'),
      connector,
      connection: null,
      generation: before.generation + 1,
      updatedAt: call.kernel.clock.now(),
    }
    const writes = new Writes()
    await writeAttachments(call.kernel, writes, [{ before, after }])
    planDrive(call, writes, attachmentDrive, [after])
    const view = viewAttachment(after)
    await call.commit(writes, [id, before.volumeId], view)
    return view
  },
})

/** @throws CloudError `conflict` until the driver has connected it. */
export const attachmentComplete = defineOperation({
  id: 'block.attachment.complete',
  summary: 'Says that a connected volume is in use.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<AttachmentView> => {
    const before = await fetchOutside(call, id)
    if (before.connection === null) {
      throw new CloudError('conflict', 'The volume is not connected yet.', {
        field: 'id',
        detail: { status: before.status },
      })
    }
    const after = { ...moved(before, 'connected', 'id'), updatedAt: call.kernel.clock.now() }
    const writes = new Writes()
    await writeAttachments(call.kernel, writes, [{ before, after }])
    const view = viewAttachment(after)
    await call.commit(writes, [id, before.volumeId], view)
    return view
  },
})

/** @throws CloudError `conflict` for a disk that a server boots from, or one being detached. */
export const attachmentDelete = defineOperation({
  id: 'block.attachment.delete',
  summary: 'Detaches volumes: many at once, all of them or none; also again, when that failed.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ ids: idsField }),
  run: async (call, { ids }): Promise<{ readonly count: number }> => {
    const rows = await fetchOwned(call, attachmentKind, ids, 'ids')
    return detach(call, rows, 'ids')
  },
})

/** Detaches: in one decision, whatever the number. */
export async function detach(
  call: Call,
  rows: readonly Attachment[],
  field: string,
): Promise<{ readonly count: number }> {
  const { kernel } = call
  for (const row of rows) {
    moved(row, 'detach', field)
    if (!row.boot) continue
    throw new CloudError('conflict', `${field}: a server boots from it.`, {
      field,
      detail: { id: row.id },
    })
  }
  const isIdle = ({ status, serverId }: Attachment): boolean =>
    status === 'reserved' && serverId === null
  const writes = new Writes()
  const gone = rows.filter(isIdle).map((before): AttachmentChange => ({ before, after: null }))
  const going = await planDetach(
    kernel,
    writes,
    rows.filter((row) => !isIdle(row)),
  )
  await writeAttachments(kernel, writes, [...gone, ...going])
  planDetachWork(
    call,
    writes,
    going.flatMap(({ after }) => after ?? []),
  )
  const answer = { count: rows.length }
  await call.commit(
    writes,
    rows.map(({ id }) => id),
    answer,
  )
  return answer
}

export const attachmentGet = defineOperation({
  id: 'block.attachment.get',
  summary: 'Shows a use of a volume.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<AttachmentView> =>
    viewAttachment(await fetchOne(call, attachmentKind, id)),
})

export const attachmentList = defineOperation({
  id: 'block.attachment.list',
  summary: 'Lists uses of the project’s volumes, or of one of them, by id.',
  policy: reader,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    volumeId: idField.optional(),
    /** Of any of these, in one read: all of them, whatever the limit. */
    volumeIds: idsField.max(limits.pageRows).optional(),
    serverId: idField.optional(),
  }),
  run: async (call, input): Promise<AttachmentView[]> => {
    const { projectId, system } = call.actor
    const { volumeId, serverId } = input
    const owned = system ? {} : { index: 'byProject', equals: [projectId] }
    const query = volumeId === undefined ? owned : { index: 'byVolume', equals: [volumeId] }
    const keep = (row: Attachment): boolean => serverId === undefined || row.serverId === serverId
    const isVisible = (row: Attachment): boolean => system || row.projectId === projectId
    if (input.volumeIds) {
      const keys = input.volumeIds.map((id) => [id])
      const found = await call.kernel.store.lookup(attachmentKind, 'byVolume', keys)
      return found.filter((row) => keep(row) && isVisible(row)).map(viewAttachment)
    }
    const rows = await listPage(call, attachmentKind, query, input, keep, isVisible)
    return rows.map(viewAttachment)
  },
})

/** @throws CloudError `conflict` for what the cloud itself connects to its servers. */
async function fetchOutside(call: Call, id: string): Promise<Attachment> {
  const attachment = await fetchOne(call, attachmentKind, id)
  if (attachment.serverId === null) return attachment
  throw new CloudError('conflict', 'The attachment is one of a server.', { field: 'id' })
}

/** The attachment after an event. @throws CloudError `conflict` when its status refuses it. */
function moved(attachment: Attachment, event: AttachmentEvent, field: string): Attachment {
  const { id, status } = attachment
  const next = attachmentTransitions[status][event]
  if (next === null || next === 'gone') {
    throw new CloudError('conflict', `${field}: the attachment is ${status}.`, {
      field,
      detail: { id, status },
    })
  }
  return { ...attachment, status: next satisfies AttachmentStatus }
}
