import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Clock,
  type ImageStore,
  MemoryImageStore,
  memoryStore,
  quotaNames,
  SeededRandom,
  type Settings,
  SimulatedBalancers,
  SimulatedFleet,
  type SimulatedFleetOptions,
  SimulatedNetwork,
  SimulatedVolumes,
  type Store,
} from '@nephos/core'
import { fsImages } from '@nephos/drivers/image/fs'
import { SystemClock } from '@nephos/drivers/runtime'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import { type Cloud, createCloud, type ProjectApi } from '@nephos/sdk'

export interface WorldOptions {
  readonly store?: Store
  readonly images?: ImageStore
  readonly clock?: Clock
  readonly seed?: number
  readonly work?: boolean
  readonly settings?: Partial<Settings>
  /** Another process of the same cloud, whose hosts this one shares. */
  readonly beside?: World
  /** How simulated hosts behave. */
  readonly fleet?: Partial<SimulatedFleetOptions>
}

/** A cloud whose parts a test can look into. */
export interface World {
  readonly cloud: Cloud
  readonly store: Store
  readonly images: ImageStore
  readonly fleet: SimulatedFleet
  readonly network: SimulatedNetwork
  readonly balancers: SimulatedBalancers
  readonly volumes: SimulatedVolumes
}

/** Opens a cloud on a store, with seeded chance and hosts that can be made to fail. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const clock = options.clock ?? new SystemClock()
  const random = new SeededRandom(options.seed ?? 1)
  const store = options.store ?? memoryStore()
  const fleet = options.beside?.fleet ?? new SimulatedFleet({ clock, random, ...options.fleet })
  const network = options.beside?.network ?? new SimulatedNetwork({ clock, random })
  const balancers = options.beside?.balancers ?? new SimulatedBalancers({ clock, random })
  const volumes = options.beside?.volumes ?? new SimulatedVolumes({ clock, random })
  const images = options.images ?? options.beside?.images ?? new MemoryImageStore()
  const cloud = await createCloud({
    clock,
    // Two processes on one store must not draw the same ids.
    random: new SeededRandom((options.seed ?? 1) ^ 0x5eed),
    store,
    drivers: { hypervisor: fleet, network, balancers, volumes, images },
    ...(options.work === undefined ? {} : { work: options.work }),
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  })
  return { cloud, store, images, fleet, network, balancers, volumes }
}

/** Quotas that never refuse. */
export const unlimitedQuotas: Settings['defaultQuotas'] = Object.fromEntries(
  quotaNames.map((name) => [name, -1]),
)

export const zones = ['z1', 'z2', 'z3'] as const

/** Adds hosts of 64 VCPU, 256 GiB and 4 TB, spread over zones. */
export async function addHosts(
  cloud: Cloud,
  count: number,
  changes: Readonly<Record<string, unknown>> = {},
  prefix = 'host',
): Promise<string[]> {
  const answer = await cloud.system.hosts.create({
    hosts: Array.from({ length: count }, (_, i) => ({
      name: `${prefix}-${i}`,
      zone: zones[i % zones.length] as string,
      inventory: { VCPU: 64, MEMORY_MB: 262_144, DISK_GB: 4_000 },
      ...changes,
    })),
  })
  return answer.hosts.map((host) => host.id)
}

export async function* bytesOf(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

/** An image with bytes, ready for use. */
export async function readyImage(project: ProjectApi, name = 'image'): Promise<string> {
  const image = await project.images.create({ name, diskFormat: 'raw', containerFormat: 'bare' })
  await project.images.upload({ id: image.id, size: 3 }, bytesOf(new Uint8Array([1, 2, 3])))
  return image.id
}

export const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEVRzdF6ViUbK4rMYZUYUCnT+SznXoVbmEJG0OqvVM2Z test'

/** What a request for servers names. */
export interface Basics {
  readonly acme: ProjectApi
  readonly imageId: string
  readonly flavorId: string
}

/** A project with an image, and a flavor of 1 VCPU, 1 GiB and 10 GB. */
export async function basics(cloud: Cloud, name = 'acme'): Promise<Basics> {
  const acme = await cloud.project(name)
  const imageId = await readyImage(acme)
  const flavor = await cloud.system.flavors.create({
    name: `small-${name}`,
    vcpus: 1,
    ramMb: 1_024,
    diskGb: 10,
  })
  return { acme, imageId, flavorId: flavor.id }
}

/** What outlives a process: opens the same store and images each time it is called. */
export type Disk = () => Promise<{ readonly store: Store; readonly images: ImageStore }>

/** Runs with a disk in a directory of its own, removed afterwards. It does not wait for writes. */
export async function withDisk(run: (disk: Disk) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'nephos-test-'))
  const images = join(directory, 'images')
  try {
    await mkdir(images)
    await run(async () => ({
      store: sqlite({ file: join(directory, 'cloud.db'), synchronous: 'off' }),
      images: await fsImages({ directory: images }),
    }))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of source) items.push(item)
  return items
}
