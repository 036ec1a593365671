/**
 * Multi-dimensional bin packing for clouds: which hosts take the next five hundred instances.
 *
 * @module
 */
export { createEngine, type EngineOptions, fastestTier, type Tier, tiers } from './create-engine.ts'
export { EngineError } from './errors.ts'
export { engineLimits } from './limits.ts'
export {
  type Assignment,
  type Claim,
  type Explanation,
  type FleetCapacity,
  type GroupRule,
  type HostView,
  type PlacementAnswer,
  type PlacementAsk,
  type PlacementPolicy,
  type RefusalReason,
  refusalReasons,
  type Resources,
  type Scheduler,
} from './types.ts'
