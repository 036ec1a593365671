import { Fleet, type PreparedAsk } from '@nephos/scheduler-wasm'
import { picksOf } from '../baselines/workload.ts'
import { Pool } from './pool.ts'
import type { World } from './worlds.ts'

/** Share of the scarcest class that is in use when measuring begins. */
const wantedFill = 0.93
/** Members of a group while it is measured: small groups are what clouds have. */
const mostMembers = 16
/** One pair in so many is of members of groups, where a world has groups. */
const groupEvery = 5
/** Distinct picks; they come again after these. */
const pickCount = 2 ** 16

export interface Filled {
  /** Share of the scarcest class in use. */
  readonly fill: number
  readonly live: number
  readonly refused: number
  readonly ms: number
}

/** A fleet filled for measuring, and what is live on it. */
export class Bed {
  readonly world: World
  readonly fleet: Fleet
  readonly pool = new Pool()
  /** Milliseconds that loading the hosts took. */
  readonly loadMs: number
  /** Bytes that the fleet held before and after it got its hosts. */
  readonly bytesEmpty: number
  readonly bytesLoaded: number
  readonly picks: Int32Array
  readonly #prepared: readonly PreparedAsk[]
  readonly #groups: readonly PreparedAsk[]
  readonly #members: Uint8Array
  readonly #groupPool = new Pool()
  #at = 0
  #turn = 0
  #refused = 0

  constructor(world: World, seed: number) {
    this.world = world
    this.fleet = new Fleet()
    this.bytesEmpty = this.fleet.bytes
    const started = performance.now()
    this.fleet.putHosts(world.hosts)
    this.loadMs = performance.now() - started
    this.bytesLoaded = this.fleet.bytes
    this.#prepared = world.asks.map(({ ask }) => this.fleet.prepare(ask))
    this.#groups = world.groups.map(({ ask }) => this.fleet.prepare(ask))
    this.#members = new Uint8Array(world.groups.length)
    this.picks = picksOf(seed, pickCount, world.sums)
  }

  get live(): number {
    return this.pool.size + this.#groupPool.size
  }

  get refused(): number {
    return this.#refused
  }

  prepared(ask: number): PreparedAsk {
    return this.#prepared[ask] as PreparedAsk
  }

  /** The next drawn ask. */
  draw(): number {
    this.#at = this.#at + 2 === this.picks.length ? 0 : this.#at + 2
    return this.picks[this.#at + 1] as number
  }

  /**
   * Places drawn asks, many of one at once where the fleet is large, until the scarcest class is
   * used as wanted, or asks in a row find no room, or time is over.
   */
  fill(budgetMs: number): Filled {
    const { hosts, classes, asks } = this.world
    const totals = Float64Array.from(classes, (name) =>
      hosts.reduce((sum, { capacity }) => sum + (capacity[name] ?? 0), 0),
    )
    const used = new Float64Array(classes.length)
    const gang = Math.max(1, Math.min(this.world.fillAtOnce, hosts.length >> 9))
    const out = new Float64Array(gang)
    const started = performance.now()
    let fill = 0
    let misses = 0
    while (fill < wantedFill && misses < 64 && performance.now() - started < budgetMs) {
      const ask = this.draw()
      const placed = this.prepared(ask).placeMany(gang, out)
      const count = placed > 0 ? placed : this.#one(ask, out)
      misses = count > 0 ? 0 : misses + 1
      for (let at = 0; at < count; at++) this.pool.add(out[at] as number, ask)
      fill = 0
      for (let each = 0; each < classes.length; each++) {
        used[each] = (used[each] as number) + count * (asks[ask]?.amounts[each] ?? 0)
        fill = Math.max(fill, (used[each] as number) / (totals[each] as number))
      }
    }
    this.#fillGroups()
    const ms = performance.now() - started
    return { fill, live: this.live, refused: this.#refused, ms }
  }

  #one(ask: number, out: Float64Array): number {
    const id = this.prepared(ask).place()
    out[0] = id
    return id < 0 ? 0 : 1
  }

  #fillGroups(): void {
    const half = mostMembers / 2
    for (let group = 0; group < this.#groups.length; group++) {
      for (let member = 0; member < half; member++) this.#join(group)
    }
  }

  /** Releases a random server and places a drawn one, so many times. */
  churn(pairs: number): number {
    const { pool, fleet, picks } = this
    const groups = this.#groups.length
    for (let pair = 0; pair < pairs; pair++) {
      const at = this.#at + 2 === picks.length ? 0 : this.#at + 2
      this.#at = at
      const word = (picks[at] as number) >>> 0
      if (groups > 0 && ++this.#turn % groupEvery === 0) {
        this.#churnGroup(word)
        continue
      }
      if (pool.size > 0) {
        fleet.releaseOne(pool.remove(Math.floor((word / 2 ** 32) * pool.size)))
      }
      const ask = picks[at + 1] as number
      const id = (this.#prepared[ask] as PreparedAsk).place()
      if (id < 0) this.#refused++
      else pool.add(id, ask)
    }
    return pairs
  }

  #churnGroup(word: number): void {
    const pool = this.#groupPool
    if (pool.size > 0) {
      const at = Math.floor((word / 2 ** 32) * pool.size)
      const group = pool.ask(at)
      this.fleet.releaseOne(pool.remove(at))
      this.#members[group] = (this.#members[group] as number) - 1
    }
    let group = (word >>> 3) % this.#groups.length
    while ((this.#members[group] as number) >= mostMembers)
      group = (group + 1) % this.#groups.length
    this.#join(group)
  }

  #join(group: number): void {
    const id = (this.#groups[group] as PreparedAsk).place()
    if (id < 0) {
      this.#refused++
      return
    }
    this.#members[group] = (this.#members[group] as number) + 1
    this.#groupPool.add(id, group)
  }
}
