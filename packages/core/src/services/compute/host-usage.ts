import { z } from 'zod'
import { allocationKind, hostScope } from '../../model/compute/allocation.ts'
import { capacityOf, type Host, type Inventory } from '../../model/compute/host.ts'
import type { FleetCapacity } from '../../ports/scheduler.ts'
import type { Counter } from '../../ports/store.ts'
import { idField, idsField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { groupBy, hostCounters } from './host-counters.ts'
import { fetchHost, fetchHosts } from './host.ts'
import { readZones, type Zone } from './zone.ts'

const reader = { scope: 'system', role: 'reader' } as const

/** One resource class of a host: what there is, what placement may use of it, what is used. */
export interface ClassUsage extends Inventory {
  readonly capacity: number
  readonly used: number
}

export interface HostUsage {
  readonly hostId: string
  readonly classes: Readonly<Record<string, ClassUsage>>
}

export const hostUsage = defineOperation({
  id: 'compute.host.usage',
  summary: 'Capacity and use of a host, per resource class.',
  policy: reader,
  input: z.strictObject({ id: idField }),
  mutates: false,
  run: async (call, input): Promise<HostUsage> => {
    const host = await fetchHost(call, input.id)
    return usageOf(host, await call.kernel.store.counters([hostScope(host.id)]))
  },
})

/** Capacity and use of a host, and how many servers hold room there. */
export interface HostLoad extends HostUsage {
  readonly servers: number
}

/** Three statements, whatever the number of hosts; its cost grows with their servers. */
export const hostLoads = defineOperation({
  id: 'compute.host.loads',
  summary: 'Capacity and use of several hosts, with the number of their servers.',
  policy: reader,
  input: z.strictObject({ ids: idsField }),
  mutates: false,
  run: async ({ kernel }, { ids }): Promise<HostLoad[]> => {
    const hosts = await fetchHosts(kernel, ids, 'ids')
    const [counters, allocations] = await Promise.all([
      kernel.store.counters(ids.map(hostScope)),
      kernel.store.lookup(
        allocationKind,
        'byHost',
        ids.map((id) => [id]),
      ),
    ])
    const byScope = groupBy(counters, ({ scope }) => scope)
    const byHost = groupBy(allocations, ({ hostId }) => hostId)
    return hosts.map((host) => ({
      ...usageOf(host, byScope.get(hostScope(host.id)) ?? []),
      servers: byHost.get(host.id)?.length ?? 0,
    }))
  },
})

function usageOf(host: Host, own: readonly Counter[]): HostUsage {
  const counters = hostCounters(host, own)
  const classes = Object.entries(host.inventory).map(([name, inventory]): [string, ClassUsage] => [
    name,
    { ...inventory, capacity: capacityOf(inventory), used: counters.get(name)?.value ?? 0 },
  ])
  return { hostId: host.id, classes: Object.fromEntries(classes) }
}

/** What one server takes of a host. */
export interface HostServer {
  /** Of the allocation: the marker of the next page. */
  readonly id: string
  readonly serverId: string
  readonly projectId: string
  readonly resources: Readonly<Record<string, number>>
  /** True: room kept for the other side of an open resize. */
  readonly resize: boolean
}

export const hostServers = defineOperation({
  id: 'compute.host.servers',
  summary: 'One page of the servers that hold room on a host.',
  policy: reader,
  input: z.strictObject({ ...pageFields, id: idField }),
  mutates: false,
  run: async (call, input): Promise<HostServer[]> => {
    const host = await fetchHost(call, input.id)
    const where = { index: 'byHost', equals: [host.id] }
    const allocations = await listPage(call, allocationKind, where, input)
    return allocations.map(({ id, projectId, resources }) => {
      const [serverId, side] = id.split(':', 2) as [string, string?]
      return { id, serverId, projectId, resources, resize: side !== undefined }
    })
  },
})

export interface Capacity extends FleetCapacity {
  readonly zones: readonly Zone[]
}

/** Sums kept by placement and counters: the cost does not grow with hosts. */
export const capacityGet = defineOperation({
  id: 'compute.capacity.get',
  summary: 'Capacity and use of the whole fleet, and hosts per zone.',
  policy: reader,
  input: z.strictObject({}),
  mutates: false,
  run: async (call): Promise<Capacity> => {
    const zones = await readZones(call.kernel)
    return { ...call.kernel.fleet.capacity(), zones }
  },
})
