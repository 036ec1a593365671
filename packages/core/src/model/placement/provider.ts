import { defineKind, type Stored } from '../kind.ts'

/** One resource class of a provider that is not a host, as OpenStack Placement describes it. */
export interface ProviderInventory {
  readonly total: number
  readonly reserved: number
  /** What one allocation takes at least and at most, and of what it takes a multiple. */
  readonly minUnit: number
  readonly maxUnit: number
  readonly stepSize: number
  /** Capacity = floor((total − reserved) × ratio). */
  readonly ratio: number
}

/**
 * Something that others take from and that is no host: a device of a host, a pool of addresses, a
 * shelf of disks. Hosts are providers, too, and have rows of their own. Providers form trees; a
 * host may be a root.
 */
export interface Provider extends Stored {
  /** Unique among providers; no host has it when it is given. */
  readonly name: string
  /** The provider, or the host, above it; null for a root. */
  readonly parentId: string | null
  readonly parentIsHost: boolean
  /** Of the whole tree: its own id for a root. */
  readonly rootId: string
  /** Grows with each change of inventories, traits, aggregates: a writer names the one it read. */
  readonly generation: number
  readonly inventories: Readonly<Record<string, ProviderInventory>>
  readonly traits: readonly string[]
  /** UUIDs that need not be those of compute's aggregates. */
  readonly aggregateIds: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

export const providerKind = defineKind<Provider>('provider', {
  byName: { fields: ['name'], unique: true },
  byParent: { fields: ['parentId'] },
  byRoot: { fields: ['rootId'] },
})

/** Scope of the counter `used` of one class of a provider: as long as it has an inventory of it. */
export function providerScope(providerId: string, resourceClass: string): string {
  return `provider:${providerId}:${resourceClass}`
}

/** Providers and hosts that have a trait, one counter per trait. */
export const traitUseScope = 'trait:used'

/** Providers and hosts that have an inventory of a class that is not a standard one. */
export const classUseScope = 'resourceClass:used'
