import {
  audit,
  CloudError,
  ControlPlane,
  type Finding,
  type ImageStore,
  type Logger,
  MemoryObjectStore,
  memoryStore,
  nodeDigest,
  type ObjectStore,
  type Ports,
  type Scheduler,
  type Settings,
  SimulatedBalancers,
  SimulatedFleet,
  type SimulatedFleetOptions,
  SimulatedNetwork,
  SimulatedShares,
  SimulatedVolumes,
  type Store,
  TimeIds,
} from '@nephos/core'
import { createEngine } from '@nephos/scheduler-wasm'
import { BalancerClient } from './balancer-client.ts'
import { BusClient, BusServer } from './bus-client.ts'
import { Chance } from './chance.ts'
import { type Duration, durationMs } from './duration.ts'
import { Ground, type GroundOptions } from './ground.ts'
import { groundClock } from './ground-clock.ts'
import { HostClient } from './host-client.ts'
import { ImageClient } from './image-client.ts'
import type { BreakPoint, Life } from './life.ts'
import { lyingEngine } from './lying-engine.ts'
import { type Closable, Member, type Role } from './member.ts'
import { NetworkClient } from './network-client.ts'
import { ObjectClient } from './object-client.ts'
import { type ProcessClock, processTelemetry, quickPasswords } from './process-ports.ts'
import { ShareClient } from './share-client.ts'
import { StoreClient } from './store-client.ts'
import { type Commit, StoreServer } from './store-server.ts'
import { twoImageStores } from './two-image-stores.ts'
import { VolumeClient } from './volume-client.ts'

export interface WorldOptions<P extends Closable = ControlPlane> extends GroundOptions {
  /** The processes, by name. One `all` process named `cloud` by default. */
  readonly processes?: Readonly<Record<string, Role>>
  readonly settings?: Partial<Settings>
  /** The truth that all processes share; in memory by default. Opened by the first of them. */
  readonly store?: Store
  readonly images?: ImageStore
  readonly objects?: ObjectStore
  /** How hosts behave by themselves; faults of the world come on top. */
  readonly fleet?: Omit<Partial<SimulatedFleetOptions>, 'clock' | 'random'>
  /** Makes the placement engine of one life of a process. */
  readonly engine?: () => Scheduler
  /** Replaces ports of a process, such as a driver of one's own. */
  readonly ports?: (ports: Ports, process: string) => Ports
  /** Builds what a process runs from its ports; a control plane by default. */
  readonly open?: (ports: Ports, role: Role) => Promise<P>
  /** Called after each commit, while nothing else happens. */
  readonly onCommit?: (commit: Commit) => Promise<void> | void
  /** Called whenever guests on hosts may have changed. */
  readonly onGuests?: () => Promise<void> | void
  /** Called at each call of a process, before and after its effect; true ends the process there. */
  readonly onBreak?: (point: BreakPoint) => boolean
  readonly onLog?: Logger['log']
}

/** Steps after which something that does not end is called endless. */
const mostSteps = 50_000_000

/**
 * A whole cloud in one process under one seed: control planes, a store, a bus, hosts, and
 * everything between them, on a virtual clock. Nothing happens but in `run`, `advance` and
 * `settle`.
 */
export class World<P extends Closable = ControlPlane> {
  readonly ground: Ground
  readonly store: StoreServer
  readonly bus: BusServer
  readonly hosts: SimulatedFleet
  readonly network: SimulatedNetwork
  readonly balancers: SimulatedBalancers
  readonly volumes: SimulatedVolumes
  readonly images: ImageStore
  readonly objects: ObjectStore
  readonly shares = new SimulatedShares()
  readonly #members = new Map<string, Member<P>>()
  readonly #options: WorldOptions<P>

  constructor(options: WorldOptions<P>) {
    this.#options = options
    const ground = new Ground(options)
    const clock = groundClock(ground)
    const { seed } = options
    this.ground = ground
    this.store = new StoreServer(ground, options.store ?? memoryStore(), async (commit) =>
      options.onCommit?.(commit),
    )
    this.bus = new BusServer(ground)
    this.hosts = new SimulatedFleet({ ...options.fleet, clock, random: new Chance(seed, 'hosts') })
    this.network = new SimulatedNetwork({ clock, random: new Chance(seed, 'network') })
    this.balancers = new SimulatedBalancers({ clock, random: new Chance(seed, 'balancers') })
    this.volumes = new SimulatedVolumes({ clock, random: new Chance(seed, 'volumes') })
    this.images = options.images ?? twoImageStores()
    this.objects = options.objects ?? new MemoryObjectStore()
    for (const [name, role] of Object.entries<Role>(options.processes ?? { cloud: 'all' })) {
      this.#members.set(name, this.#member(name, role))
    }
  }

  /** Virtual milliseconds since the epoch. */
  get now(): number {
    return this.ground.now
  }

  /** Sixteen hex digits over everything that happened: equal seeds give equal hashes. */
  get hash(): string {
    return this.ground.trace.hash
  }

  get members(): readonly Member<P>[] {
    return [...this.#members.values()]
  }

  /** @throws CloudError `notFound`. */
  member(name: string): Member<P> {
    const member = this.#members.get(name)
    if (member) return member
    throw new CloudError('notFound', `There is no process ${name} in this world.`, {
      field: 'name',
    })
  }

  /** What a process runs. @throws CloudError `unavailable` while it is down or starting. */
  process(name: string): P {
    const { plane } = this.member(name)
    if (plane) return plane
    throw new CloudError('unavailable', `The process ${name} is not running.`)
  }

  /** Starts every process and runs until all are ready. */
  async start(): Promise<void> {
    for (const member of this.#members.values()) member.start()
    await this.until(() => this.members.every(({ plane }) => plane !== undefined))
  }

  crash(name: string): void {
    this.member(name).crash()
  }

  /** Starts a process again; it is ready when time has passed. */
  restart(name: string): void {
    this.member(name).crash()
    this.member(name).start()
  }

  pause(name: string): void {
    this.member(name).pause()
  }

  resume(name: string): void {
    this.member(name).resume()
  }

  /** Cuts two off from each other: processes, `store`, `bus`, `hosts`, `images`. */
  partition(a: string, b: string): void {
    this.ground.links.cutBothWays(a, b)
    this.ground.note('world', 'network', `cut ${a} | ${b}`)
  }

  /** Mends every cut. */
  heal(): void {
    this.ground.links.mendAll()
    this.ground.note('world', 'network', 'healed')
  }

  /** Power fails at a host: its guests stop, and it is silent until `restoreHost`. */
  crashHost(hostId: string): void {
    this.hosts.crashHost(hostId)
    this.network.crashHost(hostId)
    this.ground.note('hosts', 'host', `${hostId.slice(-6)} dies`)
  }

  restoreHost(hostId: string): void {
    this.hosts.restoreHost(hostId)
    this.network.restoreHost(hostId)
    this.ground.note('hosts', 'host', `${hostId.slice(-6)} is back`)
  }

  /** Lets virtual time pass. */
  async advance(duration: Duration): Promise<void> {
    await this.ground.timeline.advanceTo(this.now + durationMs(duration))
  }

  /** Lets happen what must until the promise settles. */
  async run<T>(start: () => Promise<T>): Promise<T> {
    let end: { ok: true; value: T } | { ok: false; error: unknown } | undefined
    start().then(
      (value) => (end = { ok: true, value }),
      (error: unknown) => (end = { ok: false, error }),
    )
    await this.until(() => end !== undefined)
    const settled = end as unknown as { ok: true; value: T } | { ok: false; error: unknown }
    if (settled.ok) return settled.value
    throw settled.error
  }

  /**
   * Lets happen what must until the condition holds.
   *
   * @throws CloudError `internal` when nothing is left to happen, or too much happens.
   */
  async until(condition: () => boolean, limit: Duration = '1000d'): Promise<void> {
    const { timeline } = this.ground
    const end = this.now + durationMs(limit)
    await timeline.settle()
    for (let steps = 0; !condition(); steps++) {
      const next = timeline.next
      if (next === undefined) throw stuck('nothing is left to happen')
      if (next > end) throw stuck('the time is over')
      if (steps >= mostSteps) throw stuck('it does not end')
      await timeline.step()
    }
  }

  /** Recomputes every invariant from the rows of the store, past every fault. */
  async audit(): Promise<Finding[]> {
    const findings: Finding[] = []
    const kernel = { store: this.store.truth, images: this.images, objects: this.objects }
    for await (const finding of audit(kernel)) findings.push(finding)
    return findings
  }

  #member(name: string, role: Role): Member<P> {
    const { ground } = this
    const { onBreak, onLog } = this.#options
    const chance = new Chance(ground.seed, name)
    return new Member({
      ground,
      name,
      role,
      chance,
      onBreak,
      ports: (life, clock, log) => this.#ports(life, clock, chance, log),
      open: (ports, kind) => this.#open(ports, kind),
      onLog: (level, message, attributes) => onLog?.(level, message, attributes),
      onEnd: (life) => this.bus.drop(life),
    })
  }

  #open(ports: Ports, role: Role): Promise<P> {
    const { open, settings } = this.#options
    if (open) return open(ports, role)
    const options = { work: role !== 'api', ...(settings ? { settings } : {}) }
    return ControlPlane.open(ports, options) as unknown as Promise<P>
  }

  #ports(life: Life, clock: ProcessClock, chance: Chance, log: Logger['log']): Ports {
    const { ground } = this
    const { engine, ports: replace, onGuests } = this.#options
    const scheduler = engine?.() ?? createEngine({ tier: 'typescript' })
    const made: Ports = {
      clock,
      random: chance,
      ids: new TimeIds(clock, chance),
      digest: nodeDigest,
      passwords: quickPasswords(chance),
      telemetry: processTelemetry(ground, log),
      store: new StoreClient(ground, life, this.store),
      bus: new BusClient(ground, life, this.bus),
      images: new ImageClient(ground, life, this.images),
      objects: new ObjectClient(ground, life, this.objects),
      shares: new ShareClient(ground, life, this.shares),
      hypervisor: new HostClient(ground, life, this.hosts, async () => onGuests?.()),
      network: new NetworkClient(ground, life, this.network),
      balancers: new BalancerClient(ground, life, this.balancers),
      volumes: new VolumeClient(ground, life, this.volumes),
      scheduler: lyingEngine(scheduler, ground, chance, life.name),
    }
    return replace ? replace(made, life.name) : made
  }
}

/** Makes a world, starts its processes, and lets its faults begin. */
export async function openWorld<P extends Closable = ControlPlane>(
  options: WorldOptions<P>,
): Promise<World<P>> {
  const world = new World(options)
  await world.start()
  world.ground.faults.begin()
  return world
}

function stuck(why: string): CloudError {
  return new CloudError('internal', `The world stands still: ${why}.`)
}
