import {
  groupResetStatus,
  groupStatuses,
  type GroupView,
  volumeGroupCopy,
  volumeGroupCreate,
  volumeGroupDelete,
  volumeGroupGet,
  volumeGroupList,
  volumeGroupUpdate,
  volumeList,
} from '@nephos/core'
import {
  groupActionBody,
  groupBody,
  groupCopyBody,
  groupCreateBody,
  groupUpdateBody,
} from '../../wire/volume/group.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, flag, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { commonFilters, listInput, named, oneOf, pageBody, reach, seer } from './common.ts'

const since = 13

const sortKeys = {
  id: 'id',
  name: 'name',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
} as const

async function found(x: Exchange<RawQuery, undefined>): Promise<readonly GroupView[]> {
  const input = listInput(x.query, sortKeys, 'createdAt')
  const { actor, ...owner } = reach(x)
  const rows = await x.invokeAs(actor, volumeGroupList, {
    ...commonFilters(x.query),
    ...owner,
    ...input,
  })
  const status = first(x.query, 'status')
  return rows.filter((row) => status === undefined || row.status === status)
}

/** Ids of a group's volumes, from 3.25 on where they are asked for. */
async function volumesOf(
  x: Exchange<RawQuery, undefined>,
  groupId: string,
): Promise<{ readonly volumeIds?: readonly string[] }> {
  if (x.version < 25 || flag(x.query, 'list_volume') !== true) return {}
  const rows = await x.invokeAs(seer(x), volumeList, { groupId })
  return { volumeIds: rows.map(({ id }) => id) }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#generic-volume-groups-groups */
export const groups: readonly EndpointRow[] = [
  ...[false, true].map((isDetailed) => {
    const path = isDetailed ? '/groups/detail' : '/groups'
    return endpoint({
      id: `volume.groups.${isDetailed ? 'detail' : 'list'}`,
      method: 'GET',
      path,
      summary: isDetailed ? 'Lists groups with all that is known of them.' : 'Lists groups.',
      since,
      access: 'token',
      operations: [volumeGroupList, volumeList],
      status: 200,
      async run(x) {
        const rows = await found(x)
        const isListed =
          isDetailed && x.version >= 25 && flag(x.query, 'list_volume') === true && rows.length > 0
        const { actor, ...owner } = reach(x)
        const members = isListed ? await x.invokeAs(actor, volumeList, owner) : []
        const items = rows.map((row) => {
          if (!isDetailed) return { id: row.id, name: row.name }
          const own = members.filter(({ groupId }) => groupId === row.id).map(({ id }) => id)
          return groupBody(row, { version: x.version, ...(isListed && { volumeIds: own }) })
        })
        return json(pageBody(x, { name: 'groups', path, items, last: rows.at(-1)?.id }))
      },
    })
  }),
  endpoint({
    id: 'volume.groups.create',
    method: 'POST',
    path: '/groups',
    summary: 'Creates a group.',
    since,
    access: 'token',
    operations: [volumeGroupCreate],
    body: groupCreateBody,
    status: 202,
    async run(x) {
      const { group_type: groupTypeId, volume_types: volumeTypes, ...rest } = x.body.group
      const { id, name } = await x.invoke(volumeGroupCreate, {
        ...named(rest),
        groupTypeId,
        volumeTypes,
        availabilityZone: rest.availability_zone ?? undefined,
      })
      return json({ group: { id, name } })
    },
  }),
  endpoint({
    id: 'volume.groups.copy',
    method: 'POST',
    path: '/groups/action',
    summary: 'Makes a group of copies of another, or of a snapshot of one.',
    since: 14,
    access: 'token',
    operations: [volumeGroupCopy],
    body: groupCopyBody,
    status: 202,
    async run(x) {
      const wish = x.body['create-from-src']
      const { id, name } = await x.invoke(volumeGroupCopy, {
        ...named(wish),
        groupSnapshotId: wish.group_snapshot_id ?? undefined,
        sourceGroupId: wish.source_group_id ?? undefined,
      })
      return json({ group: { id, name } })
    },
  }),
  endpoint({
    id: 'volume.groups.get',
    method: 'GET',
    path: '/groups/{group_id}',
    summary: 'Shows a group.',
    since,
    access: 'token',
    operations: [volumeGroupGet, volumeList],
    status: 200,
    async run(x) {
      const row = await x.invokeAs(seer(x), volumeGroupGet, { id: x.param('group_id') })
      const members = await volumesOf(x, row.id)
      return json({ group: groupBody(row, { version: x.version, ...members }) })
    },
  }),
  endpoint({
    id: 'volume.groups.update',
    method: 'PUT',
    path: '/groups/{group_id}',
    summary: 'Names a group, and says which volumes come and go.',
    since,
    access: 'token',
    operations: [volumeGroupUpdate],
    body: groupUpdateBody,
    status: 202,
    async run(x) {
      const { add_volumes: added, remove_volumes: removed, ...fields } = x.body.group
      await x.invokeAny(volumeGroupUpdate, {
        id: x.param('group_id'),
        ...named(fields),
        addVolumeIds: added ?? [],
        removeVolumeIds: removed ?? [],
      })
      return nothing
    },
  }),
  endpoint({
    id: 'volume.groups.action',
    method: 'POST',
    path: '/groups/{group_id}/action',
    summary: 'Deletes a group, or says what its status is.',
    since,
    access: 'token',
    operations: [volumeGroupDelete, groupResetStatus],
    body: groupActionBody,
    status: 202,
    async run(x) {
      const id = x.param('group_id')
      if ('delete' in x.body) {
        const deleteVolumes = x.body.delete['delete-volumes'] ?? false
        await x.invokeAny(volumeGroupDelete, { id, deleteVolumes })
        return nothing
      }
      x.requireOperator()
      if (x.version < 20) x.refuse(400, 'A status is set from 3.20 on.', 'reset_status')
      const status = oneOf(groupStatuses, x.body.reset_status.status, 'status')
      await x.invoke(groupResetStatus, { id, status })
      return nothing
    },
  }),
]
