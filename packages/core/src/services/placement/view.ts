import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import { hostScope } from '../../model/compute/allocation.ts'
import { capacityOf, type Host, hostKind } from '../../model/compute/host.ts'
import {
  type Provider,
  type ProviderInventory,
  providerKind,
  providerScope,
} from '../../model/placement/provider.ts'
import type { Counter } from '../../ports/store.ts'

/** Any provider of resources, a host or another. */
export interface ProviderView {
  readonly id: string
  readonly name: string
  /** Grows with each change; a writer names the one he has read. */
  readonly generation: number
  readonly parentId: string | null
  readonly rootId: string
  /** True: a compute host. Compute owns its inventories. */
  readonly isHost: boolean
  readonly traits: readonly string[]
  readonly aggregateIds: readonly string[]
  readonly inventories: Readonly<Record<string, ProviderInventory>>
  readonly createdAt: number
  readonly updatedAt: number
}

/** What a host that takes nothing new has in addition, as nova-compute reports it. */
export const disabledTrait = 'COMPUTE_STATUS_DISABLED'

/** Use by provider, then by resource class. */
export type Use = ReadonlyMap<string, ReadonlyMap<string, number>>

export function hostAsProvider(host: Host): ProviderView {
  return {
    id: host.id,
    name: host.name,
    generation: host.rev,
    parentId: null,
    rootId: host.id,
    isHost: true,
    traits: host.enabled ? host.traits : [...host.traits, disabledTrait],
    aggregateIds: host.aggregateIds,
    inventories: Object.fromEntries(
      Object.entries(host.inventory).map(([name, inventory]) => [
        name,
        {
          ...inventory,
          minUnit: 1,
          // One server may take all that the ratio makes of a host.
          maxUnit: Math.max(1, capacityOf(inventory)),
          stepSize: 1,
        },
      ]),
    ),
    createdAt: host.createdAt,
    updatedAt: host.updatedAt,
  }
}

export function asProvider(row: Provider): ProviderView {
  const { rev: _, parentIsHost: __, ...rest } = row
  return { ...rest, isHost: false }
}

/** Providers by id, hosts among them, in the order asked; undefined where absent. */
export async function readProviders(
  kernel: Kernel,
  ids: readonly string[],
): Promise<(ProviderView | undefined)[]> {
  if (ids.length === 0) return []
  const [rows, hosts] = await Promise.all([
    kernel.store.get(providerKind, ids),
    kernel.store.get(hostKind, ids),
  ])
  return ids.map((_, index) => {
    const row = rows[index]
    const host = hosts[index]
    return row ? asProvider(row) : host && hostAsProvider(host)
  })
}

/** One row, as it is stored. */
export type ProviderRow =
  | { readonly host: Host; readonly provider?: undefined }
  | { readonly provider: Provider; readonly host?: undefined }

/** @throws CloudError `notFound` with `field`. */
export async function fetchProvider(
  kernel: Kernel,
  id: string,
  field = 'id',
): Promise<ProviderRow> {
  const [[provider], [host]] = await Promise.all([
    kernel.store.get(providerKind, [id]),
    kernel.store.get(hostKind, [id]),
  ])
  if (provider) return { provider }
  if (host) return { host }
  throw noProvider(id, field)
}

/** The refusal of an id that names no provider. */
export function noProvider(id: string, field: string): CloudError {
  return new CloudError('notFound', `No resource provider with uuid ${id} found.`, { field })
}

/** What of providers is used now: one statement. */
export async function readUse(kernel: Kernel, providers: readonly ProviderView[]): Promise<Use> {
  const owners = new Map<string, readonly [id: string, name: string | undefined]>()
  for (const { id, isHost, inventories } of providers) {
    if (isHost) owners.set(hostScope(id), [id, undefined])
    else
      for (const name of Object.keys(inventories)) owners.set(providerScope(id, name), [id, name])
  }
  const use = new Map<string, Map<string, number>>(providers.map(({ id }) => [id, new Map()]))
  if (owners.size === 0) return use
  const counters: Counter[] = await kernel.store.counters([...owners.keys()])
  for (const { scope, name, value } of counters) {
    const [id, resourceClass] = owners.get(scope) as readonly [string, string | undefined]
    use.get(id)?.set(resourceClass ?? name, value)
  }
  return use
}

/** True if one more allocation of this size fits, by units, steps and room. */
export function fits(inventory: ProviderInventory, used: number, amount: number): boolean {
  return unitsFit(inventory, amount) && used + amount <= capacityOf(inventory)
}

/** True if an allocation may have this size. */
export function unitsFit(inventory: ProviderInventory, amount: number): boolean {
  const { minUnit, maxUnit, stepSize } = inventory
  return amount >= minUnit && amount <= maxUnit && amount % stepSize === 0
}

/** Rows of one tree, its root first; a tree without children has one. */
export async function readTree(kernel: Kernel, rootId: string): Promise<ProviderView[]> {
  const [[root], members] = await Promise.all([
    readProviders(kernel, [rootId]),
    kernel.store.query(providerKind, {
      index: 'byRoot',
      equals: [rootId],
      limit: limits.providerTree,
    }),
  ])
  const others = members.filter(({ id }) => id !== rootId).map(asProvider)
  return root ? [root, ...others] : others
}
