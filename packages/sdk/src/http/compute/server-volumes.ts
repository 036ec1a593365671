import {
  serverAttachVolumes,
  serverDetachVolumes,
  serverGetDetails,
  type ServerVolume,
} from '@nephos/core'
import {
  attachBody,
  attachmentBody,
  checkAttach,
  deviceOf,
} from '../../wire/compute/volume-attachment.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import { first } from '../paging.ts'
import type { RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { volumeAsBadRequest } from './refusals.ts'
import { readServer } from './server-shape.ts'

const path = '/servers/{server_id}/os-volume_attachments'

function volumeOf(volumes: readonly ServerVolume[], id: string): ServerVolume {
  const found = volumes.find(({ volumeId }) => volumeId === id)
  if (found) return found
  throw new HttpError(404, `Instance is not attached to volume ${id.slice(0, 64)}`)
}

function page(query: RawQuery): { readonly from: number; readonly to: number } {
  const number = (name: string): number | undefined => {
    const text = first(query, name)
    if (text === undefined) return undefined
    if (/^\d{1,9}$/.test(text)) return Number(text)
    throw new HttpError(400, `${name}: is no whole number from 0 on.`, { field: name })
  }
  const from = number('offset') ?? 0
  return { from, to: from + (number('limit') ?? 1_000) }
}

/**
 * Volumes of a server
 * (https://docs.openstack.org/api-ref/compute/#servers-with-volume-attachments-servers-os-volume-attachments).
 */
export const serverVolumes: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.serverVolumes.list',
    method: 'GET',
    path,
    summary: 'Lists the volumes of a server.',
    access: 'token',
    operations: [serverGetDetails],
    status: 200,
    async run(x) {
      const { id, volumes } = await readServer(x, x.param('server_id'))
      const { from, to } = page(x.query)
      const rows = volumes.slice(from, to).map((one) => attachmentBody(id, one, x.version))
      return json({ volumeAttachments: rows })
    },
  }),
  endpoint({
    id: 'compute.serverVolumes.attach',
    method: 'POST',
    path,
    summary: 'Gives a server a volume.',
    access: 'token',
    operations: [serverAttachVolumes],
    body: attachBody,
    status: 200,
    async run(x) {
      checkAttach(x.body, x.version)
      const { volumeId, device: wanted, delete_on_termination: goes } = x.body.volumeAttachment
      const device = deviceOf(wanted)
      const serverId = x.param('server_id')
      const use = {
        serverId,
        volumeId,
        ...(device !== undefined && { device }),
        ...(goes !== undefined && { deleteOnTermination: goes }),
      }
      // A volume that is in use is a bad request; a server that cannot take it, a conflict.
      const made = await volumeAsBadRequest(() =>
        x.invokeAny(serverAttachVolumes, { attachments: [use] }),
      )
      const [row] = made.attachments
      const volume = {
        attachmentId: row?.id ?? '',
        volumeId,
        device: row?.device ?? null,
        boot: false,
        deleteOnTermination: goes ?? false,
        status: 'attaching',
      }
      return json({ volumeAttachment: attachmentBody(serverId, volume, x.version) })
    },
  }),
  endpoint({
    id: 'compute.serverVolumes.get',
    method: 'GET',
    path: `${path}/{volume_id}`,
    summary: 'Shows a volume of a server.',
    access: 'token',
    operations: [serverGetDetails],
    status: 200,
    async run(x) {
      const { id, volumes } = await readServer(x, x.param('server_id'))
      const volume = volumeOf(volumes, x.param('volume_id'))
      return json({ volumeAttachment: attachmentBody(id, volume, x.version) })
    },
  }),
  endpoint({
    id: 'compute.serverVolumes.detach',
    method: 'DELETE',
    path: `${path}/{volume_id}`,
    summary: 'Takes a volume from a server.',
    access: 'token',
    operations: [serverDetachVolumes, serverGetDetails],
    status: 202,
    async run(x) {
      const { id, volumes } = await readServer(x, x.param('server_id'))
      const volume = volumeOf(volumes, x.param('volume_id'))
      if (volume.boot) throw new HttpError(403, "Can't detach root device volume")
      const attachments = [{ serverId: id, volumeId: volume.volumeId }]
      await x.invokeAny(serverDetachVolumes, { attachments })
      return nothing
    },
  }),
]
