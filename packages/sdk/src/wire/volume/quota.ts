import type { QuotaName, QuotaView, TypeQuotaView } from '@nephos/core'
import { z } from 'zod'
import { numberField } from './common.ts'

/** Cinder's names of quotas, and ours. */
export const quotaNamesOf: Readonly<Record<string, QuotaName>> = {
  volumes: 'volumes',
  snapshots: 'snapshots',
  gigabytes: 'gigabytes',
  backups: 'backups',
  backup_gigabytes: 'backupGigabytes',
  groups: 'volumeGroups',
  per_volume_gigabytes: 'perVolumeGigabytes',
}

/** What is counted of each type. */
const typed = ['volumes', 'snapshots', 'gigabytes'] as const

interface Entry {
  readonly limit: number
  readonly used: number
}

/** Everything that a project's quotas say, by Cinder's names: those of types carry the type's. */
export function quotaEntries(
  view: QuotaView,
  types: readonly { readonly id: string; readonly name: string }[],
  perType: readonly TypeQuotaView[],
): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const [name, own] of Object.entries(quotaNamesOf)) entries.set(name, view.quotas[own])
  for (const { id, name } of types) {
    for (const resource of typed) {
      const found = perType.find((row) => row.typeId === id && row.resource === resource)
      entries.set(`${resource}_${name}`, found ?? { limit: -1, used: 0 })
    }
  }
  return entries
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-quota-usage-for-a-project */
export function quotaSetBody(
  entries: ReadonlyMap<string, Entry>,
  options: { readonly projectId?: string; readonly isUsed: boolean },
): Readonly<Record<string, unknown>> {
  const { projectId, isUsed } = options
  const shown = [...entries].map(([name, { limit, used }]): [string, unknown] => [
    name,
    isUsed ? { limit, in_use: used, reserved: 0, allocated: 0 } : limit,
  ])
  return { ...Object.fromEntries(shown), ...(projectId !== undefined && { id: projectId }) }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#update-quotas-for-a-project */
export const quotaUpdateBody = z.strictObject({
  quota_set: z.record(z.string(), z.union([numberField, z.string(), z.boolean(), z.null()])),
})

/** https://docs.openstack.org/api-ref/block-storage/v3/#show-absolute-limits-for-project */
export function limitsBody({ quotas }: QuotaView): Readonly<Record<string, unknown>> {
  return {
    limits: {
      rate: [],
      absolute: {
        maxTotalVolumes: quotas.volumes.limit,
        totalVolumesUsed: quotas.volumes.used,
        maxTotalVolumeGigabytes: quotas.gigabytes.limit,
        totalGigabytesUsed: quotas.gigabytes.used,
        maxTotalSnapshots: quotas.snapshots.limit,
        totalSnapshotsUsed: quotas.snapshots.used,
        maxTotalBackups: quotas.backups.limit,
        totalBackupsUsed: quotas.backups.used,
        maxTotalBackupGigabytes: quotas.backupGigabytes.limit,
        totalBackupGigabytesUsed: quotas.backupGigabytes.used,
      },
    },
  }
}
