import type { Settings } from './kernel.ts'

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
    networks: 100,
    subnets: 1_000,
    ports: 20_000,
    securityGroups: 500,
    securityGroupRules: 5_000,
  }),
  policy: 'pack',
  buildDeadlineMs: 600_000,
  leaseMs: 30_000,
  pollMs: 1_000,
  reconcileMs: 10_000,
})
