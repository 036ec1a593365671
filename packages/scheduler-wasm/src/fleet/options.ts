import type { FleetOptions, FleetTier } from './api.ts'
import { checkInteger, checkObject, refuse } from './check.ts'
import { fleetLimits } from './limits.ts'
import { fastestKernel, runsTier } from './make-kernel.ts'
import { checkTypical } from './typical.ts'

export interface CheckedOptions {
  readonly tier: FleetTier
  readonly lifetimeBin: number
  readonly hosts: number
  readonly allocations: number
  readonly typical: NonNullable<FleetOptions['typical']>
}

const tiers: readonly string[] = ['simd', 'plain', 'typescript']

/** Options with defaults. @throws EngineError naming the option. */
export function checkedOptions(options: FleetOptions): CheckedOptions {
  checkObject(options, 'options')
  const { tier = 'auto', hosts = 0, allocations = 0, lifetimeBin = 0, typical = [] } = options
  if (tier !== 'auto' && !tiers.includes(tier)) {
    refuse('is unknown', 'tier', `auto, ${tiers.join(', ')}`)
  }
  checkInteger(hosts, 'hosts', 0, fleetLimits.hosts)
  checkInteger(allocations, 'allocations', 0, fleetLimits.allocations)
  if (typeof lifetimeBin !== 'number' || !(lifetimeBin >= 0) || lifetimeBin === Infinity) {
    refuse('must be a positive number', 'lifetimeBin', 0)
  }
  checkTypical(typical)
  const fastest = fastestKernel()
  const chosen = tier === 'auto' ? fastest : tier
  if (!runsTier(chosen)) refuse('this runtime cannot run it', 'tier', fastest)
  return { tier: chosen, lifetimeBin, hosts, allocations, typical }
}
