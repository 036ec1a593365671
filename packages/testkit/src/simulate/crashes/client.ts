import {
  type Actor,
  type ControlPlane,
  type FaultKind,
  type GuestTarget,
  isCloudError,
  type Operation,
  type Stored,
} from '@nephos/core'
import type { World } from '../../world/world.ts'
import { lastingOf } from '../checks/ledger.ts'
import type { Ledger } from './ledger.ts'

/** Errors after which a program asks again. */
const transient: ReadonlySet<string> = new Set(['unavailable', 'overloaded', 'closed', 'stale'])

/** Somewhat later: a caller does not hammer. */
const pauseMs = 1_000

/** More faults than there are attempts. */
const mostFaults = 50

const nobodys: GuestTarget = {
  serverId: 'nobodys',
  hostId: 'nowhere',
  generation: 1,
  name: 'nobodys',
  power: 'absent',
  boots: { count: 0, hard: true },
  builds: 0,
  imageId: null,
  resources: {},
  ports: [],
}

export const operator: Actor = Object.freeze({
  userId: 'operator',
  projectId: null,
  domainId: null,
  roles: ['admin'],
  system: true,
})

/** Who acts in a project. */
export function memberOf(projectId: string, userId = 'user'): Actor {
  return { userId, projectId, domainId: 'default', roles: ['member'], system: false }
}

/**
 * A user's program: one call after the other, each repeated with its idempotency key until it is
 * answered, whatever becomes of the process that it called. It never crashes itself, but may be
 * told to give up when a process does.
 */
export class CrashClient {
  readonly world: World
  /** What it has heard so far: with it, what it will do is certain. */
  readonly heard: string[] = []
  /** Operations called. */
  readonly called = new Set<string>()
  /** Hosts without power, until all is mended. */
  readonly deadHosts = new Set<string>()
  readonly #process: string
  #stopAfter = Infinity
  readonly #ledger: Ledger
  readonly #isQuiet: () => boolean
  #phase = 'prepare'
  #steps = 0
  #faults = 0
  #done: Done[] = []
  #gone = false
  #wake: (() => boolean)[] = []
  #interrupt: (() => void) | undefined

  constructor(world: World, process: string, ledger: Ledger, isQuiet: () => boolean) {
    this.world = world
    this.#process = process
    this.#ledger = ledger
    this.#isQuiet = isQuiet
  }

  /** True when it will call nothing more though it is not at its end. */
  get gone(): boolean {
    return this.#gone
  }

  /** Steps that were begun. */
  get steps(): number {
    return this.#steps
  }

  /**
   * Steps are counted, and keys named, anew.
   *
   * @param phase begins every key.
   * @param stopAfter steps after which it is never heard of again.
   */
  begin(phase: string, stopAfter = Infinity): void {
    this.#phase = phase
    this.#stopAfter = stopAfter
    this.#steps = 0
    this.heard.length = 0
    this.#done = []
    this.#gone = false
  }

  /** What the store holds of a kind. */
  rows<T extends Stored>(kind: string): readonly T[] {
    return this.#ledger.rows<T>(kind)
  }

  /** Calls an operation until it is answered. @throws CloudError when it is refused for good. */
  async call<I, O, In>(
    operation: Operation<I, O, In>,
    input: In,
    as: Actor = operator,
  ): Promise<O> {
    const idempotencyKey = `${this.#phase}-${this.#steps}`
    const options = operation.mutates ? { idempotencyKey } : {}
    const run = (plane: ControlPlane): Promise<O> => plane.invoke(as, operation, input, options)
    this.called.add(operation.id)
    const answer = await this.attempt(run)
    // What is told once is not told to a repeat.
    const { id, mutates } = operation
    if (mutates) this.#done.push({ operation: id, answer: lastingOf(id, answer), again: run })
    return answer
  }

  /** Makes every call that changed something once more. @returns which are answered otherwise. */
  async repeat(plane: ControlPlane): Promise<string[]> {
    const different: string[] = []
    for (const { operation, answer, again } of this.#done) {
      const repeated = await again(plane)
      const [was, is] = [answer, lastingOf(operation, repeated)].map((one) =>
        JSON.stringify(one ?? null),
      )
      if (was !== is) different.push(`${operation} answered ${was}, then ${is}`)
    }
    return different
  }

  /** The same for what is no operation and has no key. */
  attempt<T>(run: (plane: ControlPlane) => Promise<T>): Promise<T> {
    return this.#step(async () => {
      for (;;) {
        const plane = await this.#ready()
        // It ended on the way here: nobody would ever answer.
        if (plane !== this.world.member(this.#process).plane) continue
        try {
          return await this.#unlessInterrupted(run(plane))
        } catch (error) {
          if (error === interrupted) continue
          if (!isCloudError(error) || !transient.has(error.code)) throw error
          await this.pass(pauseMs)
        }
      }
    })
  }

  /** Something happens in the world, once. */
  once(happens: (world: World) => void): Promise<void> {
    return this.#step(async () => happens(this.world))
  }

  /** Somebody else orders this of hosts. */
  order(targets: readonly GuestTarget[]): Promise<void> {
    return this.#step(async () => {
      for await (const _ of this.world.hosts.apply(targets)) continue
    })
  }

  /** The next orders fail in this way, whichever host they are for, until all is mended. */
  failNext(kind: FaultKind, times = mostFaults): Promise<void> {
    return this.once((world) => {
      this.#faults = Math.max(this.#faults, times)
      world.hosts.failNext(kind, { times })
    })
  }

  /** Hosts have power again and do as they are told. */
  async mend(): Promise<void> {
    for (const hostId of this.deadHosts) this.world.restoreHost(hostId)
    this.deadHosts.clear()
    this.world.balancers.setReachable(true)
    // Faults that were planned strike whoever comes next: orders of nobody use them up.
    const targets = Array.from({ length: this.#faults }, () => nobodys)
    this.#faults = 0
    for await (const _ of this.world.hosts.apply(targets)) continue
  }

  /** A host loses its power, until everything is mended. */
  killHost(hostId: string): Promise<void> {
    return this.once((world) => {
      this.deadHosts.add(hostId)
      world.crashHost(hostId)
    })
  }

  /** The host has power again; its guests do not run. */
  reviveHost(hostId: string): Promise<void> {
    return this.once((world) => {
      this.deadHosts.delete(hostId)
      world.restoreHost(hostId)
    })
  }

  /** Every process is down for so long: time passes in which nobody does anything. */
  async blackout(ms: number): Promise<void> {
    const { world } = this
    for (const { name } of world.members) world.crash(name)
    await this.pass(ms)
    for (const member of world.members) member.start()
    await this.rest()
  }

  /** Waits until nothing is under way. */
  rest(): Promise<void> {
    return this.#gone ? never() : this.#when(() => this.#isQuiet())
  }

  /** Does nothing for so long. */
  wait(ms: number): Promise<void> {
    return this.#step(() => this.pass(ms))
  }

  /** Lets virtual time pass. */
  pass(ms: number): Promise<void> {
    const { timeline } = this.world.ground
    return new Promise((resolve) => {
      timeline.after(ms, resolve)
    })
  }

  /** Its process has crashed: what it waits for will never come. */
  crashed(): void {
    const interrupt = this.#interrupt
    this.#interrupt = undefined
    interrupt?.()
  }

  /** From now on it does nothing more. */
  giveUp(): void {
    this.#gone = true
    this.#interrupt = undefined
    this.#wake = []
  }

  /** To be called between occurrences: goes on with what can go on. */
  tick(): void {
    if (this.#wake.length > 0) this.#wake = this.#wake.filter((wake) => !wake())
  }

  async #step<T>(run: () => Promise<T>): Promise<T> {
    if (this.#steps >= this.#stopAfter) this.#gone = true
    if (this.#gone) return never()
    this.#steps++
    const answer = await run()
    this.heard.push(JSON.stringify(answer) ?? '')
    return answer
  }

  async #ready(): Promise<ControlPlane> {
    const member = this.world.member(this.#process)
    for (;;) {
      // It may end again before this is heard.
      await this.#when(() => member.plane !== undefined)
      if (member.plane) return member.plane
    }
  }

  #when(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve()
    return new Promise((resolve) => {
      this.#wake.push(() => {
        const holds = condition()
        if (holds) resolve()
        return holds
      })
    })
  }

  #unlessInterrupted<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#interrupt = () => reject(interrupted)
      answer.then(resolve, reject)
    })
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined)
}

/** A call that was answered. */
interface Done {
  readonly operation: string
  readonly answer: unknown
  readonly again: (plane: ControlPlane) => Promise<unknown>
}

const interrupted = new Error('The process is no more.')
