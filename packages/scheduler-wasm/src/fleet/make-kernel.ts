import type { Frame, Kernel } from '../kernel.ts'
import { OracleKernel } from '../oracle/oracle-kernel.ts'
import { createKernel } from '../wasm-kernel.ts'
import { runsKernel } from '../wasm-module.ts'
import type { FleetTier } from './api.ts'

/** A kernel of a tier for a frame. */
export function makeKernel(tier: FleetTier, frame: Frame): Kernel {
  return tier === 'typescript' ? new OracleKernel(frame) : createKernel(tier, frame)
}

/** Whether a tier runs here. */
export function runsTier(tier: FleetTier): boolean {
  return tier === 'typescript' || runsKernel(tier)
}

/** The tier that `auto` means here. */
export function fastestKernel(): FleetTier {
  if (runsKernel('simd')) return 'simd'
  return runsKernel('plain') ? 'plain' : 'typescript'
}
