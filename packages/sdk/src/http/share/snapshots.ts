import {
  shareGet,
  shareList,
  type Share,
  type ShareSnapshot,
  shareSnapshotCreate,
  shareSnapshotDelete,
  shareSnapshotGet,
  shareSnapshotList,
} from '@nephos/core'
import { snapshotBody } from '../../wire/share/snapshot.ts'
import { named } from '../../wire/share/share.ts'
import { snapshotCreateBody } from '../../wire/share/share-input.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { pageLimit, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { listed, matches, seesAll } from './listing.ts'

/** Snapshots (https://docs.openstack.org/api-ref/shared-file-system/#share-snapshots). */
export const shareSnapshots: readonly EndpointRow[] = [
  ...[false, true].map((isDetailed) =>
    endpoint({
      id: isDetailed ? 'share.snapshots.detail' : 'share.snapshots.list',
      method: 'GET',
      path: isDetailed ? '/snapshots/detail' : '/snapshots',
      summary: 'Lists snapshots, newest first.',
      access: 'token',
      operations: [shareSnapshotList, shareList],
      status: 200,
      async run(x) {
        const rows = await snapshotsOf(x)
        if (isDetailed) return json({ snapshots: await bodies(x, rows) })
        const snapshots = rows.map(({ id, name }) => ({
          id,
          name: named(name),
          links: [
            { rel: 'self', href: x.url(`/snapshots/${id}`) },
            { rel: 'bookmark', href: x.url(`/snapshots/${id}`) },
          ],
        }))
        return json({ snapshots })
      },
    }),
  ),
  endpoint({
    id: 'share.snapshots.create',
    method: 'POST',
    path: '/snapshots',
    summary: 'Keeps a share as it is now.',
    access: 'token',
    operations: [shareSnapshotCreate, shareGet],
    body: snapshotCreateBody,
    status: 202,
    statuses: { conflict: 400 },
    async run(x) {
      const { share_id: shareId, name, display_name: other } = x.body.snapshot
      const snapshot = await x.invoke(shareSnapshotCreate, { shareId, name: name ?? other ?? '' })
      return json({ snapshot: await withShare(x, snapshot) })
    },
  }),
  endpoint({
    id: 'share.snapshots.show',
    method: 'GET',
    path: '/snapshots/{snapshot_id}',
    summary: 'Shows a snapshot.',
    access: 'token',
    operations: [shareSnapshotGet, shareGet],
    status: 200,
    async run(x) {
      const snapshot = await x.invokeAny(shareSnapshotGet, { id: x.param('snapshot_id') })
      return json({ snapshot: await withShare(x, snapshot) })
    },
  }),
  endpoint({
    id: 'share.snapshots.delete',
    method: 'DELETE',
    path: '/snapshots/{snapshot_id}',
    summary: 'Deletes a snapshot.',
    access: 'token',
    operations: [shareSnapshotDelete],
    status: 202,
    statuses: { conflict: 403 },
    async run(x) {
      await x.invoke(shareSnapshotDelete, { id: x.param('snapshot_id') })
      return nothing
    },
  }),
]

async function withShare<Q, B>(
  x: Exchange<Q, B>,
  snapshot: ShareSnapshot,
): Promise<Readonly<Record<string, unknown>>> {
  const share = await x.invokeAny(shareGet, { id: snapshot.shareId })
  return snapshotBody(snapshot, share, (path) => x.url(path))
}

/** The shares of a page are read together. */
async function bodies(
  x: Exchange<RawQuery, undefined>,
  rows: readonly ShareSnapshot[],
): Promise<readonly unknown[]> {
  if (rows.length === 0) return []
  const actor = seesAll(x) ? x.requireOperator() : x.actor
  const shares = new Map<string, Share>()
  const wanted = new Set(rows.map(({ shareId }) => shareId))
  for (let marker: string | undefined; ;) {
    const page = { limit: pageLimit, ...(marker !== undefined && { marker }) }
    const found = await x.invokeAs(actor, shareList, page)
    for (const share of found) if (wanted.has(share.id)) shares.set(share.id, share)
    marker = found.at(-1)?.id
    if (found.length < pageLimit || shares.size === wanted.size) break
  }
  return rows.map((row) => snapshotBody(row, shares.get(row.shareId), (path) => x.url(path)))
}

function snapshotsOf(x: Exchange<RawQuery, undefined>): Promise<readonly ShareSnapshot[]> {
  const { query } = x
  const actor = seesAll(x) ? x.requireOperator() : x.actor
  return listed(
    query,
    (page) => x.invokeAs(actor, shareSnapshotList, page),
    (snapshot) =>
      matches(query, 'name', snapshot.name) &&
      matches(query, 'display_name', snapshot.name) &&
      matches(query, 'status', snapshot.status) &&
      matches(query, 'share_id', snapshot.shareId) &&
      matches(query, 'project_id', snapshot.projectId),
  )
}
