import { Buckets } from './buckets.ts'
import type { PlannedHosts } from './planned-hosts.ts'

const width = 2048
/** Hosts that are compared beyond those that are needed. */
const lookahead = 24

/**
 * Places applications on a fixed number of hosts, each replica on the host whose scarcest resource
 * is the least used: worst fit by the largest least free share. Replicas of one application go to
 * different hosts first. With applications by falling size this is the spread heuristic of studies
 * of affinity-aware provisioning for long-running applications: hosts stay alike and balanced, so
 * the large ones fit, and the small ones at the end level what is left.
 */
export class Spreader {
  readonly #hosts: PlannedHosts
  readonly #buckets: Buckets
  readonly #fullestFirst: boolean
  #top = width - 1
  /** Hosts looked at. */
  steps = 0

  /** @param fullestFirst Best fit instead: the host with the smallest such share that takes it. */
  constructor(hosts: PlannedHosts, fullestFirst: boolean) {
    this.#hosts = hosts
    this.#fullestFirst = fullestFirst
    this.#buckets = new Buckets(width, hosts.count)
    for (let host = 0; host < hosts.count; host++) this.#buckets.move(host, this.#bucketOf(host))
  }

  /** Places as many replicas as fit. @returns how many did not. */
  place(app: number, replicas: number): number {
    const hosts = this.#hosts
    hosts.mark(app)
    let left = replicas
    while (left > 0) {
      const chosen = this.#choose(app, left)
      if (chosen.length === 0) break
      for (const host of chosen) {
        hosts.change(host, app, 1)
        this.#buckets.move(host, this.#bucketOf(host))
      }
      left -= chosen.length
    }
    hosts.unmark(app)
    this.steps += hosts.markCost(app)
    return left
  }

  /**
   * Hosts that take the application, up to a count. Of the emptiest and some more those that will
   * have the most left of their scarcest resource: a replica with many cores goes where cores are
   * plenty.
   */
  #choose(app: number, count: number): readonly number[] {
    const found: number[] = []
    const { first, next } = this.#buckets
    const least = this.#leastBucket(app)
    while (this.#top > 0 && (first[this.#top] as number) < 0) this.#top--
    const step = this.#fullestFirst ? 1 : -1
    const most = this.#fullestFirst ? count : count + lookahead
    let bucket = this.#fullestFirst ? least : this.#top
    for (; bucket >= least && bucket <= this.#top && found.length < most; bucket += step) {
      let host = first[bucket] as number
      for (; host >= 0 && found.length < most; host = next[host] as number) {
        this.steps++
        if (this.#hosts.takes(host, app)) found.push(host)
      }
    }
    return found.length <= count ? found : this.#mostLeft(app, count, found)
  }

  #mostLeft(app: number, count: number, found: readonly number[]): readonly number[] {
    const left = found.map((host) => this.#leastShare(host, app))
    if (count === 1) {
      let best = 0
      left.forEach((share, index) => {
        if (share > (left[best] as number)) best = index
      })
      return [found[best] as number]
    }
    return Array.from(found.keys())
      .sort((a, b) => (left[b] as number) - (left[a] as number) || a - b)
      .slice(0, count)
      .map((index) => found[index] as number)
  }

  /** In lower buckets some resource is too scarce for any replica. */
  #leastBucket(app: number): number {
    const { capacity, dimensions, needs } = this.#hosts.problem
    let least = 1
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const share =
        (needs[app * dimensions + dimension] as number) / (capacity[dimension] as number)
      if (share < least) least = share
    }
    return Math.floor(least * (width - 1))
  }

  #bucketOf(host: number): number {
    return Math.floor(this.#leastShare(host, -1) * (width - 1))
  }

  /**
   * What is free of a host's scarcest resource, as a share, once it took an application (or −1).
   */
  #leastShare(host: number, app: number): number {
    const { problem, free } = this.#hosts
    const { capacity, dimensions, needs } = problem
    let least = 1
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const need = app < 0 ? 0 : (needs[app * dimensions + dimension] as number)
      const left = (free[host * dimensions + dimension] as number) - need
      const share = left / (capacity[dimension] as number)
      if (share < least) least = share
    }
    return least
  }
}
