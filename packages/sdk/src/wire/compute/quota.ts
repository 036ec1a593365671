import { limits, type QuotaName, type QuotaView } from '@nephos/core'
import { z } from 'zod'

/** Nova's names of quotas that the cloud keeps. */
const kept: Readonly<Record<string, QuotaName>> = {
  instances: 'instances',
  cores: 'cores',
  ram: 'ram',
  key_pairs: 'keyPairs',
  server_groups: 'serverGroups',
  floating_ips: 'floatingIps',
  security_groups: 'securityGroups',
  security_group_rules: 'securityGroupRules',
}

/** What is bounded for all projects alike, or by nothing (−1): no quota of theirs. */
const fixed: Readonly<Record<string, number>> = {
  metadata_items: limits.metadataItems,
  server_group_members: -1,
  fixed_ips: -1,
  injected_files: 0,
  injected_file_content_bytes: 0,
  injected_file_path_bytes: 0,
}

/** The last microversions that know a quota (2.36: networks; 2.57: injected files). */
const until: Readonly<Record<string, number>> = {
  floating_ips: 35,
  security_groups: 35,
  security_group_rules: 35,
  fixed_ips: 35,
  injected_files: 56,
  injected_file_content_bytes: 56,
  injected_file_path_bytes: 56,
}

const names = [...Object.keys(kept), ...Object.keys(fixed)]

function namesOf(version: number): string[] {
  return names.filter((name) => version <= (until[name] ?? Infinity))
}

const limit = z
  .union([z.int(), z.string().regex(/^-?\d{1,10}$/)])
  .transform(Number)
  .pipe(
    z
      .int()
      .min(-1)
      .max(2 ** 31 - 1),
  )

/** https://docs.openstack.org/api-ref/compute/#update-quotas */
export const quotaChange = z.strictObject({
  quota_set: z.strictObject({
    ...Object.fromEntries(names.map((name) => [name, limit.optional()])),
    tenant_id: z.string().max(255).optional(),
    force: z
      .union([z.boolean(), z.string()])
      .transform((value) =>
        ['true', '1', 'yes', 'on', 't', 'y'].includes(String(value).toLowerCase()),
      )
      .optional(),
  }),
})

/** The limits that a body names, by the cloud's names. */
export function quotaLimits(
  body: Readonly<Record<string, unknown>>,
): Partial<Record<QuotaName, number>> {
  const limitsOf: Partial<Record<QuotaName, number>> = {}
  for (const [name, own] of Object.entries(kept)) {
    const value = body[name]
    if (typeof value === 'number') limitsOf[own] = value
  }
  return limitsOf
}

/** @returns the name of a quota in a body that this version does not know, if there is one. */
export function unknownQuota(body: object, version: number): string | undefined {
  const known = new Set([...namesOf(version), 'tenant_id', 'force'])
  return Object.keys(body).find((name) => !known.has(name))
}

/** Limits by name. */
export function quotaBody(
  limitOf: (name: QuotaName) => number,
  version: number,
): Record<string, number> {
  return Object.fromEntries(
    namesOf(version).map((name) => {
      const own = kept[name]
      return [name, own === undefined ? (fixed[name] ?? -1) : limitOf(own)]
    }),
  )
}

/** Limits with what is used of them. */
export function quotaDetail({ quotas }: QuotaView, version: number): object {
  return Object.fromEntries(
    namesOf(version).map((name) => {
      const own = kept[name]
      const entry = own === undefined ? { limit: fixed[name] ?? -1, used: 0 } : quotas[own]
      return [name, { limit: entry.limit, in_use: entry.used, reserved: 0 }]
    }),
  )
}

/** https://docs.openstack.org/api-ref/compute/#show-rate-and-absolute-limits */
export function limitsBody({ quotas }: QuotaView, version: number): object {
  return {
    limits: {
      rate: [],
      absolute: {
        maxTotalInstances: quotas.instances.limit,
        maxTotalCores: quotas.cores.limit,
        maxTotalRAMSize: quotas.ram.limit,
        maxTotalKeypairs: quotas.keyPairs.limit,
        maxServerMeta: limits.metadataItems,
        maxServerGroups: quotas.serverGroups.limit,
        maxServerGroupMembers: -1,
        totalInstancesUsed: quotas.instances.used,
        totalCoresUsed: quotas.cores.used,
        totalRAMUsed: quotas.ram.used,
        totalServerGroupsUsed: quotas.serverGroups.used,
        ...(version <= 35 && {
          maxTotalFloatingIps: quotas.floatingIps.limit,
          totalFloatingIpsUsed: quotas.floatingIps.used,
          maxSecurityGroups: quotas.securityGroups.limit,
          totalSecurityGroupsUsed: quotas.securityGroups.used,
          maxSecurityGroupRules: quotas.securityGroupRules.limit,
        }),
        ...(version <= 38 && { maxImageMeta: limits.metadataItems }),
        ...(version <= 56 && { maxPersonality: 0, maxPersonalitySize: 0 }),
      },
    },
  }
}
