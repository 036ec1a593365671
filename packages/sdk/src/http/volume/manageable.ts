import {
  CloudError,
  poolList,
  poolUnmanaged,
  snapshotManage,
  type UnmanagedThing,
  volumeManage,
  type VolumePoolView,
} from '@nephos/core'
import {
  manageableBody,
  snapshotManageBody,
  volumeManageBody,
} from '../../wire/volume/manageable.ts'
import { snapshotBody } from '../../wire/volume/snapshot.ts'
import { hostPool, volumeBody } from '../../wire/volume/volume.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, type RawQuery } from '../paging.ts'
import { json } from '../reply.ts'
import { isEmptyPage, listInput, named } from './common.ts'
import { viewOperations, volumeContexts } from './volume-view.ts'

const sortKeys = { size: 'sizeGb', reference: 'reference' } as const

async function poolOf(x: Exchange<unknown, unknown>, host: string): Promise<VolumePoolView> {
  const pools = await x.invokeAs(x.requireOperator(), poolList, {})
  const pool = pools.find(({ name }) => name === hostPool(host))
  if (pool) return pool
  throw new CloudError('invalid', 'host: there is no such pool.', { field: 'host' })
}

/** What a pool holds of one kind, a page of it. */
async function found(
  x: Exchange<RawQuery, undefined>,
  type: UnmanagedThing['type'],
): Promise<readonly UnmanagedThing[]> {
  const operator = x.requireOperator()
  const { limit, offset, sort } = listInput(x.query, sortKeys, 'reference')
  const host = first(x.query, 'host')
  if (host === undefined) throw new CloudError('invalid', 'host: is needed.', { field: 'host' })
  const { id } = await poolOf(x, host)
  if (isEmptyPage(x.query)) return []
  const things = await x.invokeAs(operator, poolUnmanaged, { id })
  const rows = things.filter((thing) => thing.type === type)
  rows.sort((a, b) => {
    for (const { key, descending } of sort) {
      const order = a[key] === b[key] ? 0 : a[key] < b[key] ? -1 : 1
      if (order !== 0) return descending ? -order : order
    }
    return 0
  })
  return rows.slice(offset, offset + limit)
}

/** The older places, and those since 3.8. */
const places = {
  volume: [
    { path: '/manageable_volumes', name: 'manageableVolumes', since: 8 },
    { path: '/os-volume-manage', name: 'osVolumeManage', since: 0 },
  ],
  snapshot: [
    { path: '/manageable_snapshots', name: 'manageableSnapshots', since: 8 },
    { path: '/os-snapshot-manage', name: 'osSnapshotManage', since: 0 },
  ],
} as const

const lists = (['volume', 'snapshot'] as const).flatMap((type) =>
  places[type].flatMap(({ path, name, since }) =>
    [false, true].map((isDetailed) =>
      endpoint({
        id: `volume.${name}.${isDetailed ? 'detail' : 'list'}`,
        method: 'GET',
        path: isDetailed ? `${path}/detail` : path,
        summary: `Lists ${type}s of a pool that can be taken over.`,
        since,
        access: 'token',
        operations: [poolList, poolUnmanaged],
        status: 200,
        async run(x) {
          const rows = await found(x, type)
          const items = rows.map((row) => manageableBody(row, isDetailed))
          return json({ [`manageable-${type}s`]: items })
        },
      }),
    ),
  ),
)

/** https://docs.openstack.org/api-ref/block-storage/v3/#volume-manage-extension-manageable-volumes */
export const manageable: readonly EndpointRow[] = [
  ...lists,
  ...places.volume.map(({ path, name, since }) =>
    endpoint({
      id: `volume.${name}.create`,
      method: 'POST',
      path,
      summary: 'Takes over a volume that is on a back-end already.',
      since,
      access: 'token',
      operations: [poolList, volumeManage, ...viewOperations],
      body: volumeManageBody,
      status: 202,
      async run(x) {
        const operator = x.requireOperator()
        const wish = x.body.volume
        const { id: poolId, zone } = await poolOf(x, wish.host)
        if ((wish.availability_zone ?? zone) !== zone) {
          return x.refuse(400, 'availability_zone: is not that of the host.', 'availability_zone')
        }
        const volume = await x.invokeAs(operator, volumeManage, {
          ...named(wish),
          projectId: x.projectId,
          poolId,
          reference: wish.ref['source-name'],
          volumeType: wish.volume_type ?? undefined,
          bootable: wish.bootable ?? false,
          metadata: wish.metadata ?? {},
        })
        const contextOf = await volumeContexts(x, [volume])
        return json({ volume: volumeBody(volume, contextOf(volume)) })
      },
    }),
  ),
  ...places.snapshot.map(({ path, name, since }) =>
    endpoint({
      id: `volume.${name}.create`,
      method: 'POST',
      path,
      summary: 'Takes over a snapshot that is on a back-end already.',
      since,
      access: 'token',
      operations: [snapshotManage],
      body: snapshotManageBody,
      status: 202,
      async run(x) {
        const operator = x.requireOperator()
        const wish = x.body.snapshot
        const snapshot = await x.invokeAs(operator, snapshotManage, {
          ...named(wish),
          volumeId: wish.volume_id,
          reference: wish.ref['source-name'],
          metadata: wish.metadata ?? {},
        })
        const { version } = x
        return json({ snapshot: snapshotBody(snapshot, { version, isShort: true }) })
      },
    }),
  ),
]
