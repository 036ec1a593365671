import { defineKind, type Stored } from '../kind.ts'

/** What servers may be: immutable but for its description, its extra specs and who may use it. */
export interface Flavor extends Stored {
  readonly name: string
  readonly description: string
  readonly vcpus: number
  /** MiB. */
  readonly ramMb: number
  /** GiB of the root disk; 0: as large as the image. */
  readonly diskGb: number
  readonly ephemeralGb: number
  /** MiB. */
  readonly swapMb: number
  /** False: only the projects of its access list see and use it. */
  readonly isPublic: boolean
  readonly extraSpecs: Readonly<Record<string, string>>
  /**
   * Weight of its share of the network, where a driver heeds it (Nova: deprecated); 1 if absent.
   */
  readonly rxtxFactor?: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** A project that may use a flavor that is not public. Its id is made of both. */
export interface FlavorAccess extends Stored {
  readonly flavorId: string
  readonly projectId: string
}

export const flavorKind = defineKind<Flavor>(
  'flavor',
  { byName: { fields: ['name'], unique: true } },
  { events: {} },
)

export const flavorAccessKind = defineKind<FlavorAccess>('flavorAccess', {
  byFlavor: { fields: ['flavorId'] },
  byProject: { fields: ['projectId', 'flavorId'] },
})

export function flavorAccessId(flavorId: string, projectId: string): string {
  return `${flavorId}:${projectId}`
}
