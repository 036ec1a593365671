export interface CatalogEntry {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly endpoints: readonly CatalogEndpoint[]
}

export interface CatalogEndpoint {
  readonly id: string
  readonly interface: 'public' | 'internal' | 'admin'
  readonly region: string
  readonly region_id: string
  readonly url: string
}

/** What the catalogue needs to know of an API. */
export interface CatalogSource {
  readonly type: string
  readonly service: string
  readonly mount: string
  /** Path of the URL beneath the mount, for a project. Absent: not in the catalogue. */
  readonly catalogPath?: (projectId: string | null) => string
}

export type Catalog = readonly CatalogEntry[]

/** The one region that this endpoint serves. */
export const region = 'RegionOne'

const interfaces = ['public', 'internal', 'admin'] as const

/**
 * What the cloud offers and where (Keystone's service catalogue). Ids are made of names, so that
 * each process tells the same.
 *
 * @param projectId for URLs that name the project; those are left out without one.
 */
export function catalogOf(
  apis: readonly CatalogSource[],
  origin: string,
  projectId: string | null,
): Catalog {
  return apis.flatMap((api) => {
    if (!api.catalogPath) return []
    const path = api.catalogPath(projectId)
    return {
      id: catalogId(api.service),
      type: api.type,
      name: api.service,
      endpoints: interfaces.map((name) => ({
        id: catalogId(`${api.service}-${name}`),
        interface: name,
        region,
        region_id: region,
        url: `${origin}${api.mount}${path}`,
      })),
    }
  })
}

/** Thirty-two hexadecimal digits, as clients expect of an id, that spell a name's beginning. */
function catalogId(name: string): string {
  const digits = [...name].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0'))
  return digits.join('').slice(0, 32).padEnd(32, '0')
}
