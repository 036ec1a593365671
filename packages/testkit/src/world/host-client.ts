import type {
  FaultKind,
  GuestName,
  GuestReport,
  GuestTarget,
  Hypervisor,
  SimulatedFleet,
} from '@nephos/core'
import type { FaultName } from './faults.ts'
import type { Ground } from './ground.ts'
import type { Life } from './life.ts'

/** A driver gives an order up after so long. */
const limitMs = 30_000
/** A late order arrives up to so long after it was given up: past every lease. */
const latestMs = 180_000

/** Faults of the world that hosts know how to commit by themselves. */
const ownFaults: readonly (readonly [FaultName, FaultKind])[] = [
  ['hostBusy', 'sameHost'],
  ['hostElsewhere', 'otherHost'],
  ['hostNever', 'refuse'],
  ['hostFalseAlarm', 'falseAlarm'],
  ['hostHang', 'hang'],
]

type Chunk = readonly GuestReport[]

interface Seen {
  readonly guests: readonly GuestReport[]
  readonly silent: readonly string[]
}

/**
 * What one process sees of the hosts. Orders may arrive long after the process has given them up,
 * or died; they may be carried out twice; and what hosts say of themselves may be wrong.
 */
export class HostClient implements Hypervisor {
  readonly #ground: Ground
  readonly #life: Life
  readonly #hosts: SimulatedFleet
  readonly #onChange: () => Promise<void> | void

  constructor(
    ground: Ground,
    life: Life,
    hosts: SimulatedFleet,
    onChange: () => Promise<void> | void,
  ) {
    this.#ground = ground
    this.#life = life
    this.#hosts = hosts
    this.#onChange = onChange
  }

  async *apply(
    targets: readonly GuestTarget[],
    options: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Chunk, void, void> {
    const ground = this.#ground
    const lane = this.#life.name
    const label = `hosts.apply ${targets.length}`
    if (ground.hits('hostLate', lane)) {
      this.#late(targets, label)
      await this.#life.sleep(limitMs)
      yield targets.map(undecided)
      return
    }
    const isTwice = ground.hits('hostTwice', lane)
    const flow = new Flow()
    const pump = async (): Promise<void> => {
      this.#plant(targets)
      for await (const chunk of this.#hosts.apply(targets, options)) {
        ground.note('hosts', 'host', `${chunk.length} reported: ${chunk.map(brief).join(' ')}`)
        await this.#onChange()
        flow.push(chunk)
      }
      flow.end()
    }
    await this.#life.call({
      to: 'hosts',
      label,
      latency: ground.latency.hosts,
      writes: true,
      // The hosts work on while their answers travel, whether or not anybody waits for them.
      effect: () => {
        pump().catch((error: Error) => flow.fail(error))
      },
    })
    if (isTwice) this.#again(targets)
    for (let chunk = await this.#next(flow); chunk; chunk = await this.#next(flow)) yield chunk
  }

  observe(
    hostIds: readonly string[],
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<Seen> {
    return this.#life.call({
      to: 'hosts',
      label: `hosts.observe ${hostIds.length}`,
      latency: this.#ground.latency.hosts,
      effect: async () => {
        const seen = await this.#hosts.observe(hostIds, options)
        if (this.#ground.hits('hostSilent', this.#life.name)) return this.#withoutOne(hostIds, seen)
        return this.#ground.hits('hostLies', this.#life.name) ? this.#distorted(seen) : seen
      },
    })
  }

  async *readDisk(guest: GuestName): AsyncGenerator<Uint8Array, void, void> {
    const chunks = await this.#life.call({
      to: 'hosts',
      label: 'hosts.readDisk',
      latency: this.#ground.latency.hosts,
      effect: async () => {
        const read: Uint8Array[] = []
        for await (const chunk of this.#hosts.readDisk(guest)) read.push(chunk)
        return read
      },
    })
    yield* chunks
  }

  readConsole(
    guest: GuestName,
    options: { readonly lines?: number | undefined } = {},
  ): Promise<string> {
    return this.#life.call({
      to: 'hosts',
      label: 'hosts.readConsole',
      latency: this.#ground.latency.hosts,
      effect: () => this.#hosts.readConsole(guest, options),
    })
  }

  async close(): Promise<void> {
    await Promise.resolve()
  }

  /** Makes hosts fail with one of the orders. */
  #plant(targets: readonly GuestTarget[]): void {
    // Each order fails in one way: a second would wait for the next one, which may be another.
    const spared = [...targets]
    for (const [name, kind] of ownFaults) {
      if (this.#ground.faults.rate(name) === 0 || !this.#ground.hits(name, 'hosts')) continue
      const victim = this.#ground.chance.pick(spared)
      if (!victim) return
      spared.splice(spared.indexOf(victim), 1)
      const { serverId, hostId, power } = victim
      // Only who builds a guest can decline it: no other host can stop one that is there.
      const builds = power !== 'absent' && !this.#hosts.guest(serverId, hostId)
      const declines = kind === 'refuse' || kind === 'otherHost'
      this.#hosts.failNext(declines && !builds ? 'sameHost' : kind, { hostId, id: serverId })
    }
  }

  #next(flow: Flow): Promise<Chunk | undefined> {
    return new Promise((resolve, reject) => {
      flow.take(
        (chunk) => this.#life.deliver(() => resolve(chunk)),
        (error) => this.#life.deliver(() => reject(error)),
      )
    })
  }

  #late(targets: readonly GuestTarget[], label: string): void {
    const ground = this.#ground
    ground.timeline.after(ground.chance.between(limitMs, latestMs), () => {
      ground.note('hosts', 'host', `late ${label}`)
      ground.sometimes('an order arrived after it was given up')
      return this.#carryOut(targets)
    })
  }

  #again(targets: readonly GuestTarget[]): void {
    const { timeline, chance } = this.#ground
    timeline.after(chance.between(0, latestMs), () => {
      this.#ground.note('hosts', 'host', `again ${targets.length}`)
      return this.#carryOut(targets)
    })
  }

  /** Nobody waits for the answer. */
  #carryOut(targets: readonly GuestTarget[]): void {
    const run = async (): Promise<void> => {
      for await (const _ of this.#hosts.apply(targets)) await this.#onChange()
    }
    run().catch(() => undefined)
  }

  /** One host does not answer. */
  #withoutOne(hostIds: readonly string[], seen: Seen): Seen {
    const mute = this.#ground.chance.pick(hostIds)
    if (mute === undefined) return seen
    return {
      guests: seen.guests.filter(({ hostId }) => hostId !== mute),
      silent: [...new Set([...seen.silent, mute])],
    }
  }

  /** What hosts say, with one thing wrong. */
  #distorted(seen: Seen): Seen {
    const { chance } = this.#ground
    const victim = chance.pick(seen.guests)
    if (!victim) return seen
    const guests = chance.happens(0.5)
      ? seen.guests.filter((guest) => guest !== victim)
      : seen.guests.map((guest) => (guest === victim ? flipped(guest) : guest))
    return { guests, silent: seen.silent }
  }
}

/** Answers on their way from hosts to a process, in order. */
class Flow {
  readonly #chunks: Chunk[] = []
  #waiting: { take(chunk: Chunk | undefined): void; fail(error: Error): void } | undefined
  #end: { readonly error?: Error } | undefined

  push(chunk: Chunk): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting) waiting.take(chunk)
    else this.#chunks.push(chunk)
  }

  end(): void {
    this.#end = {}
    this.#waiting?.take(undefined)
  }

  fail(error: Error): void {
    this.#end = { error }
    this.#waiting?.fail(error)
  }

  take(take: (chunk: Chunk | undefined) => void, fail: (error: Error) => void): void {
    const chunk = this.#chunks.shift()
    if (chunk) take(chunk)
    else if (!this.#end) this.#waiting = { take, fail }
    else if (this.#end.error) fail(this.#end.error)
    else take(undefined)
  }
}

function undecided({ serverId, hostId, generation }: GuestTarget): GuestReport {
  const fault = { message: 'The host did not answer in time.', retry: 'sameHost' } as const
  return { serverId, hostId, power: 'unknown', generation, fault }
}

function flipped(guest: GuestReport): GuestReport {
  return { ...guest, power: guest.power === 'running' ? 'stopped' : 'running' }
}

function brief({ serverId, power, fault }: GuestReport): string {
  return `${serverId.slice(-6)} ${power}${fault ? '!' : ''}`
}
