import type { AuthenticatedToken, Clock } from '@nephos/core'
import type { EndpointRow } from './endpoint.ts'
import { HttpError } from './faults.ts'

export interface RateOptions {
  /** What each user of each project may spend in a second: a read costs 1, a change 5. */
  readonly perSecond: number
  /** What he may have saved: 10 seconds' worth unless said, and at least one change. */
  readonly burst?: number
}

/** Buckets kept. One that is forgotten was full, or belongs to who spent longest ago. */
const most = 100_000

const changeCost = 5

interface Bucket {
  readonly left: number
  /** When so much was left, in milliseconds. */
  readonly at: number
}

/** A bucket of tokens for each user of each project, in this process. */
export class RateLimit {
  readonly #perMs: number
  readonly #burst: number
  readonly #clock: Pick<Clock, 'now'>
  readonly #most: number
  readonly #buckets = new Map<string, Bucket>()

  /** @param bound how many buckets are kept. */
  constructor(options: RateOptions, clock: Pick<Clock, 'now'>, bound = most) {
    this.#perMs = options.perSecond / 1_000
    this.#burst = Math.max(options.burst ?? options.perSecond * 10, changeCost)
    this.#clock = clock
    this.#most = bound
  }

  get size(): number {
    return this.#buckets.size
  }

  /**
   * Takes what a request costs.
   *
   * @throws HttpError 429 with `Retry-After` in seconds, when there is not so much left.
   */
  spend({ token, actor }: AuthenticatedToken, row: Pick<EndpointRow, 'method'>): void {
    const key = `${actor?.projectId ?? ''} ${token.userId}`
    const cost = ['GET', 'HEAD', 'OPTIONS'].includes(row.method) ? 1 : changeCost
    const now = this.#clock.now()
    const { left: before, at } = this.#buckets.get(key) ?? { left: this.#burst, at: now }
    // A clock that goes back gives nothing, and takes nothing away.
    const left = Math.min(this.#burst, before + Math.max(0, now - at) * this.#perMs)
    const isEnough = left >= cost
    this.#put(key, { left: isEnough ? left - cost : left, at: now })
    if (isEnough) return
    const seconds = Math.max(1, Math.ceil((cost - left) / this.#perMs / 1_000))
    throw new HttpError(429, 'Too many requests: come again later.', {
      headers: { 'retry-after': String(seconds) },
    })
  }

  #put(key: string, bucket: Bucket): void {
    // At the end of the order: the first one is who spent longest ago.
    this.#buckets.delete(key)
    const [oldest] = this.#buckets.keys()
    if (this.#buckets.size >= this.#most && oldest !== undefined) this.#buckets.delete(oldest)
    this.#buckets.set(key, bucket)
  }
}
