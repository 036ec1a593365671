import type { Share, ShareAccess } from '@nephos/core'

/** The one type of shares that there is: servers mount them without servers of their own. */
export const shareType = Object.freeze({
  id: '5ea5e0de-0000-4000-8000-000000000001',
  name: 'default',
})

/** The zone that shares are in: they are reached from all zones alike. */
export const shareZone = 'nova'

/** A moment as this service writes it. */
export function moment(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000')
}

/** An empty name is none. */
export function named(name: string): string | null {
  return name === '' ? null : name
}

/** A share in a list (https://docs.openstack.org/api-ref/shared-file-system/#shares). */
export function shareSummary(
  share: Share,
  url: (path: string) => string,
): Readonly<Record<string, unknown>> {
  const { id } = share
  const links = [
    { rel: 'self', href: url(`/shares/${id}`) },
    { rel: 'bookmark', href: url(`/shares/${id}`) },
  ]
  return { id, name: named(share.name), links }
}

/**
 * A share. Fields appear with the microversion that brought them, and go with the one that took
 * them away.
 */
export function shareBody(
  share: Share,
  version: number,
  url: (path: string) => string,
): Readonly<Record<string, unknown>> {
  return {
    ...shareSummary(share, url),
    size: share.sizeGb,
    availability_zone: shareZone,
    created_at: moment(share.createdAt),
    status: share.status,
    description: share.description === '' ? null : share.description,
    project_id: share.projectId,
    snapshot_id: share.snapshotId,
    share_network_id: null,
    share_proto: share.protocol,
    metadata: share.metadata,
    share_type: version >= 6 ? shareType.id : shareType.name,
    volume_type: shareType.name,
    is_public: false,
    ...(version < 9 && {
      export_location: share.exportLocations[0] ?? null,
      export_locations: share.exportLocations,
    }),
    ...(version >= 2 && { snapshot_support: true }),
    ...(version >= 5 && { task_state: null }),
    ...(version >= 6 && { share_type_name: shareType.name }),
    ...(version >= 11 && { replication_type: null, has_replicas: false }),
    ...(version >= 24 && { create_share_from_snapshot_support: true }),
    ...(version >= 27 && { revert_to_snapshot_support: false }),
    ...(version >= 31 && {
      share_group_id: null,
      source_share_group_snapshot_member_id: null,
    }),
    ...(version >= 32 && { mount_snapshot_support: false }),
  }
}

/** How far the access rules of a share have come, from 2.10 on. */
export function rulesStatus(rules: readonly ShareAccess[]): string {
  if (rules.some(({ state }) => state === 'error')) return 'error'
  return rules.every(({ state }) => state === 'active') ? 'active' : 'syncing'
}

/** Where a share is mounted from. Its id is its place: a share has few. */
export function exportLocation(share: Share, at: number): Readonly<Record<string, unknown>> {
  return {
    id: exportLocationId(share, at),
    path: share.exportLocations[at],
    preferred: at === 0,
    created_at: moment(share.createdAt),
    updated_at: moment(share.updatedAt),
  }
}

/** The last group of the share's id, counted on from. */
function exportLocationId({ id }: Share, at: number): string {
  const head = id.slice(0, -12)
  const tail = (BigInt(`0x${id.slice(-12)}`) + BigInt(at + 1)) % 2n ** 48n
  return `${head}${tail.toString(16).padStart(12, '0')}`
}
