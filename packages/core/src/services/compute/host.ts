import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { allocationKind, hostScope } from '../../model/compute/allocation.ts'
import { aggregateKind } from '../../model/compute/aggregate.ts'
import { capacityOf, type Host, hostKind } from '../../model/compute/host.ts'
import type { Draft } from '../../model/kind.ts'
import { providerKind } from '../../model/placement/provider.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField, idsField, nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { countHost, groupBy, hostCounters } from './host-counters.ts'
import { nextNumber } from './numbers.ts'
import { inventoryField, readInventory, traitsField, zoneField } from './host-inventory.ts'
import { withhold } from './host-room.ts'

const admin = { scope: 'system', role: 'admin' } as const
const reader = { scope: 'system', role: 'reader' } as const

const newHostField = z.strictObject({
  name: nameField,
  zone: zoneField,
  inventory: inventoryField,
  traits: traitsField.default([]),
  aggregateIds: z
    .array(idField)
    .max(limits.hostAggregates)
    .refine((ids) => new Set(ids).size === ids.length, 'has duplicates')
    .default([]),
})
type NewHost = z.infer<typeof newHostField>

/** What creating hosts answers, in the order asked. */
export interface HostsCreated {
  readonly hosts: readonly { readonly id: string; readonly name: string }[]
}

/**
 * Registers up to `limits.bulkIds` hosts in one commit. Their usage counters are made with them, so
 * that a claim on a host that is gone finds none and fails.
 *
 * @throws CloudError `conflict` when a name is taken, `notFound` for an unknown aggregate.
 */
export const hostCreate = defineOperation({
  id: 'compute.host.create',
  summary: 'Registers hosts, all or none.',
  policy: admin,
  input: z.strictObject({ hosts: z.array(newHostField).min(1).max(limits.bulkIds) }),
  mutates: true,
  run: async (call, input): Promise<HostsCreated> => {
    const { kernel } = call
    await requireFreeNames(kernel, input.hosts)
    await requireAggregates(kernel, input.hosts)
    const first = await nextNumber(kernel, hostKind)
    const rows = input.hosts.map((host, index) => newHost(kernel, host, index, first))
    const classes = new Set(rows.flatMap((row) => Object.keys(row.inventory)))
    kernel.fleet.requireClasses(classes, 'hosts')
    const writes = new Writes().insert(hostKind, ...rows)
    for (const row of rows) {
      countHost(writes, null, row)
      for (const [name, inventory] of Object.entries(row.inventory)) {
        writes.limit({ scope: hostScope(row.id), name, limit: capacityOf(inventory) })
      }
    }
    const answer = { hosts: rows.map(({ id, name }) => ({ id, name })) }
    await call.commit(
      writes,
      rows.map((row) => row.id),
      answer,
    )
    await followHosts(kernel)
    return answer
  },
})

function newHost(kernel: Kernel, input: NewHost, index: number, first: number): Draft<Host> {
  const at = kernel.clock.now()
  return {
    id: kernel.ids.next(),
    name: input.name,
    number: first + index,
    zone: input.zone,
    aggregateIds: input.aggregateIds,
    traits: input.traits,
    inventory: readInventory(input.inventory, `hosts[${index}].inventory`),
    enabled: true,
    disabledReason: null,
    createdAt: at,
    updatedAt: at,
  }
}

async function requireFreeNames(kernel: Kernel, hosts: readonly NewHost[]): Promise<void> {
  const names = hosts.map((host) => host.name)
  const seen = new Set<string>()
  for (const [index, name] of names.entries()) {
    if (seen.has(name)) {
      throw new CloudError('invalid', 'Two hosts have this name.', {
        field: `hosts[${index}].name`,
      })
    }
    seen.add(name)
  }
  const taken = new Set(
    (
      await kernel.store.lookup(
        hostKind,
        'byName',
        names.map((name) => [name]),
      )
    ).map((host) => host.name),
  )
  const index = names.findIndex((name) => taken.has(name))
  if (index < 0) return
  throw new CloudError('conflict', `A host is named ${names[index]} already.`, {
    field: `hosts[${index}].name`,
    detail: { taken: taken.size },
  })
}

async function requireAggregates(kernel: Kernel, hosts: readonly NewHost[]): Promise<void> {
  const ids = [...new Set(hosts.flatMap((host) => host.aggregateIds))]
  if (ids.length === 0) return
  const rows = await kernel.store.get(aggregateKind, ids)
  const missing = new Set(ids.filter((_, index) => !rows[index]))
  for (const [index, host] of hosts.entries()) {
    const at = host.aggregateIds.findIndex((id) => missing.has(id))
    if (at >= 0) throw notFound(aggregateKind.name, `hosts[${index}].aggregateIds[${at}]`)
  }
}

export const hostGet = defineOperation({
  id: 'compute.host.get',
  summary: 'Hosts by id, in the order asked.',
  policy: reader,
  input: z.strictObject({ ids: idsField }),
  mutates: false,
  run: (call, input): Promise<Host[]> => fetchHosts(call.kernel, input.ids, 'ids'),
})

export const hostList = defineOperation({
  id: 'compute.host.list',
  summary: 'One page of hosts: of a zone, of a name, or all in order of their ids.',
  policy: reader,
  input: z.strictObject({
    ...pageFields,
    zone: zoneField.optional(),
    name: nameField.optional(),
    number: z.int().min(1).optional(),
    enabled: z.boolean().optional(),
  }),
  mutates: false,
  run: (call, input): Promise<Host[]> => {
    const { name, zone, enabled, number } = input
    const where =
      number !== undefined
        ? { index: 'byNumber', equals: [number] }
        : name !== undefined
          ? { index: 'byName', equals: [name] }
          : zone !== undefined
            ? { index: 'byZone', equals: [zone] }
            : {}
    // Filters only where an index does not answer: a filtered page reads whole pages of rows.
    const filters = enabled !== undefined || where.index !== (zone ? 'byZone' : undefined)
    const keep = (host: Host): boolean =>
      (name === undefined || host.name === name) &&
      (zone === undefined || host.zone === zone) &&
      (enabled === undefined || host.enabled === enabled)
    return listPage(call, hostKind, where, input, filters ? keep : undefined)
  },
})

/**
 * Removes hosts and their counters, all or none.
 *
 * @throws CloudError `conflict` while one of them holds servers.
 */
export const hostDelete = defineOperation({
  id: 'compute.host.delete',
  summary: 'Removes hosts that hold no servers.',
  policy: admin,
  input: z.strictObject({ ids: idsField }),
  mutates: true,
  run: async (call, { ids }): Promise<{ count: number }> => {
    const { kernel } = call
    const hosts = await fetchHosts(kernel, ids, 'ids')
    const counters = await kernel.store.counters(ids.map(hostScope))
    const byScope = groupBy(counters, (counter) => counter.scope)
    const writes = new Writes().remove(hostKind, ...hosts)
    for (const [index, host] of hosts.entries()) {
      const own = hostCounters(host, byScope.get(hostScope(host.id)) ?? [])
      const used = [...own.values()].filter((counter) => counter.value > 0)
      if (used.length > 0) throw inUse(ids, index, used[0]?.name)
      // A claim that commits first leaves too little to withhold; a later one finds no counter.
      withhold(writes, own, new Map())
      writes.drop(hostScope(host.id))
      countHost(writes, host, null)
    }
    const [allocation] = await kernel.store.lookup(
      allocationKind,
      'byHost',
      ids.map((id) => [id]),
    )
    if (allocation) throw inUse(ids, ids.indexOf(allocation.hostId))
    await requireNoChildren(kernel, ids)
    const answer = { count: ids.length }
    await call.commit(writes, ids, answer)
    await followHosts(kernel)
    return answer
  },
})

/** A provider that comes beneath a host meanwhile writes the host: this commit fails then. */
async function requireNoChildren(kernel: Kernel, ids: readonly string[]): Promise<void> {
  const keys = ids.map((id) => [id])
  const [child] = await kernel.store.lookup(providerKind, 'byParent', keys)
  if (!child) return
  throw new CloudError('conflict', 'The host has providers of resources beneath it.', {
    field: `ids[${ids.indexOf(child.parentId as string)}]`,
    detail: { id: child.parentId, childId: child.id },
  })
}

function inUse(ids: readonly string[], index: number, resourceClass?: string): CloudError {
  return new CloudError('conflict', 'The host holds servers.', {
    field: `ids[${index}]`,
    detail: { id: ids[index], ...(resourceClass === undefined ? {} : { resourceClass }) },
  })
}

/** @throws CloudError `notFound` with the field of the first id that names no host. */
export async function fetchHosts(
  kernel: Kernel,
  ids: readonly string[],
  field: string,
): Promise<Host[]> {
  const rows = await kernel.store.get(hostKind, ids)
  return rows.map((row, index) => {
    if (row) return row
    throw notFound(hostKind.name, ids.length > 1 ? `${field}[${index}]` : field)
  })
}

export async function fetchHost(call: Call, id: string): Promise<Host> {
  const [host] = await fetchHosts(call.kernel, [id], 'id')
  return host as Host
}

/**
 * Lets placement see what was just committed. The commit stands whatever happens here: the feed is
 * followed again before long, and claims are guarded by the counters.
 */
export async function followHosts(kernel: Kernel): Promise<void> {
  try {
    await kernel.fleet.sync()
  } catch (error) {
    kernel.telemetry.logger.log('warn', 'placement could not follow the change feed', {
      error: error instanceof Error ? error.message : 'unknown',
    })
  }
}
