/** A test file that ought to notice; with `test`, only its tests whose full name contains this. */
export interface TestKiller {
  readonly file: string
  readonly test?: string
}

/** Arguments of the simulator under which a seed ought to break an invariant. */
export interface SimulateKiller {
  readonly simulate: readonly string[]
}

/** What ought to notice a mutant. A text names a test file. Tried in this order. */
export type Killer = string | TestKiller | SimulateKiller

/** A plausible defect of the product: one exact replacement in one file. */
export interface Mutant {
  /** Unique, in words joined by dashes. */
  readonly name: string
  /** Path from the root of the repository. */
  readonly file: string
  /** Occurs exactly once in the file. */
  readonly find: string
  readonly replace: string
  /** What users would suffer. */
  readonly why: string
  readonly killers: readonly Killer[]
  /** `fast`: runs on every commit. `full`: where time does not count. */
  readonly lane: 'fast' | 'full'
}
