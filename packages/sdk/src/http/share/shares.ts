import {
  CloudError,
  type Share,
  shareAccessList,
  shareCreate,
  shareDelete,
  shareGet,
  shareList,
  shareSnapshotGet,
  shareUpdate,
} from '@nephos/core'
import { exportLocation, rulesStatus, shareBody, shareSummary } from '../../wire/share/share.ts'
import {
  newShare,
  requirePrivate,
  shareCreateBody,
  shareText,
  shareUpdateBody,
} from '../../wire/share/share-input.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { all, first, type RawQuery } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { listed, matches, seesAll } from './listing.ts'

/** Shares (https://docs.openstack.org/api-ref/shared-file-system/#shares). */
export const shares: readonly EndpointRow[] = [
  ...[false, true].map((isDetailed) =>
    endpoint({
      id: isDetailed ? 'share.shares.detail' : 'share.shares.list',
      method: 'GET',
      path: isDetailed ? '/shares/detail' : '/shares',
      summary: 'Lists shares, newest first.',
      access: 'token',
      operations: [shareList],
      status: 200,
      async run(x) {
        const rows = await sharesOf(x)
        const url = (path: string): string => x.url(path)
        const bodies = isDetailed
          ? rows.map((row) => shareBody(row, x.version, url))
          : rows.map((row) => shareSummary(row, url))
        const isCounted = x.version >= 42 && first(x.query, 'with_count') !== undefined
        return json({ shares: bodies, ...(isCounted && { count: rows.length }) })
      },
    }),
  ),
  endpoint({
    id: 'share.shares.create',
    method: 'POST',
    path: '/shares',
    summary: 'Creates a share, empty or of a snapshot.',
    access: 'token',
    operations: [shareCreate, shareSnapshotGet],
    body: shareCreateBody,
    status: 200,
    // A snapshot that cannot be used is a bad request to this service.
    statuses: { conflict: 400 },
    async run(x) {
      const { sizeGb, ...fields } = newShare(x.body.share)
      const { snapshotId } = fields
      const size =
        sizeGb ??
        (snapshotId === null
          ? undefined
          : (await x.invoke(shareSnapshotGet, { id: snapshotId })).sizeGb)
      if (size === undefined) {
        throw new CloudError('invalid', 'size: is missing.', { field: 'size' })
      }
      const share = await x.invoke(shareCreate, { ...fields, sizeGb: size })
      return json({ share: body(x, share) })
    },
  }),
  endpoint({
    id: 'share.shares.show',
    method: 'GET',
    path: '/shares/{share_id}',
    summary: 'Shows a share.',
    access: 'token',
    operations: [shareGet, shareAccessList],
    status: 200,
    async run(x) {
      const share = body(x, await shareOf(x))
      if (x.version < 10) return json({ share })
      const rules = await x.invokeAny(shareAccessList, { shareId: x.param('share_id') })
      return json({ share: { ...share, access_rules_status: rulesStatus(rules) } })
    },
  }),
  endpoint({
    id: 'share.shares.update',
    method: 'PUT',
    path: '/shares/{share_id}',
    summary: 'Changes what a share is called.',
    access: 'token',
    operations: [shareUpdate],
    body: shareUpdateBody,
    status: 200,
    async run(x) {
      requirePrivate(x.body.share)
      const input = { id: x.param('share_id'), ...shareText(x.body.share) }
      return json({ share: body(x, await x.invoke(shareUpdate, input)) })
    },
  }),
  endpoint({
    id: 'share.shares.delete',
    method: 'DELETE',
    path: '/shares/{share_id}',
    summary: 'Deletes a share without snapshots.',
    access: 'token',
    operations: [shareDelete],
    status: 202,
    statuses: { conflict: 403 },
    async run(x) {
      await x.invoke(shareDelete, { id: x.param('share_id') })
      return nothing
    },
  }),
  endpoint({
    id: 'share.export-locations.list',
    method: 'GET',
    path: '/shares/{share_id}/export_locations',
    summary: 'Tells where a share is mounted from.',
    since: 9,
    access: 'token',
    operations: [shareGet],
    status: 200,
    async run(x) {
      const share = await shareOf(x)
      const places = share.exportLocations.map((_, at) => exportLocation(share, at))
      return json({ export_locations: places.map(summary) })
    },
  }),
  endpoint({
    id: 'share.export-locations.show',
    method: 'GET',
    path: '/shares/{share_id}/export_locations/{export_location_id}',
    summary: 'Tells one place that a share is mounted from.',
    since: 9,
    access: 'token',
    operations: [shareGet],
    status: 200,
    async run(x) {
      const share = await shareOf(x)
      const id = x.param('export_location_id')
      const found = share.exportLocations
        .map((_, at) => exportLocation(share, at))
        .find((one) => one['id'] === id)
      if (!found) throw new HttpError(404, 'The share is not mounted from there.')
      return json({ export_location: found })
    },
  }),
]

/** In lists the moments are left out. */
function summary(location: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { created_at: _created, updated_at: _updated, ...rest } = location
  return rest
}

function body<Q, B>(x: Exchange<Q, B>, share: Share): Readonly<Record<string, unknown>> {
  return shareBody(share, x.version, (path) => x.url(path))
}

function shareOf<Q, B>(x: Exchange<Q, B>): Promise<Share> {
  return x.invokeAny(shareGet, { id: x.param('share_id') })
}

function sharesOf(x: Exchange<RawQuery, undefined>): Promise<readonly Share[]> {
  const { query } = x
  const actor = seesAll(x) ? x.requireOperator() : x.actor
  const metadata = all(query, 'metadata')
  if (metadata.length > 0) {
    throw new CloudError('invalid', 'metadata: is no filter here.', { field: 'metadata' })
  }
  const part = first(query, 'name~')
  return listed(
    query,
    (page) => x.invokeAs(actor, shareList, page),
    (share) =>
      matches(query, 'name', share.name) &&
      matches(query, 'display_name', share.name) &&
      matches(query, 'status', share.status) &&
      matches(query, 'share_proto', share.protocol) &&
      matches(query, 'snapshot_id', share.snapshotId) &&
      matches(query, 'project_id', share.projectId) &&
      (part === undefined || share.name.includes(part)),
  )
}
