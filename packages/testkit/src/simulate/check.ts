import type { Attributes, LogLevel, Stored } from '@nephos/core'
import type { Commit } from '../world/store-server.ts'
import type { World } from '../world/world.ts'

/**
 * An invariant that is watched while a story runs: over its commits, guests, answers and logs. What
 * rows alone can show is the core's, and checked after each commit as well.
 */
export interface Check {
  /** Number of the invariant. */
  readonly invariant: number
  /** What always holds. */
  readonly title: string
  readonly watch: (scene: Scene) => Watch
}

/** What a check may look at. */
export interface Scene {
  readonly world: World
  /** Rows as they were before the commit that is looked at; undefined where there was none. */
  readonly before: (kind: string, id: string) => Stored | undefined
  /** Every call of every tenant so far, in the order in which they ended. */
  readonly history: readonly HistoryEntry[]
  /** Strings that must appear in nothing but their own project's data, by project; secrets too. */
  readonly canaries: Canaries
  readonly report: (subject: string, message: string) => void
  /** Notes that a rare path was taken. */
  readonly sometimes: (path: string) => void
}

export interface Canaries {
  /** A text that only this project's data may hold. */
  readonly byProject: ReadonlyMap<string, string>
  /** Secrets: in no row in clear, no log, no answer, no error. */
  readonly secrets: ReadonlySet<string>
}

/** What a check does when something happens. Synchronous wherever it can be. */
export interface Watch {
  readonly commit?: (commit: Commit) => Promise<void> | void
  /** Guests on hosts may have changed. */
  readonly guests?: () => void
  readonly answer?: (entry: HistoryEntry) => void
  readonly log?: (level: LogLevel, message: string, attributes?: Attributes) => void
  /** Faults are over and everything has come to rest. */
  readonly rest?: () => Promise<void> | void
}

/** One call of a tenant, with all its repeats. */
export interface HistoryEntry {
  readonly index: number
  readonly tenant: string
  readonly projectId: string | null
  readonly operation: string
  readonly mutates: boolean
  readonly input: unknown
  readonly key: string | undefined
  /** Request ids of the attempts. */
  readonly requestIds: readonly string[]
  /** Virtual milliseconds since the epoch; `returned` is undefined while the outcome is unknown. */
  readonly called: number
  readonly returned: number | undefined
  readonly end: 'ok' | 'refused' | 'unknown'
  readonly answer: unknown
  readonly code: string | undefined
  readonly message: string | undefined
}
