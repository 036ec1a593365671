import {
  attachmentList,
  type AttachmentView,
  CloudError,
  snapshotCreate,
  snapshotDelete,
  snapshotGet,
  snapshotList,
  volumeCreate,
  volumeDelete,
  volumeGet,
  volumeList,
  type VolumeView,
} from '@nephos/core'
import {
  snapshotBody,
  snapshotBodyNew,
  volumeBody,
  volumeBodyNew,
} from '../../wire/compute/volume.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, type RawQuery } from '../paging.ts'
import { json } from '../reply.ts'
import { asBadRequest } from './refusals.ts'

type Asking = Exchange<unknown, unknown>

/** The last microversion that speaks of volumes: those after it leave them to Cinder. */
const until = 35
const most = 1_000

/** @throws CloudError `notFound`: what is no id names nothing. */
function idOf(x: Asking, name: string): string {
  const id = x.param(name)
  if (/^[A-Za-z0-9._:-]{1,128}$/.test(id)) return id
  throw new CloudError('notFound', 'Volume not found.', { field: name })
}

/** `limit` and `offset` of lists. @throws CloudError `invalid`. */
function cut<T>(rows: readonly T[], query: RawQuery): readonly T[] {
  const whole = (key: string, absent: number): number => {
    const text = first(query, key)
    if (text === undefined) return absent
    if (/^\d{1,9}$/.test(text)) return Number(text)
    throw new CloudError('invalid', `${key}: is no whole number from 0 on.`, { field: key })
  }
  const from = whole('offset', 0)
  return rows.slice(from, from + whole('limit', most))
}

async function usesOf(x: Asking, rows: readonly VolumeView[]): Promise<readonly AttachmentView[]> {
  const volumeIds = rows.filter(({ attachments }) => attachments.length > 0).map(({ id }) => id)
  return volumeIds.length === 0 ? [] : await x.invokeAny(attachmentList, { volumeIds })
}

const volumeRows: readonly EndpointRow[] = ['/os-volumes', '/os-volumes/detail']
  .map((path) =>
    endpoint({
      id: path.endsWith('detail') ? 'compute.volumes.detail' : 'compute.volumes.list',
      method: 'GET',
      path,
      summary: 'Lists volumes.',
      until,
      access: 'token',
      operations: [volumeList, attachmentList],
      status: 200,
      async run(x) {
        const rows = cut(await x.invoke(volumeList, { limit: most }), x.query)
        const uses = await usesOf(x, rows)
        return json({ volumes: rows.map((row) => volumeBody(row, uses)) })
      },
    }),
  )
  .concat([
    endpoint({
      id: 'compute.volumes.create',
      method: 'POST',
      path: '/os-volumes',
      summary: 'Creates a volume.',
      until,
      access: 'token',
      operations: [volumeCreate],
      body: volumeBodyNew,
      status: 200,
      async run(x) {
        const { volume } = x.body
        const made = await asBadRequest(['volumeType', 'availabilityZone'], () =>
          x.invoke(volumeCreate, {
            name: volume.display_name ?? '',
            description: volume.display_description ?? '',
            sizeGb: volume.size,
            metadata: volume.metadata ?? {},
            ...(volume.volume_type && { volumeType: volume.volume_type }),
            ...(volume.snapshot_id && { snapshotId: volume.snapshot_id }),
            ...(volume.availability_zone && { availabilityZone: volume.availability_zone }),
          }),
        )
        return json({ volume: volumeBody(made, []) })
      },
    }),
    endpoint({
      id: 'compute.volumes.show',
      method: 'GET',
      path: '/os-volumes/{volume_id}',
      summary: 'Shows a volume.',
      until,
      access: 'token',
      operations: [volumeGet, attachmentList],
      status: 200,
      async run(x) {
        const volume = await x.invokeAny(volumeGet, { id: idOf(x, 'volume_id') })
        return json({ volume: volumeBody(volume, await usesOf(x, [volume])) })
      },
    }),
    endpoint({
      id: 'compute.volumes.delete',
      method: 'DELETE',
      path: '/os-volumes/{volume_id}',
      summary: 'Deletes a volume.',
      until,
      access: 'token',
      operations: [volumeDelete],
      status: 202,
      async run(x) {
        await x.invokeAny(volumeDelete, { ids: [idOf(x, 'volume_id')] })
        return {}
      },
    }),
  ])

const snapshotRows: readonly EndpointRow[] = ['/os-snapshots', '/os-snapshots/detail']
  .map((path) =>
    endpoint({
      id: path.endsWith('detail') ? 'compute.snapshots.detail' : 'compute.snapshots.list',
      method: 'GET',
      path,
      summary: 'Lists snapshots of volumes.',
      until,
      access: 'token',
      operations: [snapshotList],
      status: 200,
      async run(x) {
        const rows = cut(await x.invoke(snapshotList, { limit: most }), x.query)
        return json({ snapshots: rows.map((row) => snapshotBody(row)) })
      },
    }),
  )
  .concat([
    endpoint({
      id: 'compute.snapshots.create',
      method: 'POST',
      path: '/os-snapshots',
      summary: 'Takes a snapshot of a volume.',
      until,
      access: 'token',
      operations: [snapshotCreate],
      body: snapshotBodyNew,
      status: 200,
      async run(x) {
        const { snapshot } = x.body
        const made = await x.invoke(snapshotCreate, {
          volumeId: snapshot.volume_id,
          name: snapshot.display_name ?? '',
          description: snapshot.display_description ?? '',
          force: String(snapshot.force ?? false).toLowerCase() === 'true',
        })
        return json({ snapshot: snapshotBody(made) })
      },
    }),
    endpoint({
      id: 'compute.snapshots.show',
      method: 'GET',
      path: '/os-snapshots/{snapshot_id}',
      summary: 'Shows a snapshot of a volume.',
      until,
      access: 'token',
      operations: [snapshotGet],
      status: 200,
      async run(x) {
        const snapshot = await x.invokeAny(snapshotGet, { id: idOf(x, 'snapshot_id') })
        return json({ snapshot: snapshotBody(snapshot) })
      },
    }),
    endpoint({
      id: 'compute.snapshots.delete',
      method: 'DELETE',
      path: '/os-snapshots/{snapshot_id}',
      summary: 'Deletes a snapshot of a volume.',
      until,
      access: 'token',
      operations: [snapshotDelete],
      status: 202,
      async run(x) {
        await x.invokeAny(snapshotDelete, { ids: [idOf(x, 'snapshot_id')] })
        return {}
      },
    }),
  ])

/** Volumes and snapshots as Nova passes them on. */
export const volumes: readonly EndpointRow[] = [...volumeRows, ...snapshotRows]
