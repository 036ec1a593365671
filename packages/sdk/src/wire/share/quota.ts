import { z } from 'zod'

interface Entry {
  readonly limit: number
  readonly used: number
}

/** The limits that this service knows, and what the cloud calls them. */
const names = {
  shares: 'shares',
  gigabytes: 'shareGigabytes',
  snapshots: 'shareSnapshots',
} as const
type Name = keyof typeof names
type Quotas = Readonly<Record<(typeof names)[Name], Entry>>

const all = Object.keys(names) as Name[]

export function shareLimits(quotas: Quotas): Readonly<Record<string, number>> {
  return {
    maxTotalShares: quotas.shares.limit,
    maxTotalShareGigabytes: quotas.shareGigabytes.limit,
    maxTotalShareSnapshots: quotas.shareSnapshots.limit,
    // The bytes of snapshots are those of their shares.
    maxTotalSnapshotGigabytes: -1,
    maxTotalShareNetworks: 0,
    totalSharesUsed: quotas.shares.used,
    totalShareGigabytesUsed: quotas.shareGigabytes.used,
    totalShareSnapshotsUsed: quotas.shareSnapshots.used,
    totalSnapshotGigabytesUsed: 0,
    totalShareNetworksUsed: 0,
  }
}

/** Limits of a project, or limits with what is used of them. */
export function quotaBody(
  id: string,
  quotas: Quotas,
  isDetailed: boolean,
): Readonly<Record<string, unknown>> {
  const fixed = { snapshot_gigabytes: -1, share_networks: 0 }
  const entry = ({ limit, used }: Entry): unknown =>
    isDetailed ? { limit, in_use: used, reserved: 0 } : limit
  return {
    id,
    ...Object.fromEntries(all.map((name) => [name, entry(quotas[names[name]])])),
    ...Object.fromEntries(
      Object.entries(fixed).map(([name, limit]) => [name, entry({ limit, used: 0 })]),
    ),
  }
}

const limit = z.int().min(-1)

export const quotaUpdateBody = z.strictObject({
  quota_set: z.strictObject({
    shares: limit.optional(),
    gigabytes: limit.optional(),
    snapshots: limit.optional(),
    force: z.boolean().optional(),
    tenant_id: z.string().optional(),
  }),
})

/** The limits that a body sets, as the cloud calls them. */
export function limitsOf(
  set: z.output<typeof quotaUpdateBody>['quota_set'],
): Partial<Record<keyof Quotas, number>> {
  return Object.fromEntries(
    all.flatMap((name) => (set[name] === undefined ? [] : [[names[name], set[name]]])),
  )
}
