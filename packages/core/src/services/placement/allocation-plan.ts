import { CloudError } from '../../base/errors.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { hostScope } from '../../model/compute/allocation.ts'
import { capacityOf } from '../../model/compute/host.ts'
import { serverKind } from '../../model/compute/server.ts'
import type { Draft } from '../../model/kind.ts'
import {
  type Consumer,
  consumerKind,
  type ProviderAllocation,
  providerAllocationId,
  providerAllocationKind,
} from '../../model/placement/consumer.ts'
import { providerScope } from '../../model/placement/provider.ts'
import { usedCounter } from './counters.ts'
import { type ProviderView, readProviders, readUse, unitsFit } from './view.ts'

/** What a consumer is to take from now on: all of it. */
export interface ConsumerOrder {
  readonly id: string
  readonly projectId: string
  readonly userId: string
  /** Null: not said, or as it was. */
  readonly type: string | null
  /** As read; null: there is none yet; undefined: whatever it is. */
  readonly generation?: number | null | undefined
  readonly allocations: readonly {
    readonly providerId: string
    readonly resources: Readonly<Record<string, number>>
  }[]
}

/** What writing orders changes of the use of providers. */
export interface AllocationPlan {
  /** What each counter gains or loses, by its scope; of hosts by scope, space and class. */
  readonly deltas: ReadonlyMap<string, number>
  readonly hostIds: readonly string[]
}

interface Known {
  readonly consumers: ReadonlyMap<string, Consumer>
  readonly rows: ReadonlyMap<string, ProviderAllocation>
  readonly providers: ReadonlyMap<string, ProviderView>
}

/**
 * Writes what consumers take, and charges it. Counters guard the room at the commit; a class whose
 * inventory goes meanwhile has none, and the commit fails.
 *
 * @param instead what the same commit makes of providers.
 * @throws CloudError `stale` for another generation of a consumer, `conflict` for a server of this
 *   cloud or where there is no room, `invalid` for a provider that is not there.
 */
export async function planAllocations(
  kernel: Kernel,
  writes: Writes,
  orders: readonly ConsumerOrder[],
  instead: ReadonlyMap<string, ProviderView> = new Map(),
): Promise<AllocationPlan> {
  await refuseServers(kernel, orders)
  const known = await readKnown(kernel, orders, instead)
  const deltas = new Map<string, number>()
  const at = kernel.clock.now()
  for (const [index, order] of orders.entries()) {
    const before = known.consumers.get(order.id)
    requireConsumer(order, before, index)
    charge(deltas, known, order, before, index)
    writeRows(writes, known, order, before, at)
  }
  await requireRoom(kernel, known, deltas)
  const hosts = new Set<string>()
  for (const [key, delta] of deltas) {
    const [scope, name] = splitKey(key)
    if (name !== usedCounter) hosts.add(scope)
    writes.add({ scope, name, add: delta })
  }
  return { deltas, hostIds: [...hosts].map((scope) => scope.slice(scope.indexOf(':') + 1)) }
}

async function refuseServers(kernel: Kernel, orders: readonly ConsumerOrder[]): Promise<void> {
  const servers = await kernel.store.get(
    serverKind,
    orders.map(({ id }) => id),
  )
  const at = servers.findIndex((row) => row !== undefined)
  if (at < 0) return
  throw new CloudError('conflict', 'Compute owns the allocations of its servers.', {
    field: `consumers[${at}].id`,
    detail: { reason: 'server' },
  })
}

async function readKnown(
  kernel: Kernel,
  orders: readonly ConsumerOrder[],
  instead: ReadonlyMap<string, ProviderView>,
): Promise<Known> {
  const ids = orders.map(({ id }) => id)
  const found = await kernel.store.get(consumerKind, ids)
  const consumers = new Map(found.flatMap((row) => (row ? [[row.id, row] as const] : [])))
  const rowIds = [...consumers.values()].flatMap(({ id, providerIds }) =>
    providerIds.map((providerId) => providerAllocationId(id, providerId)),
  )
  const rows = rowIds.length > 0 ? await kernel.store.get(providerAllocationKind, rowIds) : []
  const unread = rowIds.filter((_, index) => !rows[index])
  // Read too early or too late: what is not seen would be left behind, and never given back.
  if (unread.length > 0) {
    const kind = providerAllocationKind.name
    throw new CommitConflict({ type: 'revision', kind, ids: unread })
  }
  const named = new Set([
    ...orders.flatMap(({ allocations }) => allocations.map(({ providerId }) => providerId)),
    ...[...consumers.values()].flatMap(({ providerIds }) => providerIds),
  ])
  const views = await readProviders(kernel, [...named])
  const providers = new Map(views.flatMap((view) => (view ? [[view.id, view] as const] : [])))
  for (const [id, view] of instead) providers.set(id, view)
  return {
    consumers,
    rows: new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : []))),
    providers,
  }
}

function requireConsumer(order: ConsumerOrder, before: Consumer | undefined, index: number): void {
  if (order.generation === undefined) return
  const found = before?.generation ?? null
  if (found === order.generation) return
  throw new CloudError('stale', 'The consumer has another generation.', {
    field: `consumers[${index}].generation`,
    detail: { reason: 'generation', generation: found },
  })
}

/** The key of a counter: its scope and, after a space that no scope has, its name. */
function counterKey(provider: ProviderView, resourceClass: string): string {
  return provider.isHost
    ? `${hostScope(provider.id)} ${resourceClass}`
    : `${providerScope(provider.id, resourceClass)} ${usedCounter}`
}

function splitKey(key: string): [scope: string, name: string] {
  const at = key.indexOf(' ')
  return [key.slice(0, at), key.slice(at + 1)]
}

function charge(
  deltas: Map<string, number>,
  known: Known,
  order: ConsumerOrder,
  before: Consumer | undefined,
  index: number,
): void {
  const add = (provider: ProviderView, name: string, amount: number): void => {
    const key = counterKey(provider, name)
    deltas.set(key, (deltas.get(key) ?? 0) + amount)
  }
  for (const providerId of before?.providerIds ?? []) {
    const row = known.rows.get(providerAllocationId(order.id, providerId))
    const provider = known.providers.get(providerId)
    if (!row || !provider) continue
    for (const [name, amount] of Object.entries(row.resources)) add(provider, name, -amount)
  }
  for (const [at, { providerId, resources }] of order.allocations.entries()) {
    const field = `consumers[${index}].allocations[${at}]`
    const provider = known.providers.get(providerId)
    if (!provider) {
      throw new CloudError('invalid', `${field}: there is no such resource provider.`, {
        field: `${field}.providerId`,
        detail: { reason: 'noProvider', id: providerId },
      })
    }
    for (const [name, amount] of Object.entries(resources)) {
      const inventory = provider.inventories[name]
      if (!inventory || !unitsFit(inventory, amount)) {
        throw noRoom(provider, name, inventory ? 'units' : 'noInventory')
      }
      add(provider, name, amount)
    }
  }
}

function noRoom(provider: ProviderView, resourceClass: string, reason: string): CloudError {
  return new CloudError(
    'conflict',
    `Unable to allocate inventory of ${resourceClass} on resource provider ${provider.id}.`,
    { field: 'allocations', detail: { reason, resourceClass, providerId: provider.id } },
  )
}

async function requireRoom(
  kernel: Kernel,
  { providers }: Known,
  deltas: ReadonlyMap<string, number>,
): Promise<void> {
  const growing = [...providers.values()].filter((provider) =>
    Object.keys(provider.inventories).some(
      (name) => (deltas.get(counterKey(provider, name)) ?? 0) > 0,
    ),
  )
  if (growing.length === 0) return
  const use = await readUse(kernel, growing)
  for (const provider of growing) {
    for (const [name, inventory] of Object.entries(provider.inventories)) {
      const delta = deltas.get(counterKey(provider, name)) ?? 0
      const used = use.get(provider.id)?.get(name) ?? 0
      if (delta > 0 && used + delta > capacityOf(inventory)) {
        throw noRoom(provider, name, 'capacity')
      }
    }
  }
}

function writeRows(
  writes: Writes,
  known: Known,
  order: ConsumerOrder,
  before: Consumer | undefined,
  at: number,
): void {
  const kept = new Set(order.allocations.map(({ providerId }) => providerId))
  for (const providerId of before?.providerIds ?? []) {
    const row = known.rows.get(providerAllocationId(order.id, providerId))
    if (row && !kept.has(providerId)) writes.remove(providerAllocationKind, row)
  }
  for (const { providerId, resources } of order.allocations) {
    const id = providerAllocationId(order.id, providerId)
    const row = known.rows.get(id)
    const onHost = known.providers.get(providerId)?.isHost === true
    const next: Draft<ProviderAllocation> = {
      id,
      consumerId: order.id,
      providerId,
      onHost,
      resources,
      createdAt: row?.createdAt ?? at,
      updatedAt: at,
    }
    if (row) writes.update(providerAllocationKind, { ...next, rev: row.rev })
    else writes.insert(providerAllocationKind, next)
  }
  if (kept.size === 0) {
    if (before) writes.remove(consumerKind, before)
    return
  }
  const consumer: Draft<Consumer> = {
    id: order.id,
    projectId: order.projectId,
    userId: order.userId,
    type: order.type ?? before?.type ?? null,
    generation: (before?.generation ?? 0) + 1,
    providerIds: [...kept],
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  }
  if (before) writes.update(consumerKind, { ...consumer, rev: before.rev })
  else writes.insert(consumerKind, consumer)
}
