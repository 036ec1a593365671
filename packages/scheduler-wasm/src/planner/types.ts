/**
 * Limits binding two applications: on a host that holds `app`, at most `max` replicas of `other`
 * may run. It binds both ways: whichever of the two comes first, the pair is never broken. With
 * `app` equal to `other` it says how many replicas of one application a host may hold.
 */
export interface PairLimit {
  /** Index of the application in the problem's list. */
  readonly app: number
  /** Index of the application that is limited where `app` runs. */
  readonly other: number
  /** The most replicas of `other` beside `app`; 0 keeps the two apart. */
  readonly max: number
}

/** Many limits at once, one column each: what problems with millions of them use. */
export interface PairLimitTable {
  readonly app: Int32Array
  readonly other: Int32Array
  readonly max: Int32Array
}

/** A long-running application: equal replicas. */
export interface PlannedApp {
  /** What one replica needs of each resource, in the order of the host's capacity. */
  readonly amounts: readonly number[]
  readonly replicas: number
}

/** What is to be planned: how few equal hosts hold all replicas of all applications? */
export interface FleetProblem {
  /** What one host has of each resource: 1 to 16 positive whole numbers. */
  readonly capacity: readonly number[]
  readonly apps: readonly PlannedApp[]
  readonly limits?: readonly PairLimit[] | PairLimitTable
}

export interface FleetPlanOptions {
  /** Draws between equals; the same problem, seed and budget give the same plan. 1 if undefined. */
  readonly seed?: number
  /**
   * How much work may go into a better plan after the first, counted in hosts looked at: a measure
   * that is the same on every machine. 10 million if undefined; 0 takes the first plan.
   */
  readonly budget?: number
  /** Asked now and then; the search ends once it says no. The best plan so far is returned. */
  readonly keepGoing?: () => boolean
}

/** Some replicas of one application on a host. */
export interface PlannedReplicas {
  /** Index of the application in the problem's list. */
  readonly app: number
  readonly replicas: number
}

export interface FleetPlan {
  /** How many hosts are used. */
  readonly hosts: number
  /** For each host, what it holds, by rising index of application. */
  readonly assignment: readonly (readonly PlannedReplicas[])[]
  /** No plan has fewer hosts than this: see `lowerBound`. */
  readonly lowerBound: number
  /** As counted by `countViolations` on the finished plan; always 0. */
  readonly violations: number
  /** Work done, in hosts looked at. */
  readonly steps: number
}
