import { Committer } from '../src/commit/committer.ts'
import type { Kernel } from '../src/kernel.ts'
import { type Allocation, allocationKind, hostScope } from '../src/model/compute/allocation.ts'
import { type Server } from '../src/model/compute/server.ts'
import { Writes } from '../src/commit/writes.ts'
import { Fleet } from '../src/placement/fleet.ts'
import type { HostView, Resources, Scheduler } from '../src/ports/scheduler.ts'
import { MemoryBus } from '../src/reference/memory-bus.ts'
import { memoryStore } from '../src/reference/memory-store.ts'
import { nodeDigest } from '../src/reference/node-digest.ts'
import { SeededRandom } from '../src/reference/seeded-random.ts'
import { silentTelemetry } from '../src/reference/silent-telemetry.ts'
import { TimeIds } from '../src/reference/time-ids.ts'
import { VirtualClock } from '../src/reference/virtual-clock.ts'
import { Admission } from '../src/services/admission.ts'
import type { Actor } from '../src/services/call.ts'
import { kinds } from '../src/services/index.ts'
import { quotaScope, unlimited } from '../src/services/quota.ts'

/** Remembers what placement was told; decides nothing. */
export class RecordingScheduler implements Scheduler {
  readonly hosts = new Map<string, HostView>()
  readonly used = new Map<string, Resources>()

  putHosts(hosts: readonly HostView[]): void {
    for (const host of hosts) this.hosts.set(host.id, host)
  }

  removeHosts(hostIds: readonly string[]): void {
    for (const id of hostIds) this.hosts.delete(id)
  }

  setUsage(usages: Parameters<Scheduler['setUsage']>[0]): void {
    for (const { hostId, used } of usages) this.used.set(hostId, used)
  }

  adjust(): void {
    throw new Error('not part of these tests')
  }

  place(): never {
    throw new Error('not part of these tests')
  }

  preview(): never {
    throw new Error('not part of these tests')
  }

  room(): never {
    throw new Error('not part of these tests')
  }

  lightest(): never {
    throw new Error('not part of these tests')
  }

  plan(): never {
    throw new Error('not part of these tests')
  }

  capacity(): ReturnType<Scheduler['capacity']> {
    const hosts = [...this.hosts.values()]
    const total: Record<string, number> = {}
    for (const { capacity } of hosts) {
      for (const [name, amount] of Object.entries(capacity))
        total[name] = (total[name] ?? 0) + amount
    }
    const enabledHosts = hosts.filter((host) => host.enabled).length
    return { hosts: hosts.length, enabledHosts, usedHosts: 0, total, used: {} }
  }

  usage(hostId: string): Resources | undefined {
    return this.used.get(hostId)
  }
}

export interface ComputeKernel {
  readonly kernel: Kernel
  readonly scheduler: RecordingScheduler
}

/** What hosts, groups and server rows need of a kernel, in memory, on a clock that stands still. */
export async function computeKernel(): Promise<ComputeKernel> {
  const store = memoryStore()
  await store.open(kinds)
  const clock = new VirtualClock(1_000)
  const random = new SeededRandom(7)
  const bus = new MemoryBus()
  const telemetry = silentTelemetry
  const scheduler = new RecordingScheduler()
  const kernel: Partial<Kernel> = {
    clock,
    random,
    ids: new TimeIds(clock, random),
    digest: nodeDigest,
    telemetry,
    store,
    bus,
    admission: new Admission(),
    committer: new Committer({ store, bus, clock, telemetry }, 'test'),
    fleet: new Fleet(scheduler, store, 'test'),
    closed: false,
  }
  return { kernel: kernel as Kernel, scheduler }
}

export const operator: Actor = {
  userId: 'operator',
  projectId: null,
  domainId: null,
  roles: ['admin'],
  system: true,
}

export function memberOf(projectId: string, roles: readonly string[] = ['member']): Actor {
  return { userId: 'user', projectId, domainId: 'default', roles, system: false }
}

/** Quota counters, as the creation of a project makes them. */
export async function openQuotas(
  kernel: Kernel,
  projectId: string,
  serverGroups = unlimited,
): Promise<void> {
  const scope = quotaScope(projectId)
  await kernel.committer.commit(
    new Writes().limit({ scope, name: 'serverGroups', limit: serverGroups }),
  )
}

/** An allocation with its claim, as placing a server writes them: counters guard it. */
export function claim(
  kernel: Kernel,
  hostId: string,
  resources: Readonly<Record<string, number>>,
  id = kernel.ids.next(),
): Promise<number> {
  const writes = new Writes().insert(allocationKind, { id, hostId, projectId: 'p1', resources })
  for (const [name, add] of Object.entries(resources))
    writes.add({ scope: hostScope(hostId), name, add })
  return kernel.committer.commit(writes)
}

/** Gives a claim back. */
export function unclaim(kernel: Kernel, allocation: Allocation): Promise<number> {
  const writes = new Writes().remove(allocationKind, allocation)
  for (const [name, add] of Object.entries(allocation.resources)) {
    writes.add({ scope: hostScope(allocation.hostId), name, add: -add })
  }
  return kernel.committer.commit(writes)
}

/** A server row at rest. */
export function serverRow(
  id: string,
  fields: Partial<Omit<Server, 'rev'>> = {},
): Omit<Server, 'rev'> {
  return {
    id,
    projectId: 'p1',
    userId: 'user',
    batchId: 'batch',
    name: 'web',
    flavor: { id: 'f', name: 'small', vcpus: 1, ramMb: 512, diskGb: 1 },
    imageId: 'image',
    hostId: 'host',
    zone: 'z1',
    groupId: null,
    vmState: 'active',
    task: null,
    desired: { power: 'running', boots: 0, hard: false, builds: 1 },
    generation: 1,
    failedHostIds: [],
    fault: null,
    resize: null,
    locked: false,
    metadata: {},
    tags: [],
    actions: [],
    createdAt: 0,
    updatedAt: 0,
    launchedAt: 0,
    ...fields,
  }
}
