import { backoffMs } from '../base/backoff.ts'
import { isCloudError } from '../base/errors.ts'
import { limits } from '../base/limits.ts'
import { CommitConflict, type Committer } from '../commit/committer.ts'
import { Writes } from '../commit/writes.ts'
import { type Work, workTopic } from '../model/work/work.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Store } from '../ports/store.ts'
import type { Telemetry } from '../ports/telemetry.ts'
import { DueWorkFinder } from './due-work.ts'
import { Lease, lostLease } from './lease.ts'
import type { Outcome, Program, Step } from './program.ts'

export interface WorkerPorts {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly random: Random
  readonly telemetry: Telemetry
  readonly committer: Committer
}

export interface WorkerSettings {
  readonly leaseMs: number
  readonly pollMs: number
  /** Shares of flows where there is more work than can be run; 1 unless said. */
  readonly weights?: Readonly<Record<string, number>>
}

const retryBaseMs = 50
const retryCapMs = 30_000

/** Named, because making a reason, with its stack, costs more than all else in a rest. */
const woken = 'woken'

/**
 * Takes due work rows, runs their steps, and writes what came of it. Any number of workers may
 * share a store.
 */
export class Worker {
  readonly #ports: WorkerPorts
  readonly #programs: ReadonlyMap<string, Program>
  readonly #settings: WorkerSettings
  readonly #finder: DueWorkFinder
  readonly #running = new Map<string, { lease: Lease; done: Promise<void> }>()
  readonly #stopped = new AbortController()
  /** Ends a rest. Made anew only after it rang: a poll that nothing interrupts makes none. */
  #alarm = new AbortController()
  #isResting = false
  #rung = false
  #loop: Promise<void> | undefined
  #unsubscribe: (() => void) | undefined

  constructor(ports: WorkerPorts, programs: readonly Program[], settings: WorkerSettings) {
    this.#ports = ports
    this.#programs = new Map(programs.map((program) => [program.name, program]))
    this.#settings = settings
    this.#finder = new DueWorkFinder(ports, settings.weights ?? {})
  }

  start(): void {
    this.#unsubscribe = this.#ports.bus.subscribe(workTopic, () => this.ring())
    this.#loop ??= this.#run()
  }

  /** Look for due work now. */
  ring(): void {
    this.#rung = true
    this.#wake()
  }

  #wake(): void {
    if (this.#isResting) this.#alarm.abort(woken)
  }

  /**
   * Stops taking work, lets running steps notice, and waits for them. Their rows fall due when
   * their leases end.
   */
  async stop(): Promise<void> {
    this.#unsubscribe?.()
    this.#stopped.abort()
    this.#wake()
    for (const { lease } of this.#running.values()) lease.abandon('stopped')
    await this.#loop
    await Promise.all([...this.#running.values()].map((running) => running.done))
  }

  async #run(): Promise<void> {
    const { telemetry } = this.#ports
    let pause = 0
    while (!this.#stopped.signal.aborted) {
      await this.#rest(pause)
      if (this.#stopped.signal.aborted) return
      this.#rung = false
      // Leases are renewed here, so it never sleeps through one.
      pause = Math.min(this.#settings.pollMs, this.#settings.leaseMs / 3)
      try {
        await this.#renewAll()
        const free = limits.workConcurrency - this.#running.size
        const { due, nextMs } = free > 0 ? await this.#look(free) : { due: [], nextMs: pause }
        // Nobody would tell a row taken now to stop.
        if (this.#stopped.signal.aborted) return
        await Promise.all(due.map((work) => this.#take(work)))
        pause = due.length > 0 ? 0 : nextMs
      } catch (error) {
        telemetry.logger.log('error', 'worker: looking for work failed', { error: String(error) })
      }
    }
  }

  /** Rows to take, and milliseconds until the next one falls due, at most the poll interval. */
  async #look(free: number): Promise<{ readonly due: readonly Work[]; readonly nextMs: number }> {
    const held = new Map([...this.#running].map(([id, { lease }]) => [id, lease.work]))
    const { due, next } = await this.#finder.look(free, held)
    const { leaseMs, pollMs } = this.#settings
    // A lease must be renewed in time; with none, only a lost ring could go unheard.
    const longest = this.#running.size > 0 ? Math.min(pollMs, leaseMs / 3) : pollMs
    if (next === undefined) return { due, nextMs: longest }
    return { due, nextMs: Math.min(longest, Math.max(1, next - this.#ports.clock.now())) }
  }

  async #rest(ms: number): Promise<void> {
    if (ms <= 0 || this.#rung) return
    if (this.#alarm.signal.aborted) this.#alarm = new AbortController()
    this.#isResting = true
    await this.#ports.clock
      .sleep(ms, { signal: this.#alarm.signal, background: true })
      .catch(() => undefined)
    this.#isResting = false
  }

  async #renewAll(): Promise<void> {
    for (const { lease } of this.#running.values()) {
      lease.renew().catch((error: unknown) => lostLease(error) && lease.abandon(error))
    }
  }

  /** Claims one row; losing the race for it is no error. */
  async #take(work: Work): Promise<void> {
    const { committer, clock, telemetry } = this.#ports
    const lease = new Lease(work, committer, clock, this.#settings.leaseMs)
    const done = lease
      .change(new Writes(), { owner: committer.origin })
      .then(() => {
        if (work.owner !== null) telemetry.meter.count('work_taken_over')
        return this.#steps(lease)
      })
      .catch((error: unknown) => {
        if (lostLease(error)) {
          const wasOurs = lease.work.owner === committer.origin
          telemetry.meter.count(wasOurs ? 'work_lease_lost' : 'work_race_lost')
          return
        }
        telemetry.logger.log('error', 'worker: work abandoned', {
          work: work.id,
          error: String(error),
        })
      })
      .finally(() => {
        this.#running.delete(work.id)
        this.ring()
      })
    this.#running.set(work.id, { lease, done })
  }

  /** Runs steps until the row waits, ends or is lost. */
  async #steps(lease: Lease): Promise<void> {
    while (!lease.signal.aborted) {
      const { work } = lease
      const program = this.#programs.get(work.program)
      const step = program?.steps.find((one) => one.name === work.step)
      if (!program || !step) {
        // Written by a newer version: leave it to a process that knows it.
        await lease.change(new Writes(), {
          owner: null,
          due: this.#ports.clock.now() + this.#settings.leaseMs,
        })
        return
      }
      const outcome = await this.#attempt(lease, step)
      if (!(await this.#settle(lease, program, step, outcome))) return
    }
    // Stopped between two steps: hand the row back at once.
    await lease.change(new Writes(), { owner: null, due: this.#ports.clock.now() })
  }

  async #attempt(lease: Lease, step: Step): Promise<Outcome> {
    const { work } = lease
    const { meter } = this.#ports.telemetry
    try {
      if (work.undoing) {
        if (!step.undo) return { type: 'next' }
        meter.count('work_undone')
        return await step.undo(lease)
      }
      if (this.#ports.clock.now() >= work.deadline) {
        meter.count('work_deadline_passed')
        return { type: 'fail', reason: 'deadline' }
      }
      return await step.run(lease)
    } catch (error) {
      if (lostLease(error)) throw error
      // Another read may be newer at once, or may take a while: never ask without a pause.
      if (error instanceof CommitConflict) return { type: 'retry', reason: error.message }
      meter.count('work_step_failed')
      this.#ports.telemetry.logger.log('warn', 'worker: step failed', {
        step: step.name,
        error: String(error),
      })
      const final = isCloudError(error) && error.retry === 'never' && error.code !== 'closed'
      return final && !work.undoing
        ? { type: 'fail', reason: String(error) }
        : { type: 'retry', reason: String(error) }
    }
  }

  /** Writes the outcome. Returns true if another step can run at once. */
  async #settle(lease: Lease, program: Program, step: Step, outcome: Outcome): Promise<boolean> {
    const { clock, random } = this.#ports
    const { work } = lease
    const writes = ('writes' in outcome ? outcome.writes : undefined) ?? new Writes()
    switch (outcome.type) {
      case 'next':
        return this.#advance(lease, program, step, writes, outcome.input)
      case 'wait':
        await lease.change(writes, {
          owner: null,
          due: clock.now() + Math.min(outcome.ms, limits.workWaitMs),
          ...(outcome.input === undefined ? {} : { input: outcome.input }),
        })
        return false
      case 'retry': {
        const ms = backoffMs(() => random.uint32(), work.attempt, retryBaseMs, retryCapMs)
        await lease.change(writes, {
          owner: null,
          attempt: work.attempt + 1,
          due: clock.now() + ms,
        })
        return false
      }
      case 'fail':
        await lease.change(writes, { undoing: true, attempt: 0 })
        return true
    }
  }

  /** Moves forward, or backward while undoing; removes the row after the last step. */
  async #advance(
    lease: Lease,
    program: Program,
    step: Step,
    writes: Writes,
    input: unknown,
  ): Promise<boolean> {
    const { work } = lease
    const target = work.undoing
      ? work.completed.at(-1)
      : program.steps[program.steps.findIndex((one) => one.name === step.name) + 1]?.name
    if (target === undefined) {
      await lease.change(writes, null)
      return false
    }
    await lease.change(writes, {
      step: target,
      completed: work.undoing ? work.completed.slice(0, -1) : [...work.completed, step.name],
      attempt: 0,
      ...(input === undefined ? {} : { input }),
    })
    return true
  }
}
