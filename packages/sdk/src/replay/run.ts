import { CloudError, throwIfAborted, type VirtualClock } from '@nephos/core'
import type { Cloud } from '../cloud/cloud.ts'
import type { ServerBatch } from '../cloud/server-batch.ts'
import { type Departure, Departures } from './departures.ts'
import { refusalReason } from './refusal.ts'
import type { ReplayProgress } from './report.ts'
import { finishWork } from './settle.ts'
import { Tally } from './tally.ts'
import { flavorName, type ServerAsk, type TenantBatch } from './workload.ts'
import type { ReplayWorld } from './world.ts'

export interface RunOptions {
  readonly workload: AsyncIterable<TenantBatch>
  readonly limit?: number
  readonly onProgress?: (progress: ReplayProgress) => void
  readonly signal?: AbortSignal
}

/** Simulated time of the first arrival; only differences count. */
export const epochMs = Date.UTC(2020, 0, 1)

/** Deletes under way at once: as many as share a transaction. */
const deletesAtOnce = 128

/** One pass over a workload. Its time is 0 at the first batch. */
export class ReplayRun {
  readonly tally = new Tally()
  readonly #cloud: Cloud
  readonly #clock: VirtualClock
  readonly #world: ReplayWorld
  readonly #options: RunOptions
  readonly #limit: number
  readonly #departures = new Departures()
  #nowMs = 0
  #isArriving = true

  constructor(cloud: Cloud, clock: VirtualClock, world: ReplayWorld, options: RunOptions) {
    this.#cloud = cloud
    this.#clock = clock
    this.#world = world
    this.#options = options
    this.#limit = options.limit ?? Infinity
  }

  /** From the first arrival to the last event so far. */
  get spanMs(): number {
    return this.#nowMs
  }

  /** All arrivals up to the limit, and every departure of what they made. */
  async all(): Promise<void> {
    let originMs: number | undefined
    for await (const batch of this.#options.workload) {
      originMs ??= batch.atMs
      await this.#moveTo(batch.atMs - originMs)
      await this.#arrive(batch)
      if (this.tally.requests >= this.#limit) break
    }
    await this.#endInstant()
    this.#isArriving = false
    await this.#departUntil(Infinity)
  }

  async #moveTo(atMs: number): Promise<void> {
    throwIfAborted(this.#options.signal)
    if (atMs === this.#nowMs) return
    if (!(atMs > this.#nowMs)) {
      throw new CloudError('invalid', 'The workload goes back in time.', { field: 'workload' })
    }
    await this.#endInstant()
    await this.#departUntil(atMs)
    await this.#tick(atMs)
  }

  async #departUntil(atMs: number): Promise<void> {
    for (;;) {
      const next = this.#departures.next
      if (next === undefined || next > atMs) return
      throwIfAborted(this.#options.signal)
      await this.#tick(next)
      await this.#depart(this.#departures.take())
      await this.#endInstant()
    }
  }

  async #tick(atMs: number): Promise<void> {
    this.#nowMs = atMs
    await this.#clock.advanceTo(epochMs + atMs)
  }

  /** Lets the cloud finish what it accepted, and looks at the hosts. */
  async #endInstant(): Promise<void> {
    await finishWork(this.#cloud, this.#clock)
    const { tally } = this
    tally.sample(this.#nowMs, await this.#cloud.system.hosts.capacity({}), this.#isArriving)
    const { requests, servers, alive, hostsUsed } = tally
    this.#options.onProgress?.({ spanMs: this.#nowMs, requests, servers, alive, hostsUsed })
  }

  /** One request per flavor; what leaves together is gathered over all of them. */
  async #arrive(batch: TenantBatch): Promise<void> {
    const leaving = new Map<number, string[]>()
    for (const ask of batch.asks) {
      if (this.tally.requests >= this.#limit) break
      const accepted = await this.#request(ask)
      if (accepted) await this.#schedule(accepted, ask, leaving)
    }
    for (const [atMs, serverIds] of leaving) this.#departures.add({ atMs, serverIds })
  }

  /** @returns undefined when it was refused. */
  async #request(ask: ServerAsk): Promise<ServerBatch | undefined> {
    const { project, imageId, networkId } = this.#world
    const flavorId = await this.#world.flavorId(ask)
    const count = ask.livesMs.length
    const request = {
      name: flavorName(ask),
      flavorId,
      imageId,
      minCount: count,
      maxCount: count,
      networks: networkId === undefined ? [] : [{ networkId }],
    }
    this.tally.requests++
    const started = performance.now()
    try {
      const batch = await project.servers.create(request)
      this.tally.accepted(batch.count, performance.now() - started)
      return batch
    } catch (error) {
      const reason = refusalReason(error)
      if (reason === undefined) throw error
      this.tally.refuse(count, reason)
      return undefined
    }
  }

  /** Members take the lives in order of creation. Those that never leave are not asked for. */
  async #schedule(
    batch: ServerBatch,
    ask: ServerAsk,
    leaving: Map<number, string[]>,
  ): Promise<void> {
    if (ask.livesMs.every((life) => life === null)) return
    let index = 0
    for await (const server of batch.servers()) {
      const life = ask.livesMs[index++]
      if (life === null || life === undefined) continue
      const atMs = this.#nowMs + life
      const together = leaving.get(atMs)
      if (together) together.push(server.id)
      else leaving.set(atMs, [server.id])
    }
  }

  async #depart(departures: readonly Departure[]): Promise<void> {
    const { servers } = this.#world.project
    for (let first = 0; first < departures.length; first += deletesAtOnce) {
      const slice = departures.slice(first, first + deletesAtOnce)
      await Promise.all(slice.map(({ serverIds }) => servers.delete({ ids: [...serverIds] })))
      for (const { serverIds } of slice) this.tally.deleted(serverIds.length)
    }
  }
}
