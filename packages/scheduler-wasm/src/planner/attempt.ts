import type { Budget } from './budget.ts'
import { PlannedHosts } from './planned-hosts.ts'
import type { CompiledProblem } from './problem.ts'
import type { Random } from './random.ts'
import { Spreader } from './spreader.ts'
import { Squeezer } from './squeezer.ts'

/** Above this share of the fleet, what did not fit is too much to be squeezed in. */
const squeezable = 0.02

/** How a fleet is filled. */
export interface AttemptStyle {
  /** Applications, in the order in which they are placed. */
  readonly order: Int32Array
  /** Each replica on the fullest host that takes it, not the emptiest. */
  readonly fullestFirst: boolean
}

/** Tries to place everything on a fixed number of hosts, then on more if that fails. */
export class Attempt {
  readonly hosts: PlannedHosts
  readonly #problem: CompiledProblem
  readonly #budget: Budget
  readonly #random: Random
  /** Applications with replicas that are not placed. */
  #left: number[] = []
  readonly #waiting: Int32Array

  constructor(problem: CompiledProblem, hosts: number, budget: Budget, random: Random) {
    this.hosts = new PlannedHosts(problem, hosts)
    this.#problem = problem
    this.#budget = budget
    this.#random = random
    this.#waiting = problem.replicas.slice()
  }

  /** Places what fits as it comes. Once, and first of all. */
  spread(style: AttemptStyle): void {
    this.#left = [...style.order]
    this.#spread(style.fullestFirst)
  }

  /** Applications that are left and that limits keep from every host, whatever is free there. */
  blocked(): number[] {
    const { hosts } = this
    return this.#left.filter((app) => {
      // Without limits on others there is always a host for it.
      if (!hosts.isLimited(app)) return false
      hosts.mark(app)
      let host = 0
      while (host < hosts.count && !hosts.admitsOneMore(host, app)) host++
      hosts.unmark(app)
      this.#budget.steps += host + hosts.markCost(app)
      return host === hosts.count
    })
  }

  /** Squeezes in what is left, unless it is too much. @returns whether all is placed. */
  squeeze(): boolean {
    const share = this.#shareLeft() / Math.max(1, this.hosts.count)
    if (this.#left.length > 0 && share <= squeezable) this.#squeeze()
    return this.#left.length === 0
  }

  /**
   * Adds hosts for what is left.
   *
   * @param below The number of hosts that must not be reached, else it is given up.
   * @returns Whether all is placed.
   */
  extend(below: number): boolean {
    let least = 1
    while (this.#left.length > 0) {
      const more = Math.max(Math.ceil(this.#shareLeft()), least)
      // Limits may ask for more than capacity does: not one by one, lest it take for ever.
      least = more * 2
      const hosts = this.hosts.count + more
      if (hosts >= below) return false
      this.hosts.grow(hosts)
      this.#spread(false)
    }
    // More were added at a time than turned out to be needed.
    this.hosts.dropEmpty()
    return true
  }

  #spread(fullestFirst: boolean): void {
    const spreader = new Spreader(this.hosts, fullestFirst)
    this.#left = this.#left.filter((app) => {
      const left = spreader.place(app, this.#waiting[app] as number)
      this.#waiting[app] = left
      return left > 0
    })
    this.#budget.steps += spreader.steps + this.hosts.count
  }

  #squeeze(): void {
    const price = this.#prices()
    const squeezer = new Squeezer(this.hosts, price, this.#random)
    const worth = (app: number): number =>
      price.reduce((sum, each, index) => sum + each * this.#need(app, index), 0)
    const worths = new Map(this.#left.map((app) => [app, worth(app)]))
    this.#left.sort((a, b) => (worths.get(b) ?? 0) - (worths.get(a) ?? 0) || a - b)
    this.#left = this.#left.filter((app) => {
      let left = this.#waiting[app] as number
      while (left > 0 && !this.#budget.isOver()) {
        const before = squeezer.steps
        const placed = squeezer.place(app)
        this.#budget.steps += squeezer.steps - before
        if (!placed) break
        left--
      }
      this.#waiting[app] = left
      return left > 0
    })
  }

  /** Units of a resource are worth the more, the less of it the whole fleet has to spare. */
  #prices(): Float64Array {
    const { apps, capacity, replicas } = this.#problem
    return capacity.map((amount, dimension) => {
      let sum = 0
      for (let app = 0; app < apps; app++) {
        sum += (replicas[app] as number) * this.#need(app, dimension)
      }
      const spare = Math.max(0, 1 - sum / (amount * Math.max(1, this.hosts.count)))
      return 1 / ((spare + 0.05) * amount)
    })
  }

  /** Whole hosts that what is left would fill, by its scarcest resource. */
  #shareLeft(): number {
    return this.#problem.capacity.reduce((most, amount, dimension) => {
      let sum = 0
      for (const app of this.#left) {
        sum += (this.#waiting[app] as number) * this.#need(app, dimension)
      }
      return Math.max(most, sum / amount)
    }, 0)
  }

  #need(app: number, dimension: number): number {
    return this.#problem.needs[app * this.#problem.dimensions + dimension] as number
  }
}
