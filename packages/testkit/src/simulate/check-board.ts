import { type Attributes, LiveAudit, type LogLevel } from '@nephos/core'
import type { Commit } from '../world/store-server.ts'
import type { World } from '../world/world.ts'
import type { HistoryEntry, Scene, Watch } from './check.ts'
import { checks } from './checks/index.ts'
import type { Mirror } from './mirror.ts'
import type { Violation } from './story-types.ts'

/** More violations than this say nothing new. */
const mostViolations = 20

/**
 * What holds at every instant even when reads answer with what was true a little earlier: what
 * keys, revisions and counters guard. Everything else holds again at rest.
 */
export const guarded: ReadonlySet<number> = new Set([
  0, 1, 2, 3, 5, 7, 9, 11, 12, 13, 15, 16, 21, 25, 33,
])

/**
 * What old reads may leave wrong: where the members of a group are is decided by a read, and what
 * placement believes stays old until the next change.
 */
export const lapsed: ReadonlySet<number> = new Set([4, 29])

/** Runs every check over what happens in a story, and keeps what they find. */
export class CheckBoard {
  readonly #world: World
  readonly #violations: Violation[] = []
  readonly #history: HistoryEntry[] = []
  readonly #byProject = new Map<string, string>()
  readonly #secrets = new Set<string>()
  readonly #watches: readonly Watch[]
  readonly #isStale: boolean
  #isAtRest = false

  constructor(world: World, mirror: Mirror) {
    this.#world = world
    this.#isStale = world.ground.faults.planned('storeStale')
    this.#watches = checks.map((check) => check.watch(this.#scene(check.invariant, mirror)))
  }

  get violations(): readonly Violation[] {
    return this.#violations
  }

  /** Only this project's data may hold the text. */
  canary(projectId: string, text: string): void {
    this.#byProject.set(projectId, text)
  }

  /** Must never be seen in clear. */
  secret(secret: string): void {
    this.#secrets.add(secret)
  }

  report(invariant: number, subject: string, message: string): void {
    if (this.#violations.length >= mostViolations) return
    if (this.#isStale && !guarded.has(invariant)) {
      if (!this.#isAtRest || lapsed.has(invariant)) return
    }
    const { ground } = this.#world
    this.#violations.push({ invariant, subject, message, at: ground.now - ground.start })
    // Its first line only: a stack differs from machine to machine.
    const [line = ''] = message.split('\n')
    ground.note('world', 'violation', `${invariant}: ${subject}: ${line}`)
  }

  /** From now on the rows are held against every invariant after each transaction. */
  async audit(): Promise<void> {
    const { store, images, objects } = this.#world
    const live = await LiveAudit.open({ store: store.truth, images, objects })
    store.onTransaction = async (batches) => {
      for (const { invariant, subject, message } of await live.committed(batches)) {
        this.report(invariant, subject, message)
      }
    }
  }

  async commit(commit: Commit): Promise<void> {
    for (const watch of this.#watches) {
      const waits = watch.commit?.(commit)
      // Most have nothing to wait for, and there are many of both.
      if (waits) await waits
    }
  }

  guests(): void {
    for (const watch of this.#watches) watch.guests?.()
  }

  answer(entry: Omit<HistoryEntry, 'index'>): void {
    const indexed = { ...entry, index: this.#history.length }
    this.#history.push(indexed)
    for (const watch of this.#watches) watch.answer?.(indexed)
  }

  log(level: LogLevel, message: string, attributes?: Attributes): void {
    for (const watch of this.#watches) watch.log?.(level, message, attributes)
  }

  async rest(): Promise<void> {
    this.#isAtRest = true
    for (const { invariant, subject, message } of await this.#world.audit()) {
      this.report(invariant, subject, message)
    }
    for (const watch of this.#watches) await watch.rest?.()
  }

  #scene(invariant: number, mirror: Mirror): Scene {
    return {
      world: this.#world,
      before: (kind, id) => mirror.row(kind, id),
      history: this.#history,
      canaries: { byProject: this.#byProject, secrets: this.#secrets },
      report: (subject, message) => this.report(invariant, subject, message),
      sometimes: (path) => this.#world.ground.sometimes(path),
    }
  }
}
