import { defineKind, type Stored } from '../kind.ts'

/**
 * One resource class of a host: what it has, what it keeps back, how far it may be overcommitted.
 */
export interface Inventory {
  readonly total: number
  readonly reserved: number
  /** Capacity = floor((total − reserved) × ratio), as in OpenStack Placement. */
  readonly ratio: number
}

/** A compute host. */
export interface Host extends Stored {
  readonly name: string
  /** Whole, and its own: the id that older versions of interfaces show. */
  readonly number?: number
  readonly zone: string
  readonly aggregateIds: readonly string[]
  readonly traits: readonly string[]
  readonly inventory: Readonly<Record<string, Inventory>>
  /** Disabled by an operator: keeps its servers, takes no new ones. */
  readonly enabled: boolean
  readonly disabledReason: string | null
  /** An operator says that it is off, so that nothing of what it ran runs there: see evacuation. */
  readonly forcedDown?: true
  readonly createdAt: number
  readonly updatedAt: number
}

export const hostKind = defineKind<Host>(
  'host',
  {
    byName: { fields: ['name'], unique: true },
    byZone: { fields: ['zone'] },
    byNumber: { fields: ['number'], unique: true },
  },
  { feed: true, events: {} },
)

/** True if servers may be placed there. */
export function takesServers({
  enabled,
  forcedDown,
}: Pick<Host, 'enabled' | 'forcedDown'>): boolean {
  return enabled && forcedDown !== true
}

/** What placement may use of an inventory. */
export function capacityOf(inventory: Inventory): number {
  return Math.max(0, Math.floor((inventory.total - inventory.reserved) * inventory.ratio))
}

/** Capacity per resource class. */
export function hostCapacity(host: Pick<Host, 'inventory'>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(host.inventory).map(([name, inventory]) => [name, capacityOf(inventory)]),
  )
}
