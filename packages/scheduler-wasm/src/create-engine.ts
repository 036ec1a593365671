import { FleetScheduler } from './engine/scheduler.ts'
import { EngineError } from './errors.ts'
import { fastestKernel, runsTier } from './fleet/make-kernel.ts'
import type { Scheduler } from './types.ts'

/** What the engine runs on. All give the same answers; `typescript` is the slow, obvious one. */
export const tiers = ['simd', 'plain', 'typescript'] as const
export type Tier = (typeof tiers)[number]

export interface EngineOptions {
  /** `auto`, the default, takes the fastest that runs here. */
  readonly tier?: Tier | 'auto'
}

/**
 * Makes an empty placement engine.
 *
 * @throws EngineError for an unknown tier, or one that this runtime cannot run.
 */
export function createEngine(options: EngineOptions = {}): Scheduler {
  const { tier = 'auto' } = options
  if (tier === 'auto') return createEngine({ tier: fastestTier() })
  if (!tiers.includes(tier)) {
    throw new EngineError('is unknown', 'tier', `auto, ${tiers.join(', ')}`)
  }
  if (!runsTier(tier)) {
    throw new EngineError('this runtime cannot run it', 'tier', fastestTier())
  }
  return new FleetScheduler(tier)
}

/** The tier that `auto` means here. */
export function fastestTier(): Tier {
  return fastestKernel()
}
