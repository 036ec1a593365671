import { builtInRegionId, type readCatalog } from '@nephos/core'

export interface CatalogEntry {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly endpoints: readonly CatalogEndpoint[]
}

export interface CatalogEndpoint {
  readonly id: string
  readonly interface: 'public' | 'internal' | 'admin'
  readonly region: string | null
  readonly region_id: string | null
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

/** The region that this endpoint serves. */
export const region = builtInRegionId

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

type Added = Awaited<ReturnType<typeof readCatalog>>

/** What operators have added, as far as it is enabled. */
export function addedCatalog({ endpoints, services }: Added, projectId: string | null): Catalog {
  return services
    .filter(({ enabled }) => enabled)
    .map(({ id, name, type }) => ({
      ...{ id, type, name },
      endpoints: endpoints
        .filter(({ enabled, serviceId }) => enabled && serviceId === id)
        .flatMap(({ id: endpointId, interface: kind, regionId, url }) => {
          const whole = projectUrl(url, projectId)
          const at = { region: regionId, region_id: regionId }
          return whole === undefined ? [] : [{ id: endpointId, interface: kind, ...at, url: whole }]
        }),
    }))
}

/** Where a project is named by a URL: `$(project_id)s`, or as it was spelt of old. */
const projectPlace = /[$%]\((?:project|tenant)_id\)s/g

/** Undefined for a URL that names a project where there is none. */
function projectUrl(url: string, projectId: string | null): string | undefined {
  if (projectId !== null) return url.replaceAll(projectPlace, projectId)
  return url.search(projectPlace) < 0 ? url : undefined
}

/** Thirty-two hexadecimal digits, as clients expect of an id, that spell a name's beginning. */
function catalogId(name: string): string {
  const digits = [...name].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0'))
  return digits.join('').slice(0, 32).padEnd(32, '0')
}
