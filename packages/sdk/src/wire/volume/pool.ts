import type { VolumePoolView } from '@nephos/core'
import { timeText } from './common.ts'
import { poolHost } from './volume.ts'

/** What runs block storage, as Cinder's services. */
export interface ServiceRow {
  readonly binary: 'cinder-volume' | 'cinder-scheduler' | 'cinder-backup'
  readonly host: string
  readonly zone: string
  readonly isEnabled: boolean
  readonly reason: string | null
  readonly updatedAt: number
}

/** A host of Cinder's: what its pools have in common. */
export function backendHost(backend: string): string {
  return `nephos@${backend}`
}

/** The services that there are: one for each back-end, and those that serve all of them. */
export function servicesOf(pools: readonly VolumePoolView[], now: number): readonly ServiceRow[] {
  const backends = new Map<string, ServiceRow>()
  for (const pool of pools) {
    const before = backends.get(pool.backend)
    backends.set(pool.backend, {
      binary: 'cinder-volume',
      host: backendHost(pool.backend),
      zone: pool.zone,
      isEnabled: pool.enabled || before?.isEnabled === true,
      reason: pool.disabledReason ?? before?.reason ?? null,
      updatedAt: now,
    })
  }
  const common = { host: 'nephos', zone: 'nova', isEnabled: true, reason: null, updatedAt: now }
  return [
    { binary: 'cinder-scheduler', ...common },
    { binary: 'cinder-backup', ...common },
    ...backends.values(),
  ]
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#list-all-cinder-services */
export function serviceBody(row: ServiceRow, version: number): Readonly<Record<string, unknown>> {
  const isVolume = row.binary === 'cinder-volume'
  return {
    binary: row.binary,
    host: row.host,
    zone: row.zone,
    status: row.isEnabled ? 'enabled' : 'disabled',
    state: 'up',
    disabled_reason: row.isEnabled ? null : row.reason,
    updated_at: timeText(row.updatedAt),
    ...(isVolume && { frozen: false, replication_status: 'disabled', active_backend_id: null }),
    ...(isVolume && version >= 7 && { cluster: null }),
    ...(isVolume && version >= 49 && { backend_state: 'up' }),
  }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#list-all-hosts-for-a-project */
export function hostBody(row: ServiceRow): Readonly<Record<string, unknown>> {
  return {
    service: row.binary,
    host_name: row.host,
    zone: row.zone,
    'service-status': 'available',
    'service-state': row.isEnabled ? 'enabled' : 'disabled',
    'last-update': timeText(row.updatedAt),
  }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#list-all-back-end-storage-pools */
export function poolBody(
  pool: VolumePoolView,
  isDetailed: boolean,
): Readonly<Record<string, unknown>> {
  const name = poolHost(pool.name)
  if (!isDetailed) return { name }
  return {
    name,
    capabilities: {
      vendor_name: 'Nephos',
      driver_version: '1.0',
      storage_protocol: 'unknown',
      ...pool.capabilities,
      volume_backend_name: pool.backend,
      pool_name: pool.name,
      total_capacity_gb: pool.totalGb,
      free_capacity_gb: Math.max(0, pool.totalGb - pool.allocatedGb),
      allocated_capacity_gb: pool.allocatedGb,
      provisioned_capacity_gb: pool.allocatedGb,
      reserved_percentage: pool.reservedPercent,
      max_over_subscription_ratio: String(pool.overSubscription),
      total_volumes: pool.volumes,
      QoS_support: false,
      thin_provisioning_support: pool.overSubscription > 1,
      multiattach: true,
      timestamp: timeText(pool.updatedAt),
      updated: timeText(pool.updatedAt),
    },
  }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-all-back-end-capabilities */
export function capabilitiesBody(pool: VolumePoolView): Readonly<Record<string, unknown>> {
  const { vendor_name: vendor = 'Nephos', storage_protocol: protocol = 'unknown' } =
    pool.capabilities
  return {
    namespace: `OS::Storage::Capabilities::${backendHost(pool.backend)}`,
    vendor_name: vendor,
    volume_backend_name: pool.backend,
    pool_name: null,
    driver_version: pool.capabilities['driver_version'] ?? '1.0',
    storage_protocol: protocol,
    display_name: null,
    description: null,
    visibility: null,
    replication_targets: [],
    properties: {},
  }
}
