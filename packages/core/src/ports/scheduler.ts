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
  /**
   * Instances that an ask could get at most now, each of its rules heeded, whatever else is asked
   * for; up to 2,147,483,647.
   */
  room(ask: InstanceAsk): number
  /**
   * The enabled hosts in use that hold the least, the emptiest first: by the sum, over classes, of
   * the part that is used.
   */
  lightest(limit: number): readonly string[]
  /**
   * Where claims could move so that their hosts become empty: one answer for one state. Nothing is
   * changed: what is placed afterwards is placed as if nobody had planned.
   */
  plan(ask: PlanAsk): PlanAnswer
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

/** What one instance takes, and where it may lie. */
export interface InstanceAsk {
  /** At least one class; every amount ≥ 0. */
  readonly resources: Resources
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
  /** With the policy `weighed`: by class, −15…15; 1 if not named. */
  readonly weights?: Readonly<Record<string, number>>
  /** Breaks ties: where among hosts in the same state to begin, one of eight places. */
  readonly seed: number
}

export interface PlacementAsk extends InstanceAsk {
  /** All or nothing below `min`; as many as fit up to `max`. */
  readonly min: number
  readonly max: number
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

/** Which hosts are to be emptied, and of what. */
export interface PlanAsk {
  /**
   * `drain`: what finds room moves, the rest is stuck; no host of the plan takes anything.
   * `defragment`: a host that can be emptied wholly, onto hosts in use, is; others are left alone.
   */
  readonly mode: 'drain' | 'defragment'
  /** In this order, each once. Unknown ones are ignored. */
  readonly hosts: readonly HostToEmpty[]
  /** The groups that claims name, with all of their members: those to be moved, too. */
  readonly groups: Readonly<Record<string, GroupRule>>
  /** Moves at most; any number if undefined. */
  readonly moves?: number
  /** Hosts to empty at most; any number if undefined. */
  readonly most?: number
}

export interface HostToEmpty {
  readonly hostId: string
  /** A host that holds more than these is not emptied by moving them. */
  readonly claims: readonly MovableClaim[]
}

/** What one instance takes of its host, and where else it may lie. */
export interface MovableClaim {
  /** The caller's name for it, unique in a plan. */
  readonly key: string
  readonly ask: Omit<InstanceAsk, 'group'>
  /** One of the plan's groups, of which it is a member. */
  readonly group?: string
}

export interface PlanAnswer {
  /** In an order in which they can be carried out one by one. */
  readonly moves: readonly PlannedMove[]
  /** In drains: what has nowhere to go. Members of a hard affinity group move together or not. */
  readonly stuck: readonly StuckClaim[]
  /** Hosts that hold nothing when all moves are done. */
  readonly freed: readonly string[]
}

export interface PlannedMove {
  readonly key: string
  readonly from: string
  readonly to: string
}

export interface StuckClaim {
  readonly key: string
  readonly hostId: string
  /** Why no host takes it: the hosts that are to be emptied count as not listed. */
  readonly explanation: Explanation
}

/** Why an ask was refused. */
export interface Explanation {
  readonly hosts: number
  /** Every host under one reason: the first, in the order of reasons, that rules it out. */
  readonly ruledOut: Readonly<Record<RefusalReason, number>>
  /** Hosts that each reason rules out by itself, whatever the others do. */
  readonly alone: Readonly<Record<RefusalReason, number>>
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
  'zone',
  'aggregate',
  'requiredTrait',
  'forbiddenTrait',
  'notListed',
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
