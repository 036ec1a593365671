import { defineKind, type Stored } from '../kind.ts'

/** The region of the cloud itself. */
export const builtInRegionId = 'RegionOne'

/** The one row of the catalogue. */
export const catalogId = 'catalog'

export const catalogInterfaces = ['public', 'internal', 'admin'] as const

/** A part of the world. */
export interface CatalogRegion {
  readonly id: string
  readonly description: string
  readonly parentId: string | null
}

/** Something that is offered beside what the cloud itself offers. */
export interface CatalogService {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly description: string
  readonly enabled: boolean
}

/** Where a service is reached. */
export interface CatalogEndpoint {
  readonly id: string
  readonly serviceId: string
  readonly interface: (typeof catalogInterfaces)[number]
  readonly regionId: string | null
  readonly name: string
  /** It may name the project: `$(project_id)s`. */
  readonly url: string
  readonly enabled: boolean
}

/**
 * What operators add to the catalogue: what the cloud itself offers is not written down. There is
 * little of it, it changes seldom, and it is read whole with every token: so it is one row, and
 * what refers to what in it is right whenever it is written.
 */
export interface Catalog extends Stored {
  readonly regions: readonly CatalogRegion[]
  readonly services: readonly CatalogService[]
  readonly endpoints: readonly CatalogEndpoint[]
  readonly updatedAt: number
}

export const catalogKind = defineKind<Catalog>('catalog', {})
