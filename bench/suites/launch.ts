import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quotaNames } from '@nephos/core'
import { type Cloud, createCloud, type ProjectApi, type ServerBatch } from '@nephos/sdk'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import { Bench } from 'tinybench'

/**
 * `launch`: what a request for servers costs through the whole stack: validation, quota, placement,
 * addresses, commit with fsync, and the work that builds them on a simulated hypervisor that
 * answers at once.
 */
export interface LaunchOptions {
  readonly hosts: number
  readonly count: number
  readonly rounds: number
  /** Servers to create before measuring. */
  readonly live: number
}

export interface LaunchReport {
  readonly hosts: number
  readonly count: number
  readonly live: number
  readonly acceptMs: Spread
  readonly activeMs: Spread
  readonly deleteMs: Spread
  readonly perRequest: Cost
  readonly sustainedServersPerSecond: number
  readonly singleCreatesPerSecond: number
  readonly rssMb: number
}

interface Spread {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

interface Cost {
  readonly transactions: number
  readonly statements: number
  readonly messages: number
}

const zones = ['zone-a', 'zone-b', 'zone-c']

export async function launch(options: LaunchOptions): Promise<LaunchReport> {
  const directory = await mkdtemp(join(tmpdir(), 'nephos-bench-'))
  try {
    const cloud = await openCloud(directory, true)
    await addHosts(cloud, options.hosts)
    const world = await prepare(cloud)
    await fill(world, options.live)
    const latency = await measureLatency(cloud, world, options)
    await cloud.close()
    const deciding = await openCloud(directory, false)
    const acme = await deciding.project('acme')
    const rates = await measureRates({ ...world, acme }, options)
    const rssMb = Math.round(process.memoryUsage.rss() / 2 ** 20)
    await deciding.close()
    return {
      hosts: options.hosts,
      count: options.count,
      live: options.live,
      ...latency,
      ...rates,
      rssMb,
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function openCloud(directory: string, work: boolean): Promise<Cloud> {
  return createCloud({
    store: sqlite({ file: join(directory, 'cloud.db') }),
    work,
    settings: { defaultQuotas: Object.fromEntries(quotaNames.map((name) => [name, -1])) },
  })
}

async function addHosts(cloud: Cloud, hosts: number): Promise<void> {
  const page = 10_000
  for (let first = 0; first < hosts; first += page) {
    await cloud.system.hosts.create({
      hosts: Array.from({ length: Math.min(page, hosts - first) }, (_, i) => ({
        name: `host-${first + i}`,
        zone: zones[(first + i) % zones.length] as string,
        inventory: { VCPU: 64, MEMORY_MB: 262_144, DISK_GB: 4_000 },
      })),
    })
  }
}

interface World {
  readonly acme: ProjectApi
  readonly imageId: string
  readonly networkId: string
  readonly flavorId: string
}

async function prepare(cloud: Cloud): Promise<World> {
  const acme = await cloud.project('acme')
  const image = await acme.images.create({
    name: 'tiny',
    diskFormat: 'raw',
    containerFormat: 'bare',
  })
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(65_536)
  }
  await acme.images.upload({ id: image.id, size: 65_536 }, bytes())
  const network = await acme.networks.create({ name: 'net' })
  await acme.subnets.create({ networkId: network.id, name: 'subnet', cidr: '10.0.0.0/8' })
  const flavor = await cloud.system.flavors.create({
    name: 'm1.small',
    vcpus: 2,
    ramMb: 4_096,
    diskGb: 20,
  })
  return { acme, imageId: image.id, networkId: network.id, flavorId: flavor.id }
}

function request(world: World, count: number): Promise<ServerBatch> {
  return world.acme.servers.create({
    name: 'web',
    flavorId: world.flavorId,
    imageId: world.imageId,
    minCount: count,
    networks: [{ networkId: world.networkId }],
  })
}

async function fill(world: World, live: number): Promise<void> {
  const size = 5_000
  for (let made = 0; made < live; made += size) {
    const batch = await request(world, Math.min(size, live - made))
    for await (const progress of batch.progress()) if (progress.pending === 0) break
  }
}

type Latency = Pick<LaunchReport, 'acceptMs' | 'activeMs' | 'deleteMs' | 'perRequest'>

async function measureLatency(
  cloud: Cloud,
  world: World,
  options: LaunchOptions,
): Promise<Latency> {
  const accept: number[] = []
  const active: number[] = []
  const deleted: number[] = []
  let perRequest: Cost = { transactions: 0, statements: 0, messages: 0 }
  const bench = new Bench({
    iterations: options.rounds,
    time: 0,
    warmupIterations: 3,
    warmupTime: 0,
  })
  bench.add('create, run, delete', async () => {
    const before = cloud.stats
    const started = performance.now()
    const batch = await request(world, options.count)
    accept.push(performance.now() - started)
    const after = cloud.stats
    perRequest = {
      transactions: after.transactions - before.transactions,
      statements: after.statements - before.statements,
      messages: after.messages - before.messages,
    }
    for await (const progress of batch.progress()) if (progress.pending === 0) break
    active.push(performance.now() - started)
    const deleting = performance.now()
    await batch.delete()
    deleted.push(performance.now() - deleting)
    await cloud.settle({ timeoutMs: 60_000 })
  })
  await bench.run()
  const counted = (list: number[]): Spread => spread(list.slice(-options.rounds))
  return {
    acceptMs: counted(accept),
    activeMs: counted(active),
    deleteMs: counted(deleted),
    perRequest,
  }
}

type Rates = Pick<LaunchReport, 'sustainedServersPerSecond' | 'singleCreatesPerSecond'>

/** Acceptance alone: a process that decides and records while others would do the work. */
async function measureRates(world: World, options: LaunchOptions): Promise<Rates> {
  const batches = Math.max(4, Math.min(40, Math.floor(20_000 / options.count)))
  let started = performance.now()
  for (let i = 0; i < batches; i += 2) {
    await Promise.all([request(world, options.count), request(world, options.count)])
  }
  const sustained = (batches * options.count) / ((performance.now() - started) / 1_000)
  const singles = 2_000
  let left = singles
  started = performance.now()
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      while (left-- > 0) await request(world, 1)
    }),
  )
  const single = singles / ((performance.now() - started) / 1_000)
  return {
    sustainedServersPerSecond: Math.round(sustained),
    singleCreatesPerSecond: Math.round(single),
  }
}

function spread(list: readonly number[]): Spread {
  const sorted = [...list].sort((a, b) => a - b)
  const at = (share: number): number =>
    Math.round(
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100,
    ) / 100
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}
