import { CloudError } from '../base/errors.ts'
import type { Writes } from '../commit/writes.ts'
import type { Kernel } from '../kernel.ts'
import type { Counter } from '../ports/store.ts'

/**
 * Quotas are bounded counters, one per project and resource, charged in the transaction that makes
 * the resource. A project's counters exist from its creation; −1 in settings means no limit.
 */
export const quotaNames = [
  'instances',
  'cores',
  'ram',
  'keyPairs',
  'serverGroups',
  'images',
  'imageBytes',
  'containers',
  'objects',
  'objectBytes',
  'shares',
  'shareGigabytes',
  'shareSnapshots',
  'networks',
  'subnets',
  'ports',
  'securityGroups',
  'securityGroupRules',
  'volumes',
  'gigabytes',
  'snapshots',
  'backups',
  'backupGigabytes',
  'volumeGroups',
  'perVolumeGigabytes',
  'routers',
  'floatingIps',
  'addressGroups',
  'subnetPools',
  'rbacPolicies',
  'qosPolicies',
  'stacks',
  'softwareConfigs',
  'softwareDeployments',
  'loadBalancers',
  'listeners',
  'pools',
  'members',
  'healthMonitors',
  'l7Policies',
] as const
export type QuotaName = (typeof quotaNames)[number]
export type Usage = Readonly<Partial<Record<QuotaName, number>>>

/** The limit that stands for "no limit". */
export const unlimited = Number.MAX_SAFE_INTEGER

export function quotaScope(projectId: string): string {
  return `quota:${projectId}`
}

/** Charges (sign 1) or gives back (sign −1) usage in the same transaction as the resource. */
export function chargeQuota(
  writes: Writes,
  projectId: string,
  usage: Usage,
  sign: 1 | -1 = 1,
): void {
  for (const [name, amount] of Object.entries(usage)) {
    writes.add({ scope: quotaScope(projectId), name, add: sign * amount })
  }
}

export async function readQuota(
  kernel: Kernel,
  projectId: string,
): Promise<ReadonlyMap<string, Counter>> {
  const counters = await kernel.store.counters([quotaScope(projectId)])
  return new Map(counters.map((counter) => [counter.name, counter]))
}

/** How many units of `usage` still fit, at most `wanted`. */
export function quotaHeadroom(
  quota: ReadonlyMap<string, Counter>,
  usage: Usage,
  wanted: number,
): number {
  let fits = wanted
  for (const [name, amount] of Object.entries(usage)) {
    const counter = quota.get(name)
    if (amount > 0 && counter)
      fits = Math.min(fits, Math.floor((counter.limit - counter.value) / amount))
  }
  return Math.max(0, fits)
}

/**
 * Refuses usage that does not fit. Called before the commit, whose counters guard it again.
 *
 * @param more goes into the refusal's detail.
 * @throws CloudError `quotaExceeded` with the quota's name as `field`, its limit, and what was
 *   asked and used.
 */
export function requireQuota(
  quota: ReadonlyMap<string, Counter>,
  usage: Usage,
  more: Readonly<Record<string, unknown>> = {},
): void {
  for (const [name, asked] of Object.entries(usage)) {
    const counter = quota.get(name)
    if (!counter || asked <= 0 || counter.value + asked <= counter.limit) continue
    throw new CloudError(
      'quotaExceeded',
      `Quota exceeded for ${name}: asked ${asked}, used ${counter.value} of ${counter.limit}.`,
      {
        field: name,
        limit: counter.limit,
        detail: { asked, used: counter.value, ...more },
      },
    )
  }
}

/** Reads and checks in one go, for operations that make one resource. */
export async function checkQuota(kernel: Kernel, projectId: string, usage: Usage): Promise<void> {
  requireQuota(await readQuota(kernel, projectId), usage)
}
