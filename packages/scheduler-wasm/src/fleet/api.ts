import type { PolicyName } from '../kernel.ts'

/** Amounts by resource class. Integers, 0 to 2,147,483,647, in units of the caller's choice. */
export type Resources = Readonly<Record<string, number>>

export interface HostSpec {
  readonly id: string
  /** What the host can give, overcommitment included. At most 16 classes. */
  readonly capacity: Resources
  readonly zone?: string
  readonly rack?: string
  readonly traits?: readonly string[]
  readonly aggregates?: readonly string[]
  /** A disabled host keeps what it holds and takes nothing new. Default true. */
  readonly enabled?: boolean
  /**
   * NUMA cells, at most 8: what lies in each, of at most 4 classes. `capacity` names the host's
   * totals, those of cells included.
   */
  readonly cells?: readonly Resources[]
  /** Devices of one model, at most 16; each has 1,000 units. */
  readonly devices?: { readonly model: string; readonly count: number }
}

/** Who belongs together, or apart. */
export interface GroupAsk {
  readonly policy: 'affinity' | 'anti-affinity' | 'soft-affinity' | 'soft-anti-affinity'
  /** What members share or do not share. Default `host`. */
  readonly scope?: 'host' | 'rack' | 'zone'
  /** Anti-affinity: members that one host (rack, zone) may hold. Default 1. */
  readonly maxPerHost?: number
  /** A group whose members the fleet counts by itself, from its allocations. */
  readonly id?: string
  /**
   * A fault domain of the group, with affinity in a rack or zone: members that name one part share
   * a rack (zone), and no two parts of a group do.
   */
  readonly part?: string
  /** Members that the fleet does not know of. Hosts that it does not know count for nothing. */
  readonly members?: readonly { readonly hostId: string; readonly count: number }[]
}

export interface Ask {
  /** What one instance takes; at least one class. */
  readonly resources: Resources
  /** Instances, all or none. Default 1. Not together with `min` and `max`. */
  readonly count?: number
  /** As many as fit up to `max`, none below `min`. One of them alone is all or none of it. */
  readonly min?: number
  readonly max?: number
  /**
   * In how many NUMA cells one instance lies; what hosts have per cell is split evenly over them,
   * rounded up. Default 0: it floats.
   */
  readonly cells?: number
  /** Devices of one instance, and units of each (1…1,000, default 1,000 = whole). */
  readonly devices?: {
    readonly count: number
    readonly units?: number
    readonly models?: readonly string[]
  }
  readonly requiredTraits?: readonly string[]
  /** Of each set, at least one. */
  readonly anyTraits?: readonly (readonly string[])[]
  readonly forbiddenTraits?: readonly string[]
  readonly zones?: readonly string[]
  readonly racks?: readonly string[]
  readonly hostIds?: readonly string[]
  readonly excludedHostIds?: readonly string[]
  /** Of each set, the host is in at least one. */
  readonly memberOf?: readonly (readonly string[])[]
  readonly notMemberOf?: readonly string[]
  /** Who asks. Hosts in isolated aggregates take only the tenants of these. */
  readonly tenant?: string
  readonly group?: GroupAsk
  /**
   * Shares instances out over zones or racks that may hold them, those of the group there already
   * included: none holds over `maxSkew` (default 1) more than any other; if `soft`, as evenly as
   * there is room.
   */
  readonly spread?: {
    readonly by: 'zone' | 'rack'
    readonly maxSkew?: number
    readonly soft?: boolean
  }
  /** The application, for pairwise limits. */
  readonly app?: string
  /** Default `pack`. */
  readonly policy?: PolicyName
  /**
   * How much a class counts in scores, −15…15. Default 1. Below 0 `weighed` wants the fuller host;
   * other policies count it as 0.
   */
  readonly weights?: Readonly<Record<string, number>>
  /** A higher number may displace a lower one, in plans of `preempt`. Default 0. */
  readonly priority?: number
  /** When the instance is expected to end, and what time it is; in the unit of `lifetimeBin`. */
  readonly until?: number
  readonly now?: number
  /** Draws among hosts that are equal in all. */
  readonly seed?: number
}

/** `count` instances on one host. Assignments name each host once. */
export interface FleetAssignment {
  readonly hostId: string
  readonly count: number
}

export interface Accepted {
  readonly ok: true
  readonly placed: number
  readonly assignments: readonly FleetAssignment[]
  /** Their numbers, in the order of assignments; none for a preview. */
  readonly allocations: readonly number[]
}

export interface Refused {
  readonly ok: false
  readonly explanation: FleetExplanation
}

export type Answer = Accepted | Refused

/** In the order in which a host is tested. */
export const constraints = [
  'disabled',
  'zone',
  'aggregate',
  'requiredTrait',
  'forbiddenTrait',
  'tenant',
  'notListed',
  'group',
  'resources',
] as const
export type Constraint = (typeof constraints)[number]

export interface FleetExplanation {
  readonly hosts: number
  /** Hosts that could take at least one instance. */
  readonly feasibleHosts: number
  /** Instances that would be placed if so few were asked for. */
  readonly nearestFeasible: number
  /** Hosts by the first constraint that rules them out. */
  readonly ruledOut: Readonly<Record<Constraint, number>>
  /** Hosts that each constraint rules out, whatever the others do. */
  readonly alone: Readonly<Record<Constraint, number>>
  /** Among hosts that only resources rule out: those short of each class, of `cells`, `devices`. */
  readonly shortOf: Readonly<Record<string, number>>
  /** What most of them are short of, the first by name among equals, or null. */
  readonly scarcest: string | null
}

export interface Move {
  readonly allocation: number
  readonly from: string
  readonly to: string
}

/** What is known of an allocation. */
export interface AllocationView {
  readonly hostId: string
  readonly resources: Resources
  /** Numbers of the devices and cells that it lies on. */
  readonly devices: readonly number[]
  readonly cells: readonly number[]
  readonly app?: string
  readonly group?: string
  readonly part?: string
  readonly priority: number
}

export type FleetTier = 'simd' | 'plain' | 'typescript'

export interface FleetOptions {
  /** `auto`, the default, takes the fastest that runs here. */
  readonly tier?: FleetTier | 'auto'
  /** Room to be made at once; more is made on demand. */
  readonly hosts?: number
  readonly allocations?: number
  /** The workload that the fragmentation policy keeps room for; at most 1,024 asks. */
  readonly typical?: readonly { readonly ask: Ask; readonly weight: number }[]
  /** Length of a bin of expected ends, e.g. 3,600 s. Without it, ends are not kept. */
  readonly lifetimeBin?: number
}

export interface FleetTotals {
  readonly hosts: number
  readonly enabledHosts: number
  /** Hosts with any use. */
  readonly usedHosts: number
  readonly total: Resources
  readonly used: Resources
}
