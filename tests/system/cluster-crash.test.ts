import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SeededRandom } from '@nephos/core'
import { fsImages } from '@nephos/drivers/image/fs'
import { postgres } from '@nephos/drivers/storage/postgres'
import { createCloud } from '@nephos/sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ComputeClient } from '../support/compute-client.ts'
import { type NatsServer, startNats } from '../support/nats-server.ts'
import { freePort, type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { served, type Served } from '../support/served.ts'

const seed = Number(process.env['NEPHOS_SEED'] ?? 1)
const random = new SeededRandom(seed)
const rounds = 4
const killsPerRound = 6
const settleMs = 120_000
const directory = mkdtempSync(join(tmpdir(), 'nephos-cluster-'))

let database: PostgresServer
let broker: NatsServer
let origins: readonly string[]
let processes: readonly (readonly [name: string, process: Served])[]

beforeAll(async () => {
  console.info(`NEPHOS_SEED=${seed}`)
  database = await startPostgres()
  broker = await startNats()
  const ports = [await freePort(), await freePort()]
  origins = ports.map((port) => `http://127.0.0.1:${port}`)
  const shared = ['--store', database.url, '--bus', broker.url, '--data', directory]
  const one = (name: string, role: string, ...more: readonly string[]) =>
    [name, served('--role', role, '--lease', '2000', ...shared, ...more)] as const
  processes = [
    one('api 1', 'api', '--listen', `127.0.0.1:${ports[0]}`, '--seed-hosts', '200'),
    one('api 2', 'api', '--listen', `127.0.0.1:${ports[1]}`),
    one('worker 1', 'worker'),
    one('worker 2', 'worker'),
    one('scheduler', 'scheduler'),
  ]
  // All at once, on an empty database.
  await Promise.all(processes.map(([, process]) => process.start()))
}, 120_000)

afterAll(async () => {
  await Promise.all(processes.map(([, process]) => process.kill()))
  await broker.kill()
  await database.stop()
  rmSync(directory, { recursive: true, force: true })
})

function below(limit: number): number {
  return random.uint32() % limit
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

interface Listed {
  readonly servers: readonly {
    readonly id: string
    readonly name: string
    readonly status: string
  }[]
}

/** What the cloud was asked for, and what it said. */
class Load {
  readonly #client = new ComputeClient(origins)
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
      while (!over.signal.aborted) await (below(4) === 0 ? this.#remove() : this.#create())
    }
    const loops = [loop(), loop()]
    try {
      await work()
    } finally {
      over.abort()
      await Promise.all(loops)
    }
  }

  async #create(): Promise<void> {
    const name = `s${++this.#names}x`
    const count = 1 + below(40)
    const answer = await this.#client.ask('POST', '/compute/v2.1/servers', {
      server: {
        name,
        imageRef: this.#image,
        flavorRef: '1',
        networks: [{ uuid: this.#network }],
        min_count: count,
      },
    })
    if (answer?.status === 202) this.created.set(name, count)
    else {
      this.unsure.add(name)
      await pause(50)
    }
  }

  async #remove(): Promise<void> {
    const names = [...this.created.keys()]
    const name = names[below(Math.max(1, names.length))]
    if (name === undefined) return
    const answer = await this.#client.ask('GET', `/compute/v2.1/servers/detail?name=${name}`)
    if (answer?.status !== 200) return pause(50)
    for (const { id } of (answer.body as Listed).servers.slice(0, 1 + below(20))) {
      const given = this.given.get(name) ?? new Set()
      this.given.set(name, given.add(id))
      const gone = await this.#client.ask('DELETE', `/compute/v2.1/servers/${id}`)
      if (gone?.status === 204) this.deleted.add(id)
    }
  }

  /** Holds what there is against what was said. */
  check(alive: readonly { readonly id: string; readonly name: string }[]): void {
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
      expect(there, `seed ${seed}, ${name}`).toBeGreaterThanOrEqual(count - asked.length)
      expect(there, `seed ${seed}, ${name}`).toBeLessThanOrEqual(count - removed)
    }
    const known = [...byName.keys()].filter((name) => !this.created.has(name))
    expect(known.filter((name) => !this.unsure.has(name))).toEqual([])
  }
}

/** Kills somebody at some moment, and starts it again. */
async function killSomebody(): Promise<string> {
  await pause(below(400))
  const victim = below(processes.length + 2)
  const [name, victimProcess] = processes[victim] ?? []
  if (name !== undefined && victimProcess !== undefined) {
    await victimProcess.kill()
    await victimProcess.start()
    return name
  }
  const engine = victim === processes.length ? database : broker
  await engine.kill()
  await pause(below(200))
  await engine.start()
  return engine === database ? 'PostgreSQL' : 'NATS'
}

/** Waits until nothing is under way, and looks at everything. */
async function verify(load: Load): Promise<void> {
  const cloud = await createCloud({
    store: postgres({ url: database.url }),
    work: false,
    drivers: { images: await fsImages({ directory: join(directory, 'images') }) },
  })
  try {
    expect(await cloud.settle({ timeoutMs: settleMs })).toBe(0)
    expect(await cloud.audit(), `seed ${seed}`).toEqual([])
    const alive: { id: string; name: string }[] = []
    const demo = await cloud.project('demo')
    for await (const { id, name, status, task } of demo.servers.list({ pageSize: 1_000 })) {
      expect([status, task], `seed ${seed}, server ${id}`).toEqual(['ACTIVE', null])
      alive.push({ id, name })
    }
    load.check(alive)
  } finally {
    await cloud.close()
  }
}

it('whoever is killed, nothing that was accepted is lost', { timeout: 600_000 }, async () => {
  const load = new Load()
  await load.open()
  const killed: string[] = []
  for (let round = 0; round < rounds; round++) {
    await load.during(async () => {
      for (let kill = 0; kill < killsPerRound; kill++) killed.push(await killSomebody())
    })
    await verify(load)
  }
  console.info(`killed: ${killed.join(', ')}; ${load.created.size} requests accepted`)
  expect(killed).toHaveLength(rounds * killsPerRound)
  expect(load.created.size).toBeGreaterThan(rounds)
  for (const [name, process] of processes) expect(await process.stop(), name).toBe(0)
})
