import {
  type Bus,
  type Clock,
  CloudError,
  ControlPlane,
  everyRow,
  type Hypervisor,
  type ImageStore,
  type Kernel,
  MemoryBus,
  MemoryImageStore,
  memoryStore,
  type NetworkDriver,
  nodeDigest,
  type Ports,
  type Random,
  type Scheduler,
  ScryptPasswords,
  serverKind,
  type Settings,
  silentTelemetry,
  SimulatedFleet,
  SimulatedNetwork,
  type Store,
  type Telemetry,
  TimeIds,
} from '@nephos/core'
import { SystemClock, SystemRandom } from '@nephos/drivers/runtime'
import { createEngine } from '@nephos/scheduler-wasm'
import { Cloud } from './cloud.ts'

/**
 * What a cloud is made of. Everything has a default: without options it lives in memory, on
 * simulated hosts.
 */
export interface CloudOptions {
  /** Where the truth is kept; in memory by default. */
  readonly store?: Store
  /** Doorbells between processes; within this process by default. */
  readonly bus?: Bus
  /** The placement engine; WebAssembly by default. */
  readonly scheduler?: Scheduler
  readonly drivers?: CloudDrivers
  readonly clock?: Clock
  readonly random?: Random
  readonly telemetry?: Telemetry
  readonly settings?: Partial<Settings>
  /** False: this process decides and records, another one works. */
  readonly work?: boolean
}

export interface CloudDrivers {
  /** Compute hosts; a simulated fleet by default. */
  readonly hypervisor?: Hypervisor
  readonly network?: NetworkDriver
  /** Where image bytes are kept; in memory by default. */
  readonly images?: ImageStore
}

/**
 * Assembles and opens a cloud.
 *
 * @throws CloudError `unavailable` when the store cannot be opened, `invalid` for settings out of
 *   range.
 */
export async function createCloud(options: CloudOptions = {}): Promise<Cloud> {
  checkOptions(options)
  const clock = options.clock ?? new SystemClock()
  const random = options.random ?? new SystemRandom()
  const hypervisor = options.drivers?.hypervisor ?? new SimulatedFleet({ clock, random })
  const ports: Ports = {
    clock,
    random,
    ids: new TimeIds(clock, random),
    digest: nodeDigest,
    passwords: new ScryptPasswords(random),
    telemetry: options.telemetry ?? silentTelemetry,
    store: options.store ?? memoryStore(),
    bus: options.bus ?? new MemoryBus(),
    scheduler: options.scheduler ?? createEngine(),
    hypervisor,
    network: options.drivers?.network ?? new SimulatedNetwork({ clock, random }),
    images: options.drivers?.images ?? new MemoryImageStore(),
  }
  const plane = await ControlPlane.open(ports, {
    ...(options.settings === undefined ? {} : { settings: options.settings }),
    ...(options.work === undefined ? {} : { work: options.work }),
    ...(hypervisor instanceof SimulatedFleet
      ? { prepare: (kernel) => adoptGuests(kernel, hypervisor) }
      : {}),
  })
  return new Cloud(plane)
}

const guestPower = {
  active: 'running',
  stopped: 'stopped',
  paused: 'paused',
  resized: 'running',
} as const

/**
 * A simulated fleet forgets its guests with its process; it takes them up again as they were last
 * observed.
 */
async function adoptGuests(kernel: Kernel, fleet: SimulatedFleet): Promise<void> {
  for await (const servers of everyRow(kernel, serverKind)) {
    fleet.adopt(
      servers
        .filter((server) => server.vmState in guestPower)
        .map((server) => ({
          serverId: server.id,
          hostId: server.hostId,
          power: guestPower[server.vmState as keyof typeof guestPower],
          generation: server.task === null ? server.generation : server.generation - 1,
          boots: server.desired.boots,
          builds: server.desired.builds,
        })),
    )
  }
}

const knownOptions: Readonly<Record<keyof CloudOptions, string>> = {
  store: 'transact',
  bus: 'publish',
  scheduler: 'place',
  drivers: '',
  clock: 'now',
  random: 'uint32',
  telemetry: '',
  settings: '',
  work: '',
}
const knownDrivers: Readonly<Record<keyof CloudDrivers, string>> = {
  hypervisor: 'apply',
  network: 'apply',
  images: 'put',
}

/** @throws CloudError `invalid` with the field: an unknown option, or a part that is none. */
function checkOptions(options: CloudOptions): void {
  checkParts(options, knownOptions, 'options')
  if (options.drivers !== undefined) checkParts(options.drivers, knownDrivers, 'drivers')
  if (options.work !== undefined && typeof options.work !== 'boolean') {
    throw new CloudError('invalid', 'work: is true or false.', { field: 'work' })
  }
}

function checkParts(parts: object, known: Readonly<Record<string, string>>, field: string): void {
  if (typeof parts !== 'object' || parts === null) {
    throw new CloudError('invalid', `${field}: is an object.`, { field })
  }
  for (const [name, part] of Object.entries(parts)) {
    const method = known[name]
    if (method === undefined) {
      throw new CloudError('invalid', `${name}: is no option of a cloud.`, { field: name })
    }
    if (method === '' || part === undefined) continue
    if (typeof Reflect.get(Object(part), method) !== 'function') {
      throw new CloudError('invalid', `${name}: has no method ${method}.`, { field: name })
    }
  }
}
