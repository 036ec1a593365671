import type { PlacementPolicy } from '../model/compute/placement-policy.ts'

/**
 * The placement engine: an in-memory projection of hosts and their use, and a decision over it.
 * What it assigns it also reserves, so that two asks never see the same free room; the claim is
 * guarded again where it commits.
 */
export interface Scheduler {
  /** Adds hosts, or replaces all that is known of them but their use. */
  putHosts(hosts: readonly HostView[]): void
  /** Forgets hosts and their use. Absent ids are ignored. */
  removeHosts(hostIds: readonly string[]): void
  /**
   * Sets the absolute use of hosts, per resource class; classes not named are 0. Unknown hosts are
   * ignored.
   */
  setUsage(usages: readonly { readonly hostId: string; readonly used: Resources }[]): void
  /**
   * Adds (`sign` 1) or gives back (−1) use: for claims decided elsewhere, and for undoing a
   * reservation.
   */
  adjust(claims: readonly Claim[], sign: 1 | -1): void
  /**
   * Decides, and on success reserves. The same state, ask and seed give the same answer, byte for
   * byte.
   */
  place(ask: PlacementAsk): PlacementAnswer
  /** Decides without reserving. */
  preview(ask: PlacementAsk): PlacementAnswer
  /** Totals over hosts, for summaries. */
  capacity(): FleetCapacity
  /** Use of one host, or undefined. */
  usage(hostId: string): Resources | undefined
}

/** Amounts by resource class: VCPU, MEMORY_MB, DISK_GB, CUSTOM_*. Non-negative integers. */
export type Resources = Readonly<Record<string, number>>

export interface HostView {
  readonly id: string
  readonly zone: string
  /** floor((total − reserved) × allocation ratio), per class; 32-bit range. */
  readonly capacity: Resources
  readonly traits: readonly string[]
  readonly aggregates: readonly string[]
  /** A disabled host keeps its use and takes nothing new. */
  readonly enabled: boolean
}

export interface Claim {
  readonly hostId: string
  readonly resources: Resources
  /** How many times `resources`. */
  readonly count: number
}

export interface PlacementAsk {
  /** What one instance takes. At least one class; every amount ≥ 0. */
  readonly resources: Resources
  /** All or nothing below `min`; as many as fit up to `max`. */
  readonly min: number
  readonly max: number
  readonly requiredTraits?: readonly string[]
  readonly forbiddenTraits?: readonly string[]
  /** The host's zone must be one of these. */
  readonly zones?: readonly string[]
  /** For each set, the host is in at least one of its aggregates. */
  readonly memberOf?: readonly (readonly string[])[]
  /** The host is in none of these aggregates. */
  readonly notMemberOf?: readonly string[]
  /** Only these hosts. */
  readonly hostIds?: readonly string[]
  /** Never these hosts (alternates after a failed build). */
  readonly excludedHostIds?: readonly string[]
  readonly group?: GroupRule
  readonly policy: PlacementPolicy
  /** Breaks ties: equal hosts are taken in an order drawn from it. */
  readonly seed: number
}

export interface GroupRule {
  readonly policy: 'affinity' | 'anti-affinity' | 'soft-affinity' | 'soft-anti-affinity'
  /** Anti-affinity only: members that one host may hold; 1 if undefined. */
  readonly maxPerHost?: number
  /** Members that hosts hold already. */
  readonly members: readonly { readonly hostId: string; readonly count: number }[]
}

export type PlacementAnswer =
  | { readonly ok: true; readonly assignments: readonly Assignment[]; readonly placed: number }
  | { readonly ok: false; readonly explanation: Explanation }

/** `count` instances on one host. Assignments name each host once. */
export interface Assignment {
  readonly hostId: string
  readonly count: number
}

/**
 * Why an ask was refused. Every host is counted under exactly one reason: the first, in this order,
 * that rules it out.
 */
export interface Explanation {
  readonly hosts: number
  readonly ruledOut: Readonly<Record<RefusalReason, number>>
  /** Hosts that could take at least one instance. */
  readonly feasibleHosts: number
  /** The largest count that would have been placed: < min. */
  readonly nearestFeasible: number
  /** The class that rules out most hosts, or null. */
  readonly scarcest: string | null
  /** Hosts with too little of each class, each class counted on its own. */
  readonly shortOf: Readonly<Record<string, number>>
}

/** In the order in which they are tested. */
export const refusalReasons = [
  'disabled',
  'notListed',
  'zone',
  'aggregate',
  'requiredTrait',
  'forbiddenTrait',
  'group',
  'resources',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

export interface FleetCapacity {
  readonly hosts: number
  readonly enabledHosts: number
  /** Hosts with any use. */
  readonly usedHosts: number
  readonly total: Resources
  readonly used: Resources
}
