import type { Bus } from '@nephos/core'
import type { Ground } from './ground.ts'
import type { Life } from './life.ts'

interface Listener {
  readonly life: Life
  readonly ring: () => void
}

/** The broker: passes rings on to every listener, late, twice, out of order or not at all. */
export class BusServer {
  readonly #ground: Ground
  readonly #listeners = new Map<string, Set<Listener>>()
  #wiped = 0
  messages = 0

  constructor(ground: Ground) {
    this.#ground = ground
  }

  /** Loses everything that is under way. */
  wipe(): void {
    this.#wiped++
    this.#ground.note('bus', 'fault', 'wiped')
  }

  publish(topics: readonly string[]): void {
    this.messages++
    for (const topic of topics) {
      for (const listener of this.#listeners.get(topic) ?? []) this.#carry(listener)
    }
  }

  listen(topic: string, listener: Listener): () => void {
    const set = this.#listeners.get(topic) ?? new Set()
    this.#listeners.set(topic, set)
    set.add(listener)
    return () => set.delete(listener)
  }

  /** Forgets the listeners of a process that is no more. */
  drop(life: Life): void {
    for (const set of this.#listeners.values()) {
      for (const listener of set) if (listener.life === life) set.delete(listener)
    }
  }

  #carry(listener: Listener): void {
    const ground = this.#ground
    const { name } = listener.life
    if (ground.hits('busDrop', name)) return
    const times = ground.hits('busTwice', name) ? 2 : 1
    for (let i = 0; i < times; i++) {
      const late = ground.hits('busLate', name) ? ground.chance.between(1_000, 120_000) : 0
      const wiped = this.#wiped
      ground.timeline.after(late + ground.delay(ground.latency.bus), () => {
        if (wiped !== this.#wiped || ground.links.isCut('bus', name)) return
        listener.life.deliver(listener.ring)
      })
    }
  }
}

/** What one process sees of the broker. */
export class BusClient implements Bus {
  readonly #ground: Ground
  readonly #life: Life
  readonly #server: BusServer
  readonly #unsubscribe: (() => void)[] = []

  constructor(ground: Ground, life: Life, server: BusServer) {
    this.#ground = ground
    this.#life = life
    this.#server = server
  }

  get messages(): number {
    return this.#server.messages
  }

  publish(topics: readonly string[]): Promise<void> {
    return this.#life.call({
      to: 'bus',
      label: `bus.publish ${topics.length}`,
      latency: this.#ground.latency.bus,
      writes: true,
      effect: () => this.#server.publish([...new Set(topics)]),
    })
  }

  subscribe(topic: string, ring: () => void): () => void {
    const end = this.#server.listen(topic, { life: this.#life, ring })
    this.#unsubscribe.push(end)
    return end
  }

  async close(): Promise<void> {
    for (const end of this.#unsubscribe.splice(0)) end()
  }
}
