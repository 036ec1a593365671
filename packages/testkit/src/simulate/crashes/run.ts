import { CloudError, type Finding } from '@nephos/core'
import type { Duration } from '../../world/duration.ts'
import { noLatency } from '../../world/ground.ts'
import type { BreakPoint } from '../../world/life.ts'
import type { Role } from '../../world/member.ts'
import { World } from '../../world/world.ts'
import { CrashClient } from './client.ts'
import { KnownImages } from './images.ts'
import { Ledger, type Rows } from './ledger.ts'
import { KnownObjects } from './objects.ts'
import { Orders } from './orders.ts'
import { type CrashPoint, mainProcess, type Scenario } from './scenario.ts'
import { type Parts, StateKeys } from './state.ts'

export interface RunOptions {
  readonly scenario: Scenario
  /** One process named `cloud` that does everything by default. */
  readonly processes?: Readonly<Record<string, Role>>
  /** Where processes die, one after the other. */
  readonly points?: readonly CrashPoint[]
  /** Steps after which the client is never heard of again. */
  readonly stopAfter?: number
  /** True: the client does not repeat what a crash has cut off, and is not heard of again. */
  readonly givesUp?: boolean
  /** False: writes that a dying process had under way do not arrive. They do by default. */
  readonly heard?: boolean
  /** Called when a crashed process starts again; false ends the run there. */
  readonly onRestart?: (state: string) => boolean
}

/** A place where the run could have crashed once more. */
export interface Mark extends CrashPoint {
  readonly label: string
  /** What outlives a crash here; undefined when that shows only once it has crashed. */
  readonly state: string | undefined
}

export interface RunEnd {
  /** False: `onRestart` ended it. */
  readonly complete: boolean
  /** All places after the last crash where the run could have crashed. */
  readonly marks: readonly Mark[]
  readonly run: CrashRun
  readonly parts: Parts
  /** The store before the deed, and before everything. */
  readonly before: Rows
  readonly empty: Rows
  readonly findings: readonly Finding[]
  /** What outlives the processes. */
  readonly state: string
  /** What ended the deed; undefined when it came to its end. */
  readonly error: unknown
}

export const reconcileMs = 60_000
/** All comes to rest within this time, or never. */
const restLimit = '9h'
/** What is not crashed may take longer: a day may pass in it. */
const longest = '40h'
/** Calls that `Orders` listens to: each that is sent must be seen to arrive, or to be lost. */
const orderLabels = [
  'hosts.apply',
  'network.apply',
  'network.configure',
  'volumes.apply',
  'shares.apply',
] as const

interface RawMark extends Mark {
  readonly writes: boolean
  /** Calls of the same process under way. */
  readonly others: number
}

/** One run of a scenario, with crashes where they are wanted. */
export class CrashRun {
  readonly #options: RunOptions
  readonly #processes: Readonly<Record<string, Role>>
  readonly #world: World
  readonly #ledger = new Ledger()
  readonly #orders = new Orders()
  readonly #images = new KnownImages()
  readonly #objects = new KnownObjects()
  readonly #client: CrashClient
  readonly #points: readonly CrashPoint[]
  /** Calls of each process before the deed. */
  readonly #offsets = new Map<string, number>()
  #keys: StateKeys | undefined
  #marks: RawMark[] = []
  #crashes = 0
  #ended = false
  #disturbed = 0

  constructor(options: RunOptions) {
    const { processes = { [mainProcess]: 'all' }, points = [] } = options
    this.#options = options
    this.#processes = processes
    this.#points = points
    const world: World = new World({
      seed: 1,
      latency: noLatency,
      inOrder: true,
      heard: options.heard ?? true,
      processes,
      images: this.#images,
      objects: this.#objects,
      settings: { reconcileMs, pollMs: 180_000, ...options.scenario.settings },
      ports: (ports, process) => this.#orders.wrap(ports, process),
      onCommit: (commit) => this.#ledger.note(commit, world.store.truth),
      onBreak: (point) => this.#break(point),
    })
    this.#world = world
    const front = Object.keys(processes)[0] as string
    this.#client = new CrashClient(world, front, this.#ledger, () => this.#isQuiet())
  }

  /** Two rounds of every reconciler, and a little. */
  get roundsMs(): number {
    return 2 * (this.#options.scenario.settings?.reconcileMs ?? reconcileMs) + 1_000
  }

  /** @throws CloudError `internal` when the world does not come to rest. */
  async run(): Promise<RunEnd> {
    const world = this.#world
    const client = this.#client
    await world.start()
    const empty = this.#ledger.snapshot()
    const deed = await this.#until(this.#options.scenario.prepare(client))
    await this.#until(client.rest())
    // Nothing of the preparation is under way any more.
    await world.advance(1)
    const before = this.#ledger.snapshot()
    for (const { name, life } of world.members) this.#offsets.set(name, life?.calls ?? 0)
    const parts = {
      world,
      client,
      ledger: this.#ledger,
      orders: this.#orders,
      images: this.#images,
      objects: this.#objects,
    }
    client.begin('act', this.#options.stopAfter)
    this.#keys = new StateKeys(parts, this.#options.givesUp ?? false)
    const error = await this.#deed(deed)
    const state = this.#keys.key('')
    this.#keys = undefined
    const complete = !this.#ended
    if (complete && this.#crashes < this.#points.length) throw unreached()
    const findings = complete ? await world.audit() : []
    const marks = withStates(this.#marks)
    return { complete, marks, run: this, parts, before, empty, findings, error, state }
  }

  /** Lets happen what must until the promise settles; nothing crashes any more. */
  drive<T>(promise: Promise<T>): Promise<T> {
    return this.#until(promise)
  }

  /** The deed, and everything that follows from it. */
  async #deed(deed: () => Promise<void>): Promise<unknown> {
    let isDone = false
    let failure: unknown
    deed().then(
      () => (isDone = true),
      (error: unknown) => {
        isDone = true
        failure = error
      },
    )
    const isOver = (): boolean => isDone || this.#client.gone
    // What waits for a host without power comes to rest when it is back.
    await this.#pass(() => isOver() && (this.#isQuiet() || this.#isBroken()))
    if (!this.#ended) await this.#until(this.#client.mend())
    this.#disturbed = this.#world.now
    await this.#pass(
      () => isOver() && this.#isQuiet() && this.#world.now >= this.#disturbed + this.roundsMs,
    )
    return failure
  }

  #isBroken(): boolean {
    return this.#client.gone && this.#client.deadHosts.size > 0 && this.#areUp()
  }

  #isQuiet(): boolean {
    return this.#ledger.quiet && this.#areUp()
  }

  #areUp(): boolean {
    return this.#world.members.every(({ plane }) => plane !== undefined)
  }

  async #pass(condition: () => boolean, limit: Duration = restLimit): Promise<void> {
    await this.#world.until(() => {
      this.#client.tick()
      return this.#ended || condition()
    }, limit)
  }

  async #until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false
    const watched = promise.finally(() => (isSettled = true))
    watched.catch(() => undefined)
    await this.#pass(() => isSettled, longest)
    return watched
  }

  #break(point: BreakPoint): boolean {
    if (!this.#keys) {
      this.#arrive(point)
      return false
    }
    const { life, when } = point
    const call = point.call - (this.#offsets.get(life.name) ?? 0)
    const next = this.#points[this.#crashes]
    if (next?.process === life.name && next.call === call && next.when === when) {
      this.#crash(point)
      return true
    }
    if (!next) this.#mark(point, call)
    this.#arrive(point)
    return false
  }

  /** What a process sends arrives in the order in which it was sent. */
  #arrive({ when, label, life }: BreakPoint): void {
    if (when === 'before' && isOrder(label)) this.#orders.arrive(life.name)
  }

  #mark({ life, when, label, writes, call: absolute }: BreakPoint, call: number): void {
    const isAlone = Object.keys(this.#processes).length === 1
    const halfway = when === 'after' && label.startsWith('hosts.apply')
    this.#marks.push({
      process: life.name,
      call,
      when,
      label,
      writes,
      others: life.calls - absolute,
      // Hosts are still at it: how it ends shows when they are done.
      state: isAlone && !halfway ? this.#keys?.key('') : undefined,
    })
  }

  #crash({ life, when, label }: BreakPoint): void {
    const { name } = life
    const { givesUp, heard = true } = this.#options
    const { timeline } = this.#world.ground
    this.#crashes++
    this.#marks = []
    this.#offsets.set(name, 0)
    this.#world.crash(name)
    if (givesUp) this.#client.giveUp()
    else if (name === this.#front) this.#client.crashed()
    if (when === 'before' && isOrder(label)) this.#orders.lose(name)
    if (heard) this.#orders.arriveAll(name)
    this.#disturbed = this.#world.now
    // Behind everything that had left the process.
    timeline.after(0, () => this.#restart(name))
  }

  get #front(): string {
    return Object.keys(this.#processes)[0] as string
  }

  #restart(name: string): void {
    const { onRestart } = this.#options
    if (this.#crashes === this.#points.length && onRestart) {
      if (!onRestart(this.#keys?.key('') ?? '')) {
        this.#ended = true
        return
      }
    }
    this.#world.member(name).start()
  }
}

/** Leaves out states where a write of the same process is under way: it may yet change them. */
function withStates(marks: readonly RawMark[]): Mark[] {
  const writes = new Set(
    marks
      .filter((mark) => mark.writes && mark.when === 'before')
      .map(({ call, process }) => `${process} ${call}`),
  )
  return marks.map(({ process, call, when, label, state, others }) => {
    let isOpen = false
    for (let other = call + 1; other <= call + others; other++) {
      if (writes.has(`${process} ${other}`)) isOpen = true
    }
    return { process, call, when, label, state: isOpen ? undefined : state }
  })
}

function isOrder(label: string): boolean {
  return orderLabels.some((order) => label.startsWith(order))
}

function unreached(): CloudError {
  return new CloudError('internal', 'A crash point was not reached.')
}
