import { poolList } from '@nephos/core'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first } from '../paging.ts'
import { json } from '../reply.ts'
import { backupFilterNames } from './backups.ts'
import { snapshotFilterNames } from './snapshots.ts'
import { volumeFilterNames } from './volumes.ts'

/** Extensions that became parts of the interface: old clients look for them. */
const extensions: readonly (readonly [alias: string, name: string, description: string])[] = [
  ['backups', 'Backups', 'Backups of volumes.'],
  ['capabilities', 'Capabilities', 'What back-ends can do.'],
  ['os-availability-zone', 'AvailabilityZones', 'Availability zones.'],
  ['os-extended-snapshot-attributes', 'ExtendedSnapshotAttributes', 'More about snapshots.'],
  ['os-hosts', 'Hosts', 'Hosts of block storage.'],
  ['os-quota-class-sets', 'QuotaClasses', 'Quotas of new projects.'],
  ['os-quota-sets', 'Quotas', 'Quotas of projects.'],
  ['os-services', 'Services', 'Services of block storage.'],
  ['os-snapshot-actions', 'SnapshotActions', 'Actions on snapshots.'],
  ['os-types-extra-specs', 'TypesExtraSpecs', 'Extra specs of types.'],
  ['os-types-manage', 'TypesManage', 'Types of volumes.'],
  ['os-used-limits', 'UsedLimits', 'What of limits is used.'],
  ['os-vol-host-attr', 'VolumeHostAttribute', 'Where a volume is.'],
  ['os-vol-image-meta', 'VolumeImageMetadata', 'Images that volumes are made of.'],
  ['os-vol-tenant-attr', 'VolumeTenantAttribute', 'Whose a volume is.'],
  ['os-volume-actions', 'VolumeActions', 'Actions on volumes.'],
  ['os-volume-encryption-metadata', 'VolumeEncryptionMetadata', 'How a volume is encrypted.'],
  ['os-volume-transfer', 'VolumeTransfer', 'Transfers of volumes.'],
  ['os-volume-type-access', 'VolumeTypeAccess', 'Who may use a private type.'],
  ['qos-specs', 'Qos_specs_manage', 'Limits of speed.'],
  ['scheduler-stats', 'Scheduler_stats', 'Pools of back-ends.'],
]

const filters: Readonly<Record<string, readonly string[]>> = {
  volume: volumeFilterNames,
  snapshot: snapshotFilterNames,
  backup: backupFilterNames,
  group: ['name', 'name~', 'status', 'project_id'],
  group_snapshot: ['name', 'name~', 'status', 'group_id', 'project_id'],
  attachment: ['volume_id', 'instance_id', 'status', 'project_id'],
  message: ['resource_type', 'resource_uuid', 'request_id'],
  volume_type: ['is_public'],
}

/** What the interface says of itself. */
export const info: readonly EndpointRow[] = [
  endpoint({
    id: 'volume.zones.list',
    method: 'GET',
    path: '/os-availability-zone',
    summary: 'Lists the zones where volumes can be.',
    access: 'token',
    operations: [poolList],
    status: 200,
    async run(x) {
      // Whoever asks learns the names of zones, and nothing else of the pools that are there.
      const everywhere = {
        ...x.actor,
        projectId: null,
        domainId: null,
        roles: ['admin'],
        system: true,
      }
      const pools = await x.invokeAs(everywhere, poolList, {})
      const open = new Map<string, boolean>()
      for (const { zone, enabled } of pools) open.set(zone, enabled || open.get(zone) === true)
      const items = [...open].map(([zoneName, available]) => ({
        zoneName,
        zoneState: { available },
      }))
      return json({ availabilityZoneInfo: items })
    },
  }),
  endpoint({
    id: 'volume.extensions.list',
    method: 'GET',
    path: '/extensions',
    summary: 'Lists parts of the interface that once were extensions.',
    access: 'token',
    operations: [],
    status: 200,
    run: () =>
      json({
        extensions: extensions.map(([alias, name, description]) => ({
          ...{ alias, name, description, links: [], updated: '2013-01-01T00:00:00+00:00' },
        })),
      }),
  }),
  endpoint({
    id: 'volume.filters.list',
    method: 'GET',
    path: '/resource_filters',
    summary: 'Lists the filters that lists take.',
    since: 33,
    access: 'token',
    operations: [],
    status: 200,
    run(x) {
      const wanted = first(x.query, 'resource')
      const items = Object.entries(filters)
        .filter(([resource]) => wanted === undefined || resource === wanted)
        .map(([resource, names]) => ({ resource, filters: names }))
      return json({ resource_filters: items })
    },
  }),
]
