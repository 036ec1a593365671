import { type CompiledProblem, limitFor, type LimitLists, unlimited } from './problem.ts'
import type { PlannedReplicas } from './types.ts'

/**
 * The hosts of a plan being made: what is free on each and what it holds. Host-major typed arrays,
 * so that looking at a host touches few lines of memory.
 */
export class PlannedHosts {
  readonly problem: CompiledProblem
  /** How many hosts there are. */
  count = 0
  /** `free[host * dimensions + dimension]`. */
  free: Float64Array
  /** How many different applications a host holds. */
  held: Int32Array
  /** `heldApp[host * stride + slot]`. */
  heldApp: Int32Array
  /** Replicas of the application in the slot. */
  heldReplicas: Int32Array
  stride = 16
  /** The most replicas that the marked application admits of another; see {@link mark}. */
  readonly admits: Int32Array
  /** The most replicas of the marked application that another admits. */
  readonly admitted: Int32Array

  constructor(problem: CompiledProblem, hosts: number) {
    this.problem = problem
    this.free = new Float64Array(0)
    this.held = new Int32Array(0)
    this.heldApp = new Int32Array(0)
    this.heldReplicas = new Int32Array(0)
    this.admits = new Int32Array(problem.apps).fill(unlimited)
    this.admitted = new Int32Array(problem.apps).fill(unlimited)
    this.grow(hosts)
  }

  /** Adds empty hosts, up to so many in all. */
  grow(hosts: number): void {
    const { dimensions, capacity } = this.problem
    if (hosts > this.held.length) {
      const room = Math.max(hosts, Math.ceil(this.held.length * 1.25))
      this.free = grown(this.free, new Float64Array(room * dimensions))
      this.held = grown(this.held, new Int32Array(room))
      this.heldApp = grown(this.heldApp, new Int32Array(room * this.stride))
      this.heldReplicas = grown(this.heldReplicas, new Int32Array(room * this.stride))
    }
    for (let host = this.count; host < hosts; host++) {
      this.free.set(capacity, host * dimensions)
      this.held[host] = 0
    }
    this.count = hosts
  }

  /** Drops hosts that hold nothing; the last ones take their places. */
  dropEmpty(): void {
    for (let host = 0; host < this.count; host++) {
      while (this.count > host && this.held[this.count - 1] === 0) this.count--
      if (host >= this.count || (this.held[host] as number) > 0) continue
      const last = --this.count
      const { dimensions } = this.problem
      this.held[host] = this.held[last] as number
      this.free.copyWithin(host * dimensions, last * dimensions, (last + 1) * dimensions)
      const { stride } = this
      this.heldApp.copyWithin(host * stride, last * stride, (last + 1) * stride)
      this.heldReplicas.copyWithin(host * stride, last * stride, (last + 1) * stride)
    }
  }

  /** Loads the limits of an application, for the checks that follow. Then {@link unmark}. */
  mark(app: number): void {
    const { imposes, obeys } = this.problem
    spreadOver(this.admits, imposes, app)
    spreadOver(this.admitted, obeys, app)
  }

  unmark(app: number): void {
    const { imposes, obeys } = this.problem
    clear(this.admits, imposes, app)
    clear(this.admitted, obeys, app)
  }

  /** Is there any limit between the application and others? */
  isLimited(app: number): boolean {
    return [this.problem.imposes, this.problem.obeys].some(
      ({ start }) => (start[app + 1] as number) > (start[app] as number),
    )
  }

  /** What marking an application and unmarking it costs, in hosts looked at. */
  markCost(app: number): number {
    const { imposes, obeys } = this.problem
    const imposed = (imposes.start[app + 1] as number) - (imposes.start[app] as number)
    const obeyed = (obeys.start[app + 1] as number) - (obeys.start[app] as number)
    return (imposed + obeyed) >> 4
  }

  /** Can the host take one more replica of the marked application? */
  takes(host: number, app: number): boolean {
    const { dimensions, needs } = this.problem
    const free = host * dimensions
    const need = app * dimensions
    for (let dimension = 0; dimension < dimensions; dimension++) {
      if ((this.free[free + dimension] as number) < (needs[need + dimension] as number))
        return false
    }
    return this.admitsOneMore(host, app)
  }

  /** The limits alone: do they let one more replica of the marked application onto the host? */
  admitsOneMore(host: number, app: number): boolean {
    const start = host * this.stride
    const end = start + (this.held[host] as number)
    let least = this.problem.selfMax[app] as number
    let here = 0
    for (let slot = start; slot < end; slot++) {
      const other = this.heldApp[slot] as number
      const replicas = this.heldReplicas[slot] as number
      if (other === app) {
        here = replicas
        continue
      }
      if (replicas > (this.admits[other] as number)) return false
      const admitted = this.admitted[other] as number
      if (admitted < least) least = admitted
    }
    return here < least
  }

  /**
   * Do the limits let one more replica of an application onto a host, after one of another left it
   * and one of a third came? −1 for none. Needs no mark.
   */
  admitsAfter(host: number, app: number, leaves: number, comes: number): boolean {
    const { imposes, obeys, selfMax } = this.problem
    const start = host * this.stride
    const end = start + (this.held[host] as number)
    let least = selfMax[app] as number
    let here = comes === app ? 1 : 0
    let arrives = comes >= 0 && comes !== app
    for (let slot = start; slot < end || arrives; slot++) {
      const other = slot < end ? (this.heldApp[slot] as number) : comes
      let replicas = slot < end ? (this.heldReplicas[slot] as number) : 0
      if (other === leaves) replicas--
      if (other === app) {
        here += replicas
        continue
      }
      if (other === comes) {
        replicas++
        arrives = false
      }
      if (replicas === 0) continue
      if (replicas > limitFor(imposes, app, other)) return false
      least = Math.min(least, limitFor(obeys, app, other))
    }
    return here < least
  }

  /** Puts replicas on a host, or with a negative count takes them away. Nothing is checked. */
  change(host: number, app: number, replicas: number): void {
    const { dimensions, needs } = this.problem
    const free = host * dimensions
    const need = app * dimensions
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const taken = replicas * (needs[need + dimension] as number)
      this.free[free + dimension] = (this.free[free + dimension] as number) - taken
    }
    const start = host * this.stride
    const held = this.held[host] as number
    let slot = start
    while (slot < start + held && this.heldApp[slot] !== app) slot++
    if (slot === start + held) {
      this.#append(host, app, replicas)
      return
    }
    const left = (this.heldReplicas[slot] as number) + replicas
    this.heldReplicas[slot] = left
    if (left > 0) return
    const last = start + held - 1
    this.heldApp[slot] = this.heldApp[last] as number
    this.heldReplicas[slot] = this.heldReplicas[last] as number
    this.held[host] = held - 1
  }

  #append(host: number, app: number, replicas: number): void {
    const held = this.held[host] as number
    if (held === this.stride) this.#widen()
    this.heldApp[host * this.stride + held] = app
    this.heldReplicas[host * this.stride + held] = replicas
    this.held[host] = held + 1
  }

  /** What a host holds, by rising index of application. */
  contents(host: number): PlannedReplicas[] {
    const start = host * this.stride
    return Array.from({ length: this.held[host] as number }, (_, slot) => ({
      app: this.heldApp[start + slot] as number,
      replicas: this.heldReplicas[start + slot] as number,
    })).sort((a, b) => a.app - b.app)
  }

  #widen(): void {
    const from = this.stride
    const to = from * 2
    const rooms = this.held.length
    const apps = new Int32Array(rooms * to)
    const replicas = new Int32Array(rooms * to)
    for (let host = 0; host < this.count; host++) {
      apps.set(this.heldApp.subarray(host * from, (host + 1) * from), host * to)
      replicas.set(this.heldReplicas.subarray(host * from, (host + 1) * from), host * to)
    }
    this.heldApp = apps
    this.heldReplicas = replicas
    this.stride = to
  }
}

function grown<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** Two limits on one pair: the stricter counts. */
function spreadOver(into: Int32Array, lists: LimitLists, app: number): void {
  const end = lists.start[app + 1] as number
  for (let index = lists.start[app] as number; index < end; index++) {
    const other = lists.app[index] as number
    const max = lists.max[index] as number
    if (max < (into[other] as number)) into[other] = max
  }
}

function clear(from: Int32Array, lists: LimitLists, app: number): void {
  const end = lists.start[app + 1] as number
  for (let index = lists.start[app] as number; index < end; index++) {
    from[lists.app[index] as number] = unlimited
  }
}
