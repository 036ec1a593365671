import {
  type BalancerDriver,
  type Bus,
  type Clock,
  CloudError,
  ControlPlane,
  type Hypervisor,
  type ImageStore,
  MemoryBus,
  MemoryImageStore,
  MemoryObjectStore,
  memoryStore,
  type NetworkDriver,
  type ObjectStore,
  type Ports,
  type Random,
  type Scheduler,
  RememberedPasswords,
  ScryptPasswords,
  type Settings,
  silentTelemetry,
  SimulatedBalancers,
  SimulatedFleet,
  SimulatedNetwork,
  SimulatedShares,
  SimulatedVolumes,
  type ShareDriver,
  type Store,
  type Telemetry,
  TimeIds,
  type VolumeDriver,
  type WebSource,
} from '@nephos/core'
import { SystemClock, SystemRandom, threadedDigest } from '@nephos/drivers/runtime'
import { createEngine } from '@nephos/scheduler-wasm'
import { adoptGuests } from './adopt-guests.ts'
import { adoptVolumes } from './adopt-volumes.ts'
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
  /** Whether this process compares and mends, and keeps house; as `work` unless it is said. */
  readonly reconcile?: boolean
  /**
   * Every port at once, such as those that a simulated world gives to a process. Nothing else may
   * be named but `settings`, `work` and `reconcile`.
   */
  readonly ports?: Ports
}

export interface CloudDrivers {
  /** Compute hosts; a simulated fleet by default. */
  readonly hypervisor?: Hypervisor
  readonly network?: NetworkDriver
  /** What carries load balancers; simulated by default. */
  readonly balancers?: BalancerDriver
  /** Back-ends of block storage; simulated by default. */
  readonly volumes?: VolumeDriver
  /** Where image bytes are kept; in memory by default. */
  readonly images?: ImageStore
  /** Where the bytes of objects are kept; in memory by default. */
  readonly objects?: ObjectStore
  /** Storage of shares; simulated by default. */
  readonly shares?: ShareDriver
  /** What users may have read from the web, to make images of it; nothing by default. */
  readonly web?: WebSource
}

/**
 * Assembles and opens a cloud.
 *
 * @throws CloudError `unavailable` when the store cannot be opened, `invalid` for settings out of
 *   range.
 */
export async function createCloud(options: CloudOptions = {}): Promise<Cloud> {
  checkOptions(options)
  const ports = options.ports ?? portsOf(options)
  const { hypervisor, volumes } = ports
  const plane = await ControlPlane.open(ports, {
    ...(options.settings === undefined ? {} : { settings: options.settings }),
    ...(options.work === undefined ? {} : { work: options.work }),
    ...(options.reconcile === undefined ? {} : { reconcile: options.reconcile }),
    prepare: async (kernel) => {
      if (hypervisor instanceof SimulatedFleet) await adoptGuests(kernel, hypervisor)
      if (volumes instanceof SimulatedVolumes) await adoptVolumes(kernel, volumes)
    },
  })
  return new Cloud(plane)
}

/** What the options name, and the default of everything else. */
function portsOf(options: CloudOptions): Ports {
  const clock = options.clock ?? new SystemClock()
  const random = options.random ?? new SystemRandom()
  return {
    clock,
    random,
    ids: new TimeIds(clock, random),
    digest: threadedDigest,
    passwords: new RememberedPasswords(new ScryptPasswords(random), { clock, random }),
    telemetry: options.telemetry ?? silentTelemetry,
    store: options.store ?? memoryStore(),
    bus: options.bus ?? new MemoryBus(),
    scheduler: options.scheduler ?? createEngine(),
    hypervisor: options.drivers?.hypervisor ?? new SimulatedFleet({ clock, random }),
    network: options.drivers?.network ?? new SimulatedNetwork({ clock, random }),
    balancers: options.drivers?.balancers ?? new SimulatedBalancers({ clock, random }),
    volumes: options.drivers?.volumes ?? new SimulatedVolumes({ clock, random }),
    images: options.drivers?.images ?? new MemoryImageStore(),
    objects: options.drivers?.objects ?? new MemoryObjectStore(),
    shares: options.drivers?.shares ?? new SimulatedShares(),
    ...(options.drivers?.web && { web: options.drivers.web }),
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
  reconcile: '',
  ports: '',
}
const knownDrivers: Readonly<Record<keyof CloudDrivers, string>> = {
  hypervisor: 'apply',
  network: 'apply',
  balancers: 'apply',
  volumes: 'apply',
  images: 'put',
  objects: 'put',
  shares: 'apply',
  web: 'open',
}

/** @throws CloudError `invalid` with the field: an unknown option, or a part that is none. */
function checkOptions(options: CloudOptions): void {
  checkParts(options, knownOptions, 'options')
  const { ports, settings: _settings, work: _work, reconcile: _reconcile, ...single } = options
  const [other] = Object.keys(single)
  if (ports !== undefined && other !== undefined) {
    throw new CloudError('invalid', `${other}: is one of the ports, which are given already.`, {
      field: other,
    })
  }
  if (ports !== undefined) checkPorts(ports)
  if (options.drivers !== undefined) checkParts(options.drivers, knownDrivers, 'drivers')
  for (const name of ['work', 'reconcile'] as const) {
    if (options[name] === undefined || typeof options[name] === 'boolean') continue
    throw new CloudError('invalid', `${name}: is true or false.`, { field: name })
  }
}

const portMethods: Readonly<Record<Exclude<keyof Ports, 'web'>, string>> = {
  clock: 'now',
  random: 'uint32',
  ids: 'next',
  digest: 'hash',
  passwords: 'verify',
  telemetry: '',
  store: 'transact',
  bus: 'publish',
  images: 'put',
  objects: 'put',
  shares: 'apply',
  hypervisor: 'apply',
  network: 'apply',
  balancers: 'apply',
  volumes: 'apply',
  scheduler: 'place',
}

/** @throws CloudError `invalid` with the field: a port that is missing, unknown or none. */
function checkPorts(ports: Ports): void {
  // The web is the one port that may be absent.
  checkParts(ports, { ...portMethods, web: 'open' }, 'ports')
  for (const name of Object.keys(portMethods)) {
    if (ports[name as keyof Ports] !== undefined) continue
    throw new CloudError('invalid', `ports.${name}: is missing.`, { field: `ports.${name}` })
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
