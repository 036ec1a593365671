import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fsImages } from '@nephos/drivers/image/fs'
import { postgres } from '@nephos/drivers/storage/postgres'
import { createCloud } from '@nephos/sdk'
import { expect } from 'vitest'
import { type ClusterLoad } from './cluster-load.ts'
import { type NatsServer, startNats } from './nats-server.ts'
import { freePort, type PostgresServer, startPostgres } from './postgres-server.ts'
import { served, type Served } from './served.ts'

const settleMs = 120_000

/** How many processes of each role share the cloud. */
export interface ClusterShape {
  readonly apis: number
  readonly workers: number
  readonly schedulers: number
  readonly hosts: number
  /** Of the database server's processes, beside this one's. */
  readonly environment?: Readonly<Record<string, string>>
}

/** A cloud of processes of their own, on PostgreSQL and NATS, as an operator starts them. */
export class Cluster {
  readonly database: PostgresServer
  readonly broker: NatsServer
  readonly origins: readonly string[]
  /** By their names: `api 1`, `worker 2`, `scheduler 1` … */
  readonly processes: ReadonlyMap<string, Served>
  readonly #directory: string

  private constructor(
    database: PostgresServer,
    broker: NatsServer,
    origins: readonly string[],
    processes: ReadonlyMap<string, Served>,
    directory: string,
  ) {
    this.database = database
    this.broker = broker
    this.origins = origins
    this.processes = processes
    this.#directory = directory
  }

  /** All of them at once, on an empty database. */
  static async start(shape: ClusterShape): Promise<Cluster> {
    const directory = mkdtempSync(join(tmpdir(), 'nephos-cluster-'))
    const database = await startPostgres(shape.environment)
    const broker = await startNats()
    const shared = [
      '--store',
      database.url,
      '--bus',
      broker.url,
      '--data',
      directory,
      '--lease',
      '2000',
    ]
    const origins: string[] = []
    const processes = new Map<string, Served>()
    for (let at = 1; at <= shape.apis; at++) {
      const port = await freePort()
      origins.push(`http://127.0.0.1:${port}`)
      const seeds = at === 1 ? ['--seed-hosts', String(shape.hosts)] : []
      const listen = ['--listen', `127.0.0.1:${port}`]
      processes.set(`api ${at}`, served('--role', 'api', ...listen, ...shared, ...seeds))
    }
    for (let at = 1; at <= shape.workers; at++) {
      processes.set(`worker ${at}`, served('--role', 'worker', ...shared))
    }
    for (let at = 1; at <= shape.schedulers; at++) {
      processes.set(`scheduler ${at}`, served('--role', 'scheduler', ...shared))
    }
    const cluster = new Cluster(database, broker, origins, processes, directory)
    try {
      await Promise.all([...processes.values()].map((one) => one.start()))
    } catch (error) {
      await cluster.end()
      throw error
    }
    return cluster
  }

  process(name: string): Served {
    const found = this.processes.get(name)
    if (!found) throw new Error(`no process ${name}`)
    return found
  }

  /** Waits until nothing is under way, recomputes every invariant, and asks the load. */
  async verify(load: ClusterLoad, said: string): Promise<void> {
    const cloud = await createCloud({
      store: postgres({ url: this.database.url }),
      work: false,
      drivers: { images: await fsImages({ directory: join(this.#directory, 'images') }) },
    })
    try {
      expect(await cloud.settle({ timeoutMs: settleMs }), said).toBe(0)
      expect(await cloud.audit(), said).toEqual([])
      const alive: { id: string; name: string }[] = []
      const demo = await cloud.project('demo')
      for await (const { id, name, status, task } of demo.servers.list({ pageSize: 1_000 })) {
        expect([status, task], `${said}, server ${id}`).toEqual(['ACTIVE', null])
        alive.push({ id, name })
      }
      load.check(alive, said)
    } finally {
      await cloud.close()
    }
  }

  async end(): Promise<void> {
    await Promise.all([...this.processes.values()].map((one) => one.kill()))
    await this.broker.kill()
    await this.database.stop()
    rmSync(this.#directory, { recursive: true, force: true })
  }
}
