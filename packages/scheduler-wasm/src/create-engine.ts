import { WasmScheduler } from './engine.ts'
import { EngineError } from './errors.ts'
import { Oracle } from './oracle.ts'
import type { Scheduler } from './types.ts'
import { runs } from './wasm.ts'

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
  if (tier === 'typescript') return new Oracle()
  if (!runs(tier)) {
    throw new EngineError('this runtime cannot run it', 'tier', fastestTier())
  }
  return new WasmScheduler(tier)
}

/** The tier that `auto` means here. */
export function fastestTier(): Tier {
  if (runs('simd')) return 'simd'
  return runs('plain') ? 'plain' : 'typescript'
}
