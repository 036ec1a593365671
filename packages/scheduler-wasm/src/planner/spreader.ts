import { Buckets } from './buckets.ts'
import type { PlannedHosts } from './planned-hosts.ts'

const width = 2048

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
    const chosen: number[] = []
    let left = replicas
    while (left > 0) {
      this.#choose(app, left, chosen)
      if (chosen.length === 0) break
      for (const host of chosen) {
        hosts.change(host, app, 1)
        this.#buckets.move(host, this.#bucketOf(host))
      }
      left -= chosen.length
      chosen.length = 0
    }
    hosts.unmark(app)
    this.steps += hosts.markCost(app)
    return left
  }

  /** The first hosts that take the application, up to a count, the emptiest first. */
  #choose(app: number, count: number, chosen: number[]): void {
    const { first, next } = this.#buckets
    const least = this.#leastBucket(app)
    while (this.#top > 0 && (first[this.#top] as number) < 0) this.#top--
    const step = this.#fullestFirst ? 1 : -1
    const start = this.#fullestFirst ? least : this.#top
    for (let bucket = start; bucket >= least && bucket <= this.#top; bucket += step) {
      for (let host = first[bucket] as number; host >= 0; host = next[host] as number) {
        this.steps++
        if (!this.#hosts.takes(host, app)) continue
        chosen.push(host)
        if (chosen.length === count) return
      }
    }
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
    const { problem, free } = this.#hosts
    const { capacity, dimensions } = problem
    let least = 1
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const share =
        (free[host * dimensions + dimension] as number) / (capacity[dimension] as number)
      if (share < least) least = share
    }
    return Math.floor(least * (width - 1))
  }
}
