import {
  attachmentComplete,
  attachmentCreate,
  attachmentDelete,
  attachmentGet,
  attachmentList,
  attachmentUpdate,
  type AttachmentView,
} from '@nephos/core'
import { z } from 'zod'
import {
  attachmentBody,
  attachmentCreateBody,
  attachmentSummary,
  attachmentUpdateBody,
} from '../../wire/volume/attachment.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, pageOf, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { pageBody, reach, seer } from './common.ts'
import { connected } from './connect.ts'

async function found(x: Exchange<RawQuery, undefined>): Promise<readonly AttachmentView[]> {
  const volumeId = first(x.query, 'volume_id')
  const serverId = first(x.query, 'instance_id') ?? first(x.query, 'instance_uuid')
  const status = first(x.query, 'status') ?? first(x.query, 'attach_status')
  const { actor, projectId } = reach(x)
  const rows = await x.invokeAs(actor, attachmentList, {
    ...pageOf(x.query),
    ...(volumeId !== undefined && { volumeId }),
  })
  return rows.filter(
    (row) =>
      (projectId === undefined || row.projectId === projectId) &&
      (serverId === undefined || (row.serverId ?? row.instanceId) === serverId) &&
      (status === undefined || row.status === status),
  )
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#attachments-attachments */
export const attachments: readonly EndpointRow[] = [
  ...[false, true].map((isDetailed) => {
    const path = isDetailed ? '/attachments/detail' : '/attachments'
    return endpoint({
      id: `volume.attachments.${isDetailed ? 'detail' : 'list'}`,
      method: 'GET',
      path,
      summary: isDetailed ? 'Lists uses of volumes with all about them.' : 'Lists uses of volumes.',
      since: 27,
      access: 'token',
      operations: [attachmentList],
      status: 200,
      async run(x) {
        const rows = await found(x)
        const items = rows.map((row) => (isDetailed ? attachmentBody(row) : attachmentSummary(row)))
        return json(pageBody(x, { name: 'attachments', path, items, last: rows.at(-1)?.id }))
      },
    })
  }),
  endpoint({
    id: 'volume.attachments.create',
    method: 'POST',
    path: '/attachments',
    summary: 'Keeps a volume for a use; with a connector, connects it as well.',
    since: 27,
    access: 'token',
    operations: [attachmentCreate, attachmentGet],
    body: attachmentCreateBody,
    status: 200,
    async run(x) {
      const { volume_uuid: volumeId, instance_uuid: instanceId, ...rest } = x.body.attachment
      const connector = rest.connector ?? {}
      const isConnected = Object.keys(connector).length > 0
      const made = await x.invokeAny(attachmentCreate, {
        volumeId,
        instanceId: instanceId ?? undefined,
        mode: x.version >= 54 ? (rest.mode ?? 'rw') : 'rw',
        connector: isConnected ? connector : undefined,
      })
      const shown = isConnected ? await connected(x, made.id) : made
      return json({ attachment: attachmentBody(shown) })
    },
  }),
  endpoint({
    id: 'volume.attachments.get',
    method: 'GET',
    path: '/attachments/{attachment_id}',
    summary: 'Shows a use of a volume.',
    since: 27,
    access: 'token',
    operations: [attachmentGet],
    status: 200,
    async run(x) {
      const row = await x.invokeAs(seer(x), attachmentGet, { id: x.param('attachment_id') })
      return json({ attachment: attachmentBody(row) })
    },
  }),
  endpoint({
    id: 'volume.attachments.update',
    method: 'PUT',
    path: '/attachments/{attachment_id}',
    summary: 'Connects a volume that was kept.',
    since: 27,
    access: 'token',
    operations: [attachmentUpdate, attachmentGet],
    body: attachmentUpdateBody,
    status: 200,
    async run(x) {
      const { connector } = x.body.attachment
      const { id } = await x.invokeAny(attachmentUpdate, {
        id: x.param('attachment_id'),
        connector,
      })
      return json({ attachment: attachmentBody(await connected(x, id)) })
    },
  }),
  endpoint({
    id: 'volume.attachments.complete',
    method: 'POST',
    path: '/attachments/{attachment_id}/action',
    summary: 'Says that a connected volume is in use.',
    since: 44,
    access: 'token',
    operations: [attachmentComplete],
    body: z.strictObject({ 'os-complete': z.unknown() }),
    status: 204,
    async run(x) {
      await x.invokeAny(attachmentComplete, { id: x.param('attachment_id') })
      return nothing
    },
  }),
  endpoint({
    id: 'volume.attachments.delete',
    method: 'DELETE',
    path: '/attachments/{attachment_id}',
    summary: 'Ends a use of a volume.',
    since: 27,
    access: 'token',
    operations: [attachmentDelete, attachmentGet, attachmentList],
    status: 200,
    async run(x) {
      const id = x.param('attachment_id')
      const { volumeId } = await x.invokeAs(seer(x), attachmentGet, { id })
      await x.invokeAny(attachmentDelete, { ids: [id] })
      const left = await x.invokeAs(seer(x), attachmentList, { volumeIds: [volumeId] })
      return json({ attachments: left.filter((one) => one.id !== id).map(attachmentSummary) })
    },
  }),
]
