import { z } from 'zod'
import { limits } from './base/limits.ts'
import type { Settings } from './kernel.ts'
import { placementPolicies } from './model/compute/placement-policy.ts'
import { parseInput } from './services/parse.ts'
import { quotaNames } from './services/quota.ts'

/**
 * Defaults that make a request for 500 or 5,000 servers ordinary; an operator lowers what must be
 * scarce.
 */
export const defaultSettings: Settings = Object.freeze({
  defaultQuotas: Object.freeze({
    instances: 10_000,
    cores: 100_000,
    ram: 400_000_000,
    keyPairs: 100,
    serverGroups: 1_000,
    images: 1_000,
    imageBytes: -1,
    containers: 10_000,
    objects: -1,
    objectBytes: -1,
    shares: 1_000,
    shareGigabytes: 1_000_000,
    shareSnapshots: 10_000,
    networks: 100,
    subnets: 1_000,
    ports: 20_000,
    securityGroups: 500,
    securityGroupRules: 5_000,
    volumes: 20_000,
    gigabytes: 10_000_000,
    snapshots: 20_000,
    backups: 20_000,
    backupGigabytes: 10_000_000,
    volumeGroups: 1_000,
    perVolumeGigabytes: -1,
    routers: 100,
    floatingIps: 10_000,
    addressGroups: 100,
    subnetPools: 100,
    rbacPolicies: 1_000,
    qosPolicies: 100,
    stacks: 512,
    softwareConfigs: 4_096,
    softwareDeployments: 20_000,
    loadBalancers: 1_000,
    listeners: 10_000,
    pools: 10_000,
    members: 100_000,
    healthMonitors: 10_000,
    l7Policies: 10_000,
  }),
  weights: Object.freeze({}),
  policy: 'pack',
  hostWeights: Object.freeze({}),
  buildDeadlineMs: 600_000,
  leaseMs: 30_000,
  pollMs: 1_000,
  reconcileMs: 10_000,
  tokenMs: 3_600_000,
  lockoutFailures: 0,
  lockoutMs: 1_800_000,
  unmarkedImages: false,
  volumeWeights: Object.freeze({ capacity: 1, allocated: 0, number: 0, goodness: 0 }),
  volumeChoice: 'best',
  imageProtections: Object.freeze([]),
})

const timeField = z
  .int()
  .min(1)
  .max(2 ** 31 - 1)

const weightField = z.number().min(-1_000).max(1_000).default(0)

/** Whole numbers, for the engine decides in whole numbers. */
const hostWeightsField = z
  .record(z.string().min(1).max(limits.nameLength), z.int().min(-15).max(15))
  .refine((weights) => Object.keys(weights).length <= limits.fleetClasses, {
    message: `names more than ${limits.fleetClasses} resource classes`,
  })

const settingsInput = z
  .strictObject({
    defaultQuotas: z.partialRecord(z.enum(quotaNames), z.int().min(-1)),
    weights: z.record(z.string().min(1).max(64), z.number().min(0.001).max(1_000)),
    policy: z.enum(placementPolicies),
    hostWeights: hostWeightsField,
    buildDeadlineMs: timeField,
    leaseMs: timeField,
    pollMs: timeField,
    reconcileMs: timeField,
    tokenMs: timeField,
    lockoutFailures: z.int().min(0).max(1_000),
    lockoutMs: timeField,
    unmarkedImages: z.boolean(),
    volumeWeights: z.strictObject({
      capacity: weightField,
      allocated: weightField,
      number: weightField,
      goodness: weightField,
    }),
    volumeChoice: z.enum(['best', 'stochastic']),
    imageProtections: z
      .array(
        z.strictObject({
          property: z.string().min(1).max(255),
          roles: z.array(z.string().min(1).max(255)).max(100),
        }),
      )
      .max(100),
  })
  .partial()

const namedInput = z.strictObject({ settings: settingsInput })

/**
 * The defaults, with what an operator sets instead; a quota that is not named keeps its default.
 *
 * @throws CloudError `invalid` with `field` for anything unknown or out of range.
 */
export function mergedSettings(given: Partial<Settings>): Settings {
  const { defaultQuotas, ...rest } = parseInput(namedInput, { settings: given }).settings
  const named = Object.entries(rest).filter(([, value]) => value !== undefined)
  return Object.freeze({
    ...defaultSettings,
    ...Object.fromEntries(named),
    defaultQuotas: Object.freeze({ ...defaultSettings.defaultQuotas, ...defaultQuotas }),
  })
}
