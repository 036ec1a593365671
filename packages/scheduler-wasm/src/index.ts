/**
 * Multi-dimensional bin packing for clouds: which hosts take the next five hundred instances.
 *
 * @module
 */
export { createEngine, type EngineOptions, fastestTier, type Tier, tiers } from './create-engine.ts'
export { EngineError } from './errors.ts'
export { Fleet } from './fleet.ts'
export type {
  Accepted,
  AllocationView,
  Answer,
  Ask,
  Constraint,
  FleetAssignment,
  FleetExplanation,
  FleetOptions,
  FleetTier,
  FleetTotals,
  GroupAsk,
  HostSpec,
  Move,
  Refused,
} from './fleet/api.ts'
export { constraints } from './fleet/api.ts'
export type { DefragmentBudget, DefragmentPlan } from './fleet/defragment.ts'
export type { DrainPlan } from './fleet/drain.ts'
export type { AskFragmentation, FragmentationReport } from './fleet/fragmentation.ts'
export { fleetLimits } from './fleet/limits.ts'
export type { GangAnswer, GangOptions } from './fleet/place-all.ts'
export type { PreemptPlan } from './fleet/preempt.ts'
export type { PreparedAsk } from './fleet/prepared.ts'
export type { FleetChanges } from './fleet/what-if.ts'
export type { PolicyName } from './kernel.ts'
export { engineLimits } from './limits.ts'
export { countViolations } from './planner/count-violations.ts'
export { lowerBound } from './planner/lower-bound.ts'
export { planFleet } from './planner/plan-fleet.ts'
export { plannerLimits } from './planner/problem.ts'
export type {
  FleetPlan,
  FleetPlanOptions,
  FleetProblem,
  PairLimit,
  PairLimitTable,
  PlannedApp,
  PlannedReplicas,
} from './planner/types.ts'
export {
  type Assignment,
  type Claim,
  type Explanation,
  type FleetCapacity,
  type GroupRule,
  type HostToEmpty,
  type HostView,
  type InstanceAsk,
  type MovableClaim,
  type PlacementAnswer,
  type PlacementAsk,
  placementPolicies,
  type PlacementPolicy,
  type PlanAnswer,
  type PlanAsk,
  type PlannedMove,
  type RefusalReason,
  refusalReasons,
  type Resources,
  type Scheduler,
  type StuckClaim,
} from './types.ts'
