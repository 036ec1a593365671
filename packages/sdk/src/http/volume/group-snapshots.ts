import {
  groupSnapshotCreate,
  groupSnapshotDelete,
  groupSnapshotGet,
  groupSnapshotList,
  groupSnapshotResetStatus,
  type GroupSnapshotView,
  snapshotStatuses,
} from '@nephos/core'
import {
  groupSnapshotActionBody,
  groupSnapshotBody,
  groupSnapshotCreateBody,
} from '../../wire/volume/group.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { commonFilters, listInput, named, oneOf, pageBody, reach, seer } from './common.ts'

const since = 14

const sortKeys = {
  id: 'id',
  name: 'name',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const

async function found(x: Exchange<RawQuery, undefined>): Promise<readonly GroupSnapshotView[]> {
  const input = listInput(x.query, sortKeys, 'createdAt')
  const { actor, ...owner } = reach(x)
  const groupId = first(x.query, 'group_id')
  const rows = await x.invokeAs(actor, groupSnapshotList, {
    ...commonFilters(x.query),
    ...owner,
    ...input,
    ...(groupId !== undefined && { groupId }),
  })
  const status = first(x.query, 'status')
  return rows.filter((row) => status === undefined || row.status === status)
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#group-snapshots-group-snapshots */
export const groupSnapshots: readonly EndpointRow[] = [
  ...[false, true].map((isDetailed) => {
    const path = isDetailed ? '/group_snapshots/detail' : '/group_snapshots'
    return endpoint({
      id: `volume.groupSnapshots.${isDetailed ? 'detail' : 'list'}`,
      method: 'GET',
      path,
      summary: 'Lists snapshots of groups.',
      since,
      access: 'token',
      operations: [groupSnapshotList],
      status: 200,
      async run(x) {
        const rows = await found(x)
        const items = rows.map((row) =>
          isDetailed ? groupSnapshotBody(row, x.version) : { id: row.id, name: row.name },
        )
        return json(pageBody(x, { name: 'group_snapshots', path, items, last: rows.at(-1)?.id }))
      },
    })
  }),
  endpoint({
    id: 'volume.groupSnapshots.create',
    method: 'POST',
    path: '/group_snapshots',
    summary: 'Keeps all volumes of a group as they are now.',
    since,
    access: 'token',
    operations: [groupSnapshotCreate],
    body: groupSnapshotCreateBody,
    status: 202,
    async run(x) {
      const { group_id: groupId, ...fields } = x.body.group_snapshot
      const row = await x.invoke(groupSnapshotCreate, { ...named(fields), groupId })
      return json({
        group_snapshot: { id: row.id, name: row.name, group_type_id: row.groupTypeId },
      })
    },
  }),
  endpoint({
    id: 'volume.groupSnapshots.get',
    method: 'GET',
    path: '/group_snapshots/{group_snapshot_id}',
    summary: 'Shows a snapshot of a group.',
    since,
    access: 'token',
    operations: [groupSnapshotGet],
    status: 200,
    async run(x) {
      const id = x.param('group_snapshot_id')
      const row = await x.invokeAs(seer(x), groupSnapshotGet, { id })
      return json({ group_snapshot: groupSnapshotBody(row, x.version) })
    },
  }),
  endpoint({
    id: 'volume.groupSnapshots.delete',
    method: 'DELETE',
    path: '/group_snapshots/{group_snapshot_id}',
    summary: 'Deletes a snapshot of a group.',
    since,
    access: 'token',
    operations: [groupSnapshotDelete],
    status: 202,
    async run(x) {
      await x.invokeAny(groupSnapshotDelete, { id: x.param('group_snapshot_id') })
      return nothing
    },
  }),
  endpoint({
    id: 'volume.groupSnapshots.action',
    method: 'POST',
    path: '/group_snapshots/{group_snapshot_id}/action',
    summary: 'Says what the status of a snapshot of a group is.',
    since: 19,
    access: 'token',
    operations: [groupSnapshotResetStatus],
    body: groupSnapshotActionBody,
    status: 202,
    async run(x) {
      x.requireOperator()
      const id = x.param('group_snapshot_id')
      const status = oneOf(snapshotStatuses, x.body.reset_status.status, 'status')
      await x.invoke(groupSnapshotResetStatus, { id, status })
      return nothing
    },
  }),
]
