import type { PlannedHosts } from './planned-hosts.ts'
import type { Random } from './random.ts'

/** How many hosts are kept in mind that lack little for a replica. */
const targets = 64
/** How many of them are tried for it. */
const tries = 4
/** How many partners of a host are compared for one exchange. */
const partners = 64
/** How many more are compared once one of them suffices. */
const partnersMore = 4

/** One exchange between two hosts: `gives` leaves the first one, `gets` (or −1) comes in return. */
interface Exchange {
  partner: number
  gives: number
  gets: number
  /** What the first host lacks afterwards; below 0: nothing, the lower the more is left over. */
  lack: number
}

/**
 * Makes room by exchanging replicas between two hosts, without moving anything out of the fleet:
 * what is free in small parts on many hosts, or of one resource here and of another there, is
 * brought together where a replica waits for it.
 */
export class Squeezer {
  readonly #hosts: PlannedHosts
  readonly #random: Random
  readonly #price: Float64Array
  readonly #targets: Int32Array = new Int32Array(targets)
  readonly #lacks: Float64Array = new Float64Array(targets)
  #found = 0
  readonly #best: Exchange = { partner: -1, gives: -1, gets: -1, lack: 0 }
  readonly #short: Float64Array
  /** Hosts looked at. */
  steps = 0

  /** @param price What a unit of each resource is worth: the scarcer, the more. */
  constructor(hosts: PlannedHosts, price: Float64Array, random: Random) {
    this.#hosts = hosts
    this.#price = price
    this.#random = random
    this.#short = new Float64Array(price.length)
  }

  /** Places one replica, after exchanges between other hosts if need be. */
  place(app: number): boolean {
    // What served the one before serves the next, mostly: a look at all hosts is dear.
    if (this.#tryTargets(app)) return true
    this.#findTargets(app)
    return this.#tryTargets(app)
  }

  #tryTargets(app: number): boolean {
    const hosts = this.#hosts
    this.#sortTargets(app)
    let tried = 0
    for (let index = 0; index < this.#found && tried < tries; index++) {
      const host = this.#targets[index] as number
      if (!hosts.admitsAfter(host, app, -1, -1)) continue
      tried++
      if (!this.#makeRoom(host, app)) continue
      hosts.change(host, app, 1)
      return true
    }
    return false
  }

  /** The hosts that lack the least for an application, the one with most to gain first. */
  #findTargets(app: number): void {
    const hosts = this.#hosts
    this.#found = 0
    hosts.mark(app)
    for (let host = 0; host < hosts.count; host++) {
      const lack = this.#eagerness(host, app)
      if (this.#found === targets && lack >= (this.#lacks[targets - 1] as number)) continue
      if (!hosts.admitsOneMore(host, app)) continue
      if (this.#found < targets) this.#found++
      this.#insert(this.#found - 1, host, lack)
    }
    hosts.unmark(app)
    this.steps += hosts.count + hosts.markCost(app)
  }

  /** Brings the hosts in mind into the order of what they lack for another application. */
  #sortTargets(app: number): void {
    for (let index = 0; index < this.#found; index++) {
      const host = this.#targets[index] as number
      this.#insert(index, host, this.#eagerness(host, app))
    }
    this.steps += this.#found
  }

  /** Puts a host where it belongs among those before a place, which is free. */
  #insert(place: number, host: number, lack: number): void {
    let at = place
    for (; at > 0 && (this.#lacks[at - 1] as number) > lack; at--) {
      this.#lacks[at] = this.#lacks[at - 1] as number
      this.#targets[at] = this.#targets[at - 1] as number
    }
    this.#lacks[at] = lack
    this.#targets[at] = host
  }

  /**
   * What is lacking; of hosts that lack the same, the one with more to offer has the lower value.
   */
  #eagerness(host: number, app: number): number {
    return this.#lackOf(host, app) - 1e-6 * this.#worthOfFree(host)
  }

  /** Exchanges replicas of the host for others until the application fits. */
  #makeRoom(host: number, app: number): boolean {
    const hosts = this.#hosts
    const best = this.#best
    for (let lack = this.#lackOf(host, app); lack > 0; lack = this.#lackOf(host, app)) {
      this.#findExchange(host, app, lack)
      if (best.partner < 0) return false
      hosts.change(host, best.gives, -1)
      hosts.change(best.partner, best.gives, 1)
      if (best.gets < 0) continue
      hosts.change(best.partner, best.gets, -1)
      hosts.change(host, best.gets, 1)
    }
    return true
  }

  #findExchange(host: number, app: number, lack: number): void {
    const hosts = this.#hosts
    this.#best.partner = -1
    this.#best.lack = lack
    let partner = this.#random.below(hosts.count)
    let looks = 0
    for (let seen = 0; seen < hosts.count && looks < partners; seen++) {
      partner = partner + 1 === hosts.count ? 0 : partner + 1
      if (partner === host || !this.#mayHelp(partner)) continue
      looks++
      this.#compare(host, partner, app)
      if (this.#best.lack <= 0 && looks < partners - partnersMore) looks = partners - partnersMore
    }
    this.steps += hosts.count >> 4
  }

  /** Has the partner any of what is short? Set by the last call of `#lackOf`. */
  #mayHelp(partner: number): boolean {
    const { free, problem } = this.#hosts
    const { dimensions } = problem
    for (let dimension = 0; dimension < dimensions; dimension++) {
      if ((this.#short[dimension] as number) <= 0) continue
      if ((free[partner * dimensions + dimension] as number) > 0) return true
    }
    return false
  }

  /** All exchanges with one partner. */
  #compare(host: number, partner: number, app: number): void {
    const { held, heldApp, stride } = this.#hosts
    const first = partner * stride
    const end = first + (held[partner] as number)
    const mine = host * stride
    const myEnd = mine + (held[host] as number)
    this.steps += myEnd - mine
    for (let slot = mine; slot < myEnd; slot++) {
      const gives = heldApp[slot] as number
      // One before the first: nothing in return.
      for (let other = first - 1; other < end; other++) {
        const gets = other < first ? -1 : (heldApp[other] as number)
        const lack = this.#lackAfter(host, partner, gives, gets)
        if (lack >= this.#best.lack || gives === gets) continue
        this.steps++
        if (!this.#hosts.admitsAfter(partner, gives, gets, -1)) continue
        if (gets >= 0 && !this.#hosts.admitsAfter(host, gets, gives, app)) continue
        this.#best.partner = partner
        this.#best.gives = gives
        this.#best.gets = gets
        this.#best.lack = lack
      }
    }
  }

  /** What the host lacks after an exchange; infinite if the exchange itself does not fit. */
  #lackAfter(host: number, partner: number, gives: number, gets: number): number {
    const { free, problem } = this.#hosts
    const { capacity, dimensions, needs } = problem
    let lack = 0
    let over = 1
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const back = gets < 0 ? 0 : (needs[gets * dimensions + dimension] as number)
      const gain = (needs[gives * dimensions + dimension] as number) - back
      if (gain > (free[partner * dimensions + dimension] as number)) return Infinity
      if (-gain > (free[host * dimensions + dimension] as number)) return Infinity
      const short = (this.#short[dimension] as number) - gain
      if (short > 0) lack += short * (this.#price[dimension] as number)
      const share = -short / (capacity[dimension] as number)
      if (share < over) over = share
    }
    // What is left over is worth keeping together: others may wait for it.
    return lack > 0 ? lack : -over
  }

  /** The worth of what is missing on a host; each amount is left in `#short`. */
  #lackOf(host: number, app: number): number {
    const { free, problem } = this.#hosts
    const { dimensions, needs } = problem
    let lack = 0
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const need = needs[app * dimensions + dimension] as number
      const short = need - (free[host * dimensions + dimension] as number)
      this.#short[dimension] = short
      if (short > 0) lack += short * (this.#price[dimension] as number)
    }
    return lack
  }

  #worthOfFree(host: number): number {
    const { free, problem } = this.#hosts
    const { dimensions } = problem
    let worth = 0
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const amount = free[host * dimensions + dimension] as number
      worth += amount * (this.#price[dimension] as number)
    }
    return worth
  }
}
