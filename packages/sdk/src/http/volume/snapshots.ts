import {
  CloudError,
  snapshotCreate,
  snapshotDelete,
  snapshotGet,
  snapshotList,
  snapshotResetStatus,
  snapshotStatuses,
  snapshotUnmanage,
  snapshotUpdate,
  type SnapshotView,
} from '@nephos/core'
import { z } from 'zod'
import { snapshotBody, snapshotCreateBody, snapshotUpdateBody } from '../../wire/volume/snapshot.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import {
  commonFilters,
  isEmptyPage,
  listInput,
  named,
  oneOf,
  pageBody,
  reach,
  requireFilters,
  seer,
} from './common.ts'

const sortKeys = {
  id: 'id',
  name: 'name',
  display_name: 'name',
  status: 'status',
  volume_size: 'sizeGb',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  volume_id: 'volumeId',
} as const

/** Filters that lists of snapshots take. */
export const snapshotFilterNames = [
  ...['name', 'display_name', 'name~', 'status', 'volume_id', 'metadata', 'project_id'],
  ...['tenant_id', 'availability_zone', 'created_at', 'updated_at', 'consumes_quota'],
] as const

async function found(x: Exchange<RawQuery, undefined>): Promise<readonly SnapshotView[]> {
  requireFilters(x, snapshotFilterNames)
  const input = listInput(x.query, sortKeys, 'createdAt')
  const status = first(x.query, 'status')
  const known = snapshotStatuses.find((one) => one === status?.toLowerCase())
  if ((status !== undefined && !known) || isEmptyPage(x.query)) return []
  const volumeId = first(x.query, 'volume_id')
  const { actor, ...owner } = reach(x)
  return x.invokeAs(actor, snapshotList, {
    ...commonFilters(x.query),
    ...owner,
    ...input,
    ...(known && { status: known }),
    ...(volumeId !== undefined && { volumeId }),
  })
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#volume-snapshots-snapshots */
export const snapshots: readonly EndpointRow[] = [
  ...[false, true].map((isDetailed) => {
    const path = isDetailed ? '/snapshots/detail' : '/snapshots'
    return endpoint({
      id: `volume.snapshots.${isDetailed ? 'detail' : 'list'}`,
      method: 'GET',
      path,
      summary: isDetailed ? 'Lists snapshots with all that is known of them.' : 'Lists snapshots.',
      access: 'token',
      operations: [snapshotList],
      status: 200,
      async run(x) {
        const rows = await found(x)
        const { version } = x
        const items = rows.map((row) => snapshotBody(row, { version, isShort: !isDetailed }))
        return json(pageBody(x, { name: 'snapshots', path, items, last: rows.at(-1)?.id }))
      },
    })
  }),
  endpoint({
    id: 'volume.snapshots.create',
    method: 'POST',
    path: '/snapshots',
    summary: 'Keeps a volume as it is now.',
    access: 'token',
    operations: [snapshotCreate],
    body: snapshotCreateBody,
    status: 202,
    async run(x) {
      const { volume_id: volumeId, force, metadata, ...fields } = x.body.snapshot
      if (!volumeId) throw new CloudError('notFound', 'No such volume.', { field: 'volume_id' })
      if (x.version >= 66 && force === false) {
        x.refuse(400, 'force: is no choice any more.', 'force')
      }
      const snapshot = await x.invokeAny(snapshotCreate, {
        ...named(fields),
        volumeId,
        // From 3.66 on a snapshot of a volume in use needs no force.
        force: x.version >= 66 || (force ?? false),
        metadata: metadata ?? {},
      })
      const { version } = x
      return json({ snapshot: snapshotBody(snapshot, { version, isShort: true }) })
    },
  }),
  endpoint({
    id: 'volume.snapshots.get',
    method: 'GET',
    path: '/snapshots/{snapshot_id}',
    summary: 'Shows a snapshot.',
    access: 'token',
    operations: [snapshotGet],
    status: 200,
    async run(x) {
      const snapshot = await x.invokeAs(seer(x), snapshotGet, { id: x.param('snapshot_id') })
      return json({ snapshot: snapshotBody(snapshot, { version: x.version }) })
    },
  }),
  endpoint({
    id: 'volume.snapshots.update',
    method: 'PUT',
    path: '/snapshots/{snapshot_id}',
    summary: 'Names and describes a snapshot.',
    access: 'token',
    operations: [snapshotUpdate],
    body: snapshotUpdateBody,
    status: 200,
    async run(x) {
      const id = x.param('snapshot_id')
      const snapshot = await x.invokeAny(snapshotUpdate, { id, ...named(x.body.snapshot) })
      const { version } = x
      return json({ snapshot: snapshotBody(snapshot, { version, isShort: true }) })
    },
  }),
  endpoint({
    id: 'volume.snapshots.delete',
    method: 'DELETE',
    path: '/snapshots/{snapshot_id}',
    summary: 'Deletes a snapshot.',
    access: 'token',
    operations: [snapshotDelete],
    status: 202,
    async run(x) {
      await x.invokeAny(snapshotDelete, { ids: [x.param('snapshot_id')] })
      return nothing
    },
  }),
  endpoint({
    id: 'volume.snapshots.action',
    method: 'POST',
    path: '/snapshots/{snapshot_id}/action',
    summary: 'Says what the status of a snapshot is, or deletes it whatever it is.',
    access: 'token',
    operations: [snapshotResetStatus, snapshotDelete, snapshotUnmanage],
    body: z.union([
      z.strictObject({ 'os-reset_status': z.strictObject({ status: z.string() }) }),
      z.strictObject({
        'os-update_snapshot_status': z.strictObject({
          status: z.string(),
          progress: z.string().nullish(),
        }),
      }),
      z.strictObject({ 'os-force_delete': z.unknown() }),
      z.strictObject({ 'os-unmanage': z.unknown() }),
    ]),
    status: 202,
    async run(x) {
      const operator = x.requireOperator()
      const id = x.param('snapshot_id')
      if ('os-unmanage' in x.body) {
        await x.invokeAs(operator, snapshotUnmanage, { id })
        return nothing
      }
      if ('os-force_delete' in x.body) {
        // What was said of it no longer counts.
        const { status } = await x.invokeAs(seer(x), snapshotGet, { id })
        if (!isSettled(status)) await x.invoke(snapshotResetStatus, { id, status: 'error' })
        await x.invokeAny(snapshotDelete, { ids: [id] })
        return nothing
      }
      const said =
        'os-reset_status' in x.body
          ? x.body['os-reset_status']
          : x.body['os-update_snapshot_status']
      const status = oneOf(snapshotStatuses, said.status, 'status')
      await x.invoke(snapshotResetStatus, { id, status })
      return nothing
    },
  }),
]

function isSettled(status: SnapshotView['status']): boolean {
  return status === 'available' || status === 'error' || status === 'error_deleting'
}
