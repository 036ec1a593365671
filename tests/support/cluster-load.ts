import { expect } from 'vitest'
import { ComputeClient } from './compute-client.ts'

interface Listed {
  readonly servers: readonly { readonly id: string }[]
}

/** Servers that are there before more are removed than made: what a check reads stays bounded. */
const aliveMost = 1_500

/** Users of a cluster: what it was asked for, and what it said. */
export class ClusterLoad {
  readonly #client: ComputeClient
  readonly #below: (limit: number) => number
  /** How many servers of a name were accepted. */
  readonly created = new Map<string, number>()
  /** Asked for, and not answered, or refused. */
  readonly unsure = new Set<string>()
  readonly deleted = new Set<string>()
  /** Of every name, the servers whose removal was asked for. */
  readonly given = new Map<string, Set<string>>()
  #image = ''
  #network = ''
  #names = 0
  #made = 0

  constructor(origins: readonly string[], below: (limit: number) => number) {
    this.#client = new ComputeClient(origins)
    this.#below = below
  }

  async open(): Promise<void> {
    await this.#client.logIn()
    type Named = readonly { readonly id: string; readonly name: string }[]
    const { images } = await this.#client.get<{ images: Named }>('/image/v2/images')
    const { networks } = await this.#client.get<{ networks: Named }>('/network/v2.0/networks')
    this.#image = images.find(({ name }) => name === 'nephos-boot')?.id ?? ''
    this.#network = networks.find(({ name }) => name === 'private')?.id ?? ''
  }

  /** Asks, as long as the work takes. */
  async during(work: () => Promise<void>): Promise<void> {
    const over = new AbortController()
    const loop = async (): Promise<void> => {
      while (!over.signal.aborted) await this.#once()
    }
    const loops = [loop(), loop()]
    try {
      await work()
    } finally {
      over.abort()
      await Promise.all(loops)
    }
  }

  #once(): Promise<void> {
    const isFull = this.#made - this.deleted.size > aliveMost
    return this.#below(4) < (isFull ? 3 : 1) ? this.#remove() : this.create(1 + this.#below(20))
  }

  /** Asks for so many servers at once. @returns the status of the answer, if there was one. */
  async create(count: number): Promise<void> {
    const name = `s${++this.#names}x`
    const answer = await this.#client.ask('POST', '/compute/v2.1/servers', {
      server: {
        name,
        imageRef: this.#image,
        flavorRef: '1',
        networks: [{ uuid: this.#network }],
        min_count: count,
      },
    })
    if (answer?.status === 202) {
      this.created.set(name, count)
      this.#made += count
    } else {
      this.unsure.add(name)
      await pause(50)
    }
  }

  async #remove(): Promise<void> {
    const names = [...this.created.keys()]
    const name = names[this.#below(Math.max(1, names.length))]
    if (name === undefined) return
    const answer = await this.#client.ask('GET', `/compute/v2.1/servers/detail?name=${name}`)
    if (answer?.status !== 200) return pause(50)
    for (const { id } of (answer.body as Listed).servers) {
      const given = this.given.get(name) ?? new Set()
      this.given.set(name, given.add(id))
      const gone = await this.#client.ask('DELETE', `/compute/v2.1/servers/${id}`)
      if (gone?.status === 204) this.deleted.add(id)
    }
  }

  /** Holds what there is against what was said. */
  check(alive: readonly { readonly id: string; readonly name: string }[], said: string): void {
    expect(alive.filter(({ id }) => this.deleted.has(id))).toEqual([])
    const byName = new Map<string, number>()
    for (const { name } of alive) {
      const batch = name.slice(0, name.indexOf('x') + 1)
      byName.set(batch, (byName.get(batch) ?? 0) + 1)
    }
    for (const [name, count] of this.created) {
      const asked = [...(this.given.get(name) ?? [])]
      const removed = asked.filter((id) => this.deleted.has(id)).length
      const there = byName.get(name) ?? 0
      expect(there, `${said}, ${name}`).toBeGreaterThanOrEqual(count - asked.length)
      expect(there, `${said}, ${name}`).toBeLessThanOrEqual(count - removed)
    }
    const known = [...byName.keys()].filter((name) => !this.created.has(name))
    expect(known.filter((name) => !this.unsure.has(name))).toEqual([])
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
