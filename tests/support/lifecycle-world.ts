import {
  type Actor,
  type Server,
  serverKind,
  serverLock,
  serverUnlock,
  type SimulatedFleet,
  type SimulatedFleetOptions,
  type SimulatedGuest,
  type SimulatedNetwork,
  type Store,
  type VirtualClock,
} from '@nephos/core'
import type { Cloud, ProjectApi, ServerBatch } from '@nephos/sdk'
import { expect } from 'vitest'
import { advanceUntil, testClock } from './fixed.ts'
import { addHosts, basics, collect, openWorld, readyImage } from './world.ts'

export interface LifecycleOptions {
  readonly hosts?: number
  readonly fleet?: Partial<SimulatedFleetOptions>
  readonly quotas?: Readonly<Record<string, number>>
}

const deadlineMs = 120_000

/** A small cloud on a virtual clock, whose hosts take 20 to 200 ms for what they are asked. */
export class LifecycleWorld {
  readonly clock: VirtualClock
  readonly cloud: Cloud
  readonly store: Store
  readonly fleet: SimulatedFleet
  readonly network: SimulatedNetwork
  readonly acme: ProjectApi
  /** As `acme`, with the role of a member only. */
  readonly member: ProjectApi
  readonly smallId: string
  readonly largeId: string
  readonly imageId: string
  readonly networkId: string
  readonly hostIds: readonly string[]
  readonly deadlineMs = deadlineMs

  private constructor(parts: LifecycleParts) {
    this.clock = parts.clock
    this.cloud = parts.cloud
    this.store = parts.store
    this.fleet = parts.fleet
    this.network = parts.network
    this.acme = parts.acme
    this.member = parts.member
    this.smallId = parts.smallId
    this.largeId = parts.largeId
    this.imageId = parts.imageId
    this.networkId = parts.networkId
    this.hostIds = parts.hostIds
  }

  static async open(options: LifecycleOptions = {}): Promise<LifecycleWorld> {
    const clock = testClock()
    const { cloud, store, fleet, network } = await openWorld({
      clock,
      fleet: { latencyMs: { apply: [20, 200] }, ...options.fleet },
      settings: {
        buildDeadlineMs: deadlineMs,
        // Rounds are asked for: a test says when.
        reconcileMs: 86_400_000,
        ...(options.quotas === undefined ? {} : { defaultQuotas: options.quotas }),
      },
    })
    const hostIds = await addHosts(cloud, options.hosts ?? 12, { zone: 'z1' })
    const { acme, imageId, flavorId: smallId } = await basics(cloud)
    const large = await cloud.system.flavors.create({
      name: 'large',
      vcpus: 4,
      ramMb: 8_192,
      diskGb: 40,
    })
    const { id: networkId } = await acme.networks.create({ name: 'net' })
    await acme.subnets.create({ networkId, cidr: '10.0.0.0/20' })
    const member = await memberOf(cloud, acme)
    const parts = { clock, cloud, store, fleet, network, acme, member, hostIds, networkId, imageId }
    return new LifecycleWorld({ ...parts, smallId, largeId: large.id })
  }

  /** Accepts a batch without waiting for it. */
  begin(minCount: number, more: Record<string, unknown> = {}): Promise<ServerBatch> {
    return this.acme.servers.create({
      name: 'vm',
      imageId: this.imageId,
      flavorId: this.smallId,
      networks: [{ networkId: this.networkId }],
      minCount,
      ...more,
    })
  }

  /** Ids of new servers, all ACTIVE. */
  async createMany(count: number, more: Record<string, unknown> = {}): Promise<string[]> {
    const batch = await this.begin(count, more)
    const result = await advanceUntil(this.clock, batch.done())
    expect(result).toMatchObject({ active: count, error: 0, pending: 0 })
    return result.servers.map((server) => server.id)
  }

  async create(more: Record<string, unknown> = {}): Promise<string> {
    const [id] = await this.createMany(1, more)
    return id as string
  }

  image(name: string): Promise<string> {
    return readyImage(this.acme, name)
  }

  /** Waits until no work is left. */
  async settle(mostMs = 600_000): Promise<void> {
    const left = await advanceUntil(this.clock, this.cloud.settle({ timeoutMs: mostMs }))
    expect(left).toBe(0)
    expect(this.fleet.runningTwice()).toEqual([])
  }

  /** Waits for an action that was begun, and sees where it ended. */
  async act(begun: Promise<unknown>, id: string, status: string): Promise<void> {
    await begun
    await this.settle()
    expect(await this.status(id)).toBe(status)
  }

  /** Makes a guest vanish as if its host had lost it. */
  async destroyBehindItsBack(id: string): Promise<void> {
    const { hostId, generation, name } = await this.row(id)
    const target = { serverId: id, hostId, generation, name, power: 'absent', builds: 0 } as const
    const more = { boots: { count: 0, hard: true }, imageId: null, resources: {}, ports: [] }
    const reports = collect(this.fleet.apply([{ ...target, ...more }]))
    expect((await advanceUntil(this.clock, reports)).flat()[0]?.fault).toBeUndefined()
  }

  async lock(id: string, locked: boolean): Promise<void> {
    const actor = { userId: 'somebody', projectId: this.acme.id, domainId: 'default' }
    const member: Actor = { ...actor, roles: ['member'], system: false }
    await this.cloud.invoke(member, locked ? serverLock : serverUnlock, { id })
  }

  /** Rounds of every reconciler, with what they set in motion. */
  async reconcile(rounds = 2): Promise<void> {
    for (let i = 0; i < rounds; i++) {
      await this.clock.advance(1)
      await advanceUntil(this.clock, this.cloud.reconcile())
      await this.settle()
    }
  }

  /** The next order to this server's host is done late. */
  slow(id: string): void {
    this.fleet.failNext('sameHost', { id, times: 3 })
  }

  async row(id: string): Promise<Server> {
    const [server] = await this.store.get(serverKind, [id])
    if (!server) throw new Error(`no server ${id}`)
    return server
  }

  async status(id: string): Promise<string> {
    const [server] = await this.acme.servers.get({ ids: [id] })
    return server?.status ?? 'GONE'
  }

  async statuses(ids: readonly string[]): Promise<string[]> {
    const servers = await this.acme.servers.get({ ids: [...ids] })
    return servers.map((server) => server.status)
  }

  /** The guest where the server's row says it is. */
  async guest(id: string): Promise<SimulatedGuest | undefined> {
    return this.fleet.guest(id, (await this.row(id)).hostId)
  }

  async progress(batchId: string): Promise<unknown> {
    const batch = await this.acme.servers.batch(batchId)
    const [now] = await collect(batch.progress())
    return now
  }

  /** What the project uses of its quota. */
  async used(): Promise<Record<string, number>> {
    const counters = await this.store.counters([`quota:${this.acme.id}`])
    const names = ['instances', 'cores', 'ram', 'ports']
    return Object.fromEntries(
      names.map((name) => [name, counters.find((one) => one.name === name)?.value ?? 0]),
    )
  }

  /** No broken invariant, no guest that is nobody's, none missing. */
  async end(): Promise<void> {
    await this.settle()
    expect(await this.cloud.audit()).toEqual([])
    await this.cloud.close()
  }
}

interface LifecycleParts {
  readonly clock: VirtualClock
  readonly cloud: Cloud
  readonly store: Store
  readonly fleet: SimulatedFleet
  readonly network: SimulatedNetwork
  readonly acme: ProjectApi
  readonly member: ProjectApi
  readonly smallId: string
  readonly largeId: string
  readonly imageId: string
  readonly networkId: string
  readonly hostIds: readonly string[]
}

/** A user who is a member of the project. */
async function memberOf(cloud: Cloud, project: ProjectApi): Promise<ProjectApi> {
  const user = await cloud.system.users.create({ name: `member-of-${project.name}` })
  await cloud.system.roles.assign({ userId: user.id, projectId: project.id, role: 'member' })
  return (await cloud.as({ userId: user.id, projectId: project.id })).project
}
