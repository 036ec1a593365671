import {
  isCloudError,
  volumeCreate,
  volumeDelete,
  volumeForceDelete,
  volumeGet,
  volumeList,
  volumeStatuses,
  volumeSummary,
  volumeUpdate,
  type VolumeView,
} from '@nephos/core'
import { dictionaryOf } from '../../wire/volume/common.ts'
import {
  createdBody,
  hostPool,
  volumeBody,
  volumeCreateBody,
  volumeUpdateBody,
} from '../../wire/volume/volume.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, flag, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import {
  commonFilters,
  isEmptyPage,
  linksOf,
  listInput,
  named,
  pageBody,
  reach,
  requireFilters,
  seer,
} from './common.ts'
import { viewOperations, volumeContexts } from './volume-view.ts'

const sortKeys = {
  id: 'id',
  name: 'name',
  display_name: 'name',
  status: 'status',
  bootable: 'bootable',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  size: 'sizeGb',
  availability_zone: 'zone',
  user_id: 'userId',
  host: 'poolName',
} as const

/** Filters that lists of volumes take. */
export const volumeFilterNames = [
  ...['name', 'display_name', 'name~', 'status', 'metadata', 'bootable', 'size', 'id'],
  ...['migration_status', 'availability_zone', 'group_id', 'host', 'project_id', 'tenant_id'],
  ...['user_id', 'glance_metadata', 'created_at', 'updated_at', 'multiattach', 'encrypted'],
  ...['volume_type_id', 'description', 'consumes_quota'],
] as const

/** Filters of a request; null: nothing can be found. */
function filtersOf(query: RawQuery) {
  const status = first(query, 'status')
  const known = volumeStatuses.find((one) => one === status?.toLowerCase())
  if (status !== undefined && !known) return null
  if ((first(query, 'migration_status') ?? 'none') !== 'none') return null
  if (flag(query, 'consumes_quota') === false) return null
  const image = first(query, 'glance_metadata')
  const size = first(query, 'size')
  if (size !== undefined && !/^\d{1,9}$/.test(size)) return null
  const host = first(query, 'host')
  const texts = {
    availabilityZone: first(query, 'availability_zone'),
    groupId: first(query, 'group_id'),
    typeId: first(query, 'volume_type_id'),
    userId: first(query, 'user_id'),
    description: first(query, 'description'),
  }
  const switches = {
    bootable: flag(query, 'bootable'),
    multiattach: flag(query, 'multiattach'),
    encrypted: flag(query, 'encrypted'),
  }
  return {
    ...commonFilters(query),
    ...texts,
    ...switches,
    ...(known && { status: known }),
    ...(size !== undefined && { sizeGb: Number(size) }),
    ...(host !== undefined && { pool: hostPool(host) }),
    ...(image !== undefined && { imageMetadata: dictionaryOf(image, 'glance_metadata') }),
  }
}

async function found(x: Exchange<RawQuery, undefined>): Promise<{
  readonly volumes: readonly VolumeView[]
  readonly count: number | undefined
}> {
  requireFilters(x, volumeFilterNames)
  const input = listInput(x.query, sortKeys, 'createdAt')
  const filters = filtersOf(x.query)
  const { actor, ...owner } = reach(x)
  const isCounted = x.version >= 45 && flag(x.query, 'with_count') === true
  const isNone = !filters || isEmptyPage(x.query)
  if (isNone) return { volumes: [], count: isCounted ? 0 : undefined }
  const id = first(x.query, 'id')
  const [rows, summary] = await Promise.all([
    x.invokeAs(actor, volumeList, { ...filters, ...owner, ...input }),
    isCounted ? x.invokeAs(actor, volumeSummary, { ...filters, ...owner }) : undefined,
  ])
  const volumes = id === undefined ? rows : rows.filter((row) => row.id === id)
  return { volumes, count: summary?.count }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#volumes-volumes */
export const volumes: readonly EndpointRow[] = [
  endpoint({
    id: 'volume.volumes.list',
    method: 'GET',
    path: '/volumes',
    summary: 'Lists volumes.',
    access: 'token',
    operations: [volumeList, volumeSummary],
    status: 200,
    async run(x) {
      const { volumes: rows, count } = await found(x)
      const items = rows.map(({ id, name }) => ({ id, name, links: linksOf(x, 'volumes', id) }))
      const page = { name: 'volumes', path: '/volumes', items, last: rows.at(-1)?.id }
      return json({ ...pageBody(x, page), ...(count !== undefined && { count }) })
    },
  }),
  endpoint({
    id: 'volume.volumes.detail',
    method: 'GET',
    path: '/volumes/detail',
    summary: 'Lists volumes with all that is known of them.',
    access: 'token',
    operations: [volumeList, volumeSummary, ...viewOperations],
    status: 200,
    async run(x) {
      const { volumes: rows, count } = await found(x)
      const contextOf = await volumeContexts(x, rows)
      const items = rows.map((row) => volumeBody(row, contextOf(row)))
      const page = { name: 'volumes', path: '/volumes/detail', items, last: rows.at(-1)?.id }
      return json({ ...pageBody(x, page), ...(count !== undefined && { count }) })
    },
  }),
  endpoint({
    id: 'volume.volumes.summary',
    method: 'GET',
    path: '/volumes/summary',
    summary: 'Counts volumes and their gigabytes.',
    since: 12,
    access: 'token',
    operations: [volumeSummary],
    status: 200,
    async run(x) {
      const filters = filtersOf(x.query)
      const { actor, ...owner } = reach(x)
      const none = { count: 0, gigabytes: 0, metadata: {} }
      const sum = filters ? await x.invokeAs(actor, volumeSummary, { ...filters, ...owner }) : none
      const { count, gigabytes, metadata } = sum
      const totals = { total_count: count, total_size: gigabytes }
      return json({ 'volume-summary': { ...totals, ...(x.version >= 36 && { metadata }) } })
    },
  }),
  endpoint({
    id: 'volume.volumes.create',
    method: 'POST',
    path: '/volumes',
    summary: 'Creates a volume: empty, or a copy.',
    access: 'token',
    operations: [volumeCreate, ...viewOperations],
    body: volumeCreateBody,
    status: 202,
    async run(x) {
      const { volume: wish } = x.body
      if (wish.multiattach === true) {
        x.refuse(400, 'Whether a volume is multi-attach is said by its type.', 'multiattach')
      }
      if (wish.size === undefined && !(wish.snapshot_id ?? wish.source_volid ?? wish.backup_id)) {
        x.refuse(400, 'size: is needed without a volume, snapshot or backup to copy.', 'size')
      }
      const imageId = wish.imageRef ?? wish.image_id
      const texts = {
        availabilityZone: wish.availability_zone ?? undefined,
        volumeType: wish.volume_type ?? undefined,
        snapshotId: wish.snapshot_id ?? undefined,
        sourceVolumeId: wish.source_volid ?? undefined,
        backupId: x.version >= 47 ? (wish.backup_id ?? undefined) : undefined,
        groupId: x.version >= 13 ? (wish.group_id ?? undefined) : undefined,
        imageId: imageId === null || imageId === '' ? undefined : imageId?.split('/').at(-1),
        sizeGb: wish.size ?? undefined,
      }
      try {
        const hints = x.body['OS-SCH-HNT:scheduler_hints'] ?? x.body.scheduler_hints
        const affinity = {
          sameBackendAs: hints?.same_host,
          differentBackendFrom: hints?.different_host,
        }
        const input = { ...named(wish), ...texts, ...affinity, metadata: wish.metadata ?? {} }
        const volume = await x.invoke(volumeCreate, input)
        const contextOf = await volumeContexts(x, [volume])
        return json({ volume: createdBody(volume, contextOf(volume)) })
      } catch (error) {
        const isNoImage = isCloudError(error) && error.field === 'imageId'
        if (!isNoImage || error.code !== 'notFound') throw error
        return x.refuse(400, 'Invalid image identifier or unable to access it.', 'imageRef')
      }
    },
  }),
  // An empty id names no volume, and is not the list.
  ...(['GET', 'PUT', 'DELETE'] as const).map((method) =>
    endpoint({
      id: `volume.volumes.${method.toLowerCase()}None`,
      method,
      path: '/volumes/',
      summary: 'Refuses an empty id.',
      access: 'token',
      operations: [],
      status: 200,
      run: (x) => x.refuse(404, 'No such volume.', 'volume_id'),
    }),
  ),
  endpoint({
    id: 'volume.volumes.get',
    method: 'GET',
    path: '/volumes/{volume_id}',
    summary: 'Shows a volume.',
    access: 'token',
    operations: [volumeGet, ...viewOperations],
    status: 200,
    async run(x) {
      const volume = await x.invokeAs(seer(x), volumeGet, { id: x.param('volume_id') })
      const contextOf = await volumeContexts(x, [volume])
      return json({ volume: volumeBody(volume, contextOf(volume)) })
    },
  }),
  endpoint({
    id: 'volume.volumes.update',
    method: 'PUT',
    path: '/volumes/{volume_id}',
    summary: 'Names and describes a volume.',
    access: 'token',
    operations: [volumeUpdate, ...viewOperations],
    body: volumeUpdateBody,
    status: 200,
    async run(x) {
      const { volume: fields } = x.body
      const input = { ...named(fields), ...(fields.metadata && { metadata: fields.metadata }) }
      const volume = await x.invokeAny(volumeUpdate, { id: x.param('volume_id'), ...input })
      const contextOf = await volumeContexts(x, [volume])
      return json({ volume: createdBody(volume, contextOf(volume)) })
    },
  }),
  endpoint({
    id: 'volume.volumes.delete',
    method: 'DELETE',
    path: '/volumes/{volume_id}',
    summary: 'Deletes a volume; with `cascade`, its snapshots as well.',
    access: 'token',
    operations: [volumeDelete, volumeForceDelete],
    status: 202,
    async run(x) {
      const id = x.param('volume_id')
      if (x.version >= 23 && flag(x.query, 'force') === true) {
        x.requireOperator()
        await x.invokeAny(volumeForceDelete, { id })
      } else {
        const cascade = flag(x.query, 'cascade') === true
        await x.invokeAny(volumeDelete, { ids: [id], cascade })
      }
      return nothing
    },
  }),
]
