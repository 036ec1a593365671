import { writeSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  isCloudError,
  SeededRandom,
  SimulatedFleet,
  SimulatedNetwork,
  SimulatedVolumes,
} from '@nephos/core'
import { fsImages } from '@nephos/drivers/image/fs'
import { SystemClock } from '@nephos/drivers/runtime'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import { type Cloud, createCloud, type ProjectApi } from '@nephos/sdk'

/**
 * A process that works on a cloud until somebody kills it: `crash-child.ts DIRECTORY SEED`. It
 * writes a line before each request that has a key, and one for each that was accepted.
 */
const [directory = '', seedText = '1'] = process.argv.slice(2)
const random = new SeededRandom(Number(seedText))
const hosts = 2_000
const mostServers = 1_500

function below(limit: number): number {
  return random.uint32() % limit
}

function tell(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

async function open(): Promise<Cloud> {
  const images = join(directory, 'images')
  await mkdir(images, { recursive: true })
  const clock = new SystemClock()
  const faulty = { clock, random, failureRate: { apply: 0.02 }, limitMs: 200 }
  return createCloud({
    store: sqlite({ file: join(directory, 'cloud.db') }),
    settings: { reconcileMs: 50 },
    drivers: {
      hypervisor: new SimulatedFleet({ ...faulty, latencyMs: { apply: [0, 30] } }),
      network: new SimulatedNetwork({ ...faulty, latencyMs: { apply: [0, 5] } }),
      volumes: new SimulatedVolumes({ ...faulty, latencyMs: { apply: [0, 5] } }),
      images: await fsImages({ directory: images }),
    },
  })
}

interface World {
  readonly cloud: Cloud
  readonly acme: ProjectApi
  readonly imageId: string
  readonly networkId: string
  readonly flavorIds: readonly string[]
}

/** What is missing of what the requests name: a kill may have come in the middle of it. */
async function prepare(cloud: Cloud): Promise<World> {
  const capacity = await cloud.system.hosts.capacity({})
  if (capacity.hosts === 0) {
    const inventory = { VCPU: 64, MEMORY_MB: 262_144, DISK_GB: 4_000 }
    await cloud.system.hosts.create({
      hosts: Array.from({ length: hosts }, (_, i) => ({
        name: `host-${i}`,
        zone: 'z1',
        inventory,
      })),
    })
  }
  const acme = await cloud.project('acme')
  const flavorIds: string[] = []
  for (const vcpus of [1, 2]) {
    const wanted = { name: `f${vcpus}`, vcpus, ramMb: vcpus * 1_024, diskGb: 10 }
    flavorIds.push(
      (await first(cloud.system.flavors.list(), (flavor) => flavor.name === wanted.name)) ??
        (await cloud.system.flavors.create(wanted)).id,
    )
  }
  const networkId =
    (await first(acme.networks.list({ name: 'net' }))) ??
    (await acme.networks.create({ name: 'net' })).id
  const subnet = await first(acme.subnets.list({ networkId }))
  if (subnet === undefined) await acme.subnets.create({ networkId, cidr: '10.0.0.0/16' })
  const imageId =
    (await first(acme.images.list(), (image) => image.status === 'active')) ?? (await upload(acme))
  return { cloud, acme, imageId, networkId, flavorIds }
}

async function first<T extends { readonly id: string }>(
  items: AsyncIterable<T>,
  fits: (item: T) => boolean = () => true,
): Promise<string | undefined> {
  for await (const item of items) if (fits(item)) return item.id
  return undefined
}

async function upload(acme: ProjectApi): Promise<string> {
  const { id } = await acme.images.create({ name: 'i', diskFormat: 'raw', containerFormat: 'bare' })
  const bytes = random.bytes(1 + below(50_000))
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 5_000) {
      yield bytes.subarray(at, at + 5_000)
      await new Promise((resolve) => setTimeout(resolve, below(3)))
    }
  }
  await acme.images.upload({ id, size: bytes.length }, chunks())
  tell({ did: 'upload', id })
  return id
}

async function create({ acme, imageId, networkId, flavorIds }: World): Promise<void> {
  const name = `b${seedText}-${random.uint32()}`
  const input = {
    name,
    imageId,
    flavorId: flavorIds[below(2)] as string,
    minCount: 1 + below(60),
    networks: [{ networkId }],
  }
  tell({ will: 'create', input })
  const batch = await acme.servers.create({ ...input, idempotencyKey: name })
  tell({ did: 'create', name, id: batch.id, count: batch.count })
}

async function remove({ acme }: World): Promise<void> {
  const ids: string[] = []
  for await (const server of acme.servers.list({ pageSize: 1_000 })) {
    if (server.task !== 'deleting' && below(3) === 0) ids.push(server.id)
    if (ids.length >= 100) break
  }
  if (ids.length === 0) return
  await acme.servers.delete({ ids })
  tell({ did: 'delete', ids })
}

async function act({ acme, flavorIds }: World): Promise<void> {
  const ids: string[] = []
  for await (const server of acme.servers.list()) {
    if (server.task !== null || below(10) > 0) continue
    if (server.status === 'VERIFY_RESIZE') {
      const verbs = [acme.servers.confirmResize, acme.servers.revertResize] as const
      await verbs[below(2) as 0 | 1]({ id: server.id })
      tell({ did: 'endResize', ids: [server.id] })
      return
    }
    if (server.status === 'ACTIVE' && below(4) === 0) {
      const flavorId = flavorIds.find((id) => id !== server.flavor.id) as string
      await acme.servers.resize({ id: server.id, flavorId })
      tell({ did: 'resize', ids: [server.id] })
      return
    }
    if (server.status === 'ACTIVE') ids.push(server.id)
    if (ids.length >= 20) break
  }
  if (ids.length === 0) return
  await acme.servers.stop({ ids })
  tell({ did: 'stop', ids })
}

async function step(world: World): Promise<void> {
  const { count } = await world.acme.servers.count({})
  const dice = below(10)
  if (count > mostServers || dice < 2) return remove(world)
  if (dice < 6) return create(world)
  if (dice < 9) return act(world)
  await upload(world.acme)
}

const world = await prepare(await open())
tell({ did: 'open' })
for (;;) {
  try {
    // Two at a time: they share commits.
    await Promise.all([step(world), step(world)])
  } catch (error) {
    // A server that changed meanwhile refuses, or has the flavor already; all else is a finding.
    const isExpected =
      isCloudError(error) &&
      (['conflict', 'notFound', 'stale'].includes(error.code) || error.field === 'flavorId')
    if (!isExpected) tell({ failed: String(error), code: isCloudError(error) ? error.code : null })
  }
}
