import {
  CloudError,
  type Flavor,
  flavorCreate,
  flavorDelete,
  flavorGet,
  flavorList,
  flavorUpdate,
} from '@nephos/core'
import {
  flavorBody,
  flavorChange,
  flavorNew,
  type FlavorShape,
  flavorSummary,
} from '../../wire/compute/flavor.ts'
import { requireVersions } from '../../wire/compute/version.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, nextUrl, pageOf, type RawQuery } from '../paging.ts'
import { json, nothing, type Reply } from '../reply.ts'
import { readerOf } from './server-shape.ts'

type Asking = Exchange<RawQuery, unknown>

function shapeOf(x: Exchange<unknown, unknown>): FlavorShape {
  return { version: x.version, url: (path) => x.url(path), bookmark: (path) => x.mountUrl(path) }
}

/** The flavor of the path, as the caller may see it. @throws CloudError `notFound`. */
export function readFlavor(x: Exchange<unknown, unknown>): Promise<Flavor> {
  return x.invokeAs(readerOf(x), flavorGet, { id: flavorId(x.param('flavor_id')) })
}

/** @throws CloudError `notFound`: what is no id names nothing. */
function flavorId(text: string): string {
  if (/^[A-Za-z0-9._:-]{1,128}$/.test(text)) return text
  throw new CloudError('notFound', `Flavor ${text.slice(0, 128)} could not be found.`, {
    field: 'flavor_id',
  })
}

/** Columns by which a list may be ordered, as functions of a flavor. */
const columns: Readonly<Record<string, (flavor: Flavor) => string | number>> = {
  flavorid: ({ id }) => id,
  id: ({ id }) => id,
  name: ({ name }) => name,
  memory_mb: ({ ramMb }) => ramMb,
  vcpus: ({ vcpus }) => vcpus,
  root_gb: ({ diskGb }) => diskGb,
  ephemeral_gb: ({ ephemeralGb }) => ephemeralGb,
  swap: ({ swapMb }) => swapMb,
  rxtx_factor: ({ rxtxFactor }) => rxtxFactor ?? 1,
  vcpu_weight: () => 0,
  disabled: () => 0,
  is_public: ({ isPublic }) => Number(isPublic),
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
  description: ({ description }) => description,
}

/** Flavors that are ordered here, by anything but their ids. */
const most = 1_000

/** @throws CloudError `invalid`. */
function filterOf(x: Asking): { isPublic?: boolean; minRamMb?: number; minDiskGb?: number } {
  const amount = (key: string): number | undefined => {
    const text = first(x.query, key)
    if (text === undefined) return undefined
    if (/^\d{1,10}$/.test(text)) return Number(text)
    throw new CloudError('invalid', `Invalid ${key} filter [${text.slice(0, 40)}]`, { field: key })
  }
  const minRamMb = amount('minRam')
  const minDiskGb = amount('minDisk')
  const isPublic = x.operator ? publicOf(first(x.query, 'is_public')) : undefined
  return {
    ...(minRamMb !== undefined && { minRamMb }),
    ...(minDiskGb !== undefined && { minDiskGb }),
    ...(isPublic !== undefined && { isPublic }),
  }
}

/** Administrators see public flavors unless they ask for others, or for all: `none`. */
function publicOf(text: string | undefined): boolean | undefined {
  const value = text?.toLowerCase() ?? 'true'
  if (value === 'none') return undefined
  if (['true', '1', 't', 'y', 'yes', 'on'].includes(value)) return true
  if (['false', '0', 'f', 'n', 'no', 'off'].includes(value)) return false
  throw new CloudError('invalid', `Invalid is_public filter [${value.slice(0, 40)}]`, {
    field: 'is_public',
  })
}

async function listFlavors(x: Asking, path: string, body: typeof flavorBody): Promise<Reply> {
  const { limit, marker } = pageOf(x.query)
  const filter = filterOf(x)
  const key = first(x.query, 'sort_key') ?? 'flavorid'
  const direction = first(x.query, 'sort_dir') ?? 'asc'
  const column = columns[key]
  if (!column || !['asc', 'desc'].includes(direction)) {
    throw new CloudError('invalid', 'sort_key: flavors are not ordered so.', { field: 'sort_key' })
  }
  const plain = (key === 'flavorid' || key === 'id') && direction === 'asc'
  if (marker !== undefined) await requireMarker(x, marker)
  const rows = plain
    ? await x.invokeAs(readerOf(x), flavorList, { ...filter, limit, ...(marker && { marker }) })
    : await ordered(x, filter, column, direction === 'asc' ? 1 : -1, limit, marker)
  const last = rows.at(-1)
  const wantsMore = rows.length === limit && last !== undefined
  return json({
    flavors: rows.map((row) => body(row, shapeOf(x))),
    ...(wantsMore && {
      flavors_links: [{ rel: 'next', href: nextUrl(x.url(path), x.search, last.id) }],
    }),
  })
}

async function requireMarker(x: Asking, marker: string): Promise<void> {
  try {
    await x.invokeAs(readerOf(x), flavorGet, { id: flavorId(marker) })
  } catch {
    throw new CloudError('invalid', `marker [${marker.slice(0, 128)}] not found`, {
      field: 'marker',
    })
  }
}

async function ordered(
  x: Asking,
  filter: ReturnType<typeof filterOf>,
  column: (flavor: Flavor) => string | number,
  sign: 1 | -1,
  limit: number,
  marker: string | undefined,
): Promise<Flavor[]> {
  const rows = await x.invokeAs(readerOf(x), flavorList, { ...filter, limit: most })
  const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)
  rows.sort((a, b) => sign * (compare(column(a), column(b)) || compare(a.id, b.id)))
  const from = marker === undefined ? 0 : rows.findIndex(({ id }) => id === marker) + 1
  return rows.slice(from, from + limit)
}

/** https://docs.openstack.org/api-ref/compute/#flavors */
export const flavors: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.flavors.list',
    method: 'GET',
    path: '/flavors',
    summary: 'Lists flavors.',
    access: 'token',
    operations: [flavorList, flavorGet],
    status: 200,
    run: (x) => listFlavors(x, '/flavors', flavorSummary),
  }),
  endpoint({
    id: 'compute.flavors.detail',
    method: 'GET',
    path: '/flavors/detail',
    summary: 'Lists flavors with all there is to know of them.',
    access: 'token',
    operations: [flavorList, flavorGet],
    status: 200,
    run: (x) => listFlavors(x, '/flavors/detail', flavorBody),
  }),
  endpoint({
    id: 'compute.flavors.create',
    method: 'POST',
    path: '/flavors',
    summary: 'Creates a flavor.',
    access: 'token',
    operations: [flavorCreate],
    body: flavorNew,
    status: 200,
    async run(x) {
      const { flavor } = x.body
      requireVersions(flavor, { description: { since: 55 } }, x.version)
      const id = flavor.id === 'auto' || flavor.id == null ? undefined : String(flavor.id)
      const made = await x.invoke(flavorCreate, {
        name: flavor.name,
        vcpus: flavor.vcpus,
        ramMb: flavor.ram,
        diskGb: flavor.disk,
        ephemeralGb: flavor['OS-FLV-EXT-DATA:ephemeral'] ?? 0,
        swapMb: flavor.swap ?? 0,
        isPublic: flavor['os-flavor-access:is_public'] ?? true,
        description: flavor.description ?? '',
        ...(id !== undefined && { id }),
        ...(flavor.rxtx_factor !== undefined && { rxtxFactor: flavor.rxtx_factor }),
      })
      return json({ flavor: flavorBody(made, shapeOf(x)) })
    },
  }),
  endpoint({
    id: 'compute.flavors.show',
    method: 'GET',
    path: '/flavors/{flavor_id}',
    summary: 'Shows a flavor.',
    access: 'token',
    operations: [flavorGet],
    status: 200,
    run: async (x) => json({ flavor: flavorBody(await readFlavor(x), shapeOf(x)) }),
  }),
  endpoint({
    id: 'compute.flavors.update',
    method: 'PUT',
    path: '/flavors/{flavor_id}',
    summary: 'Describes a flavor.',
    since: 55,
    access: 'token',
    operations: [flavorUpdate],
    body: flavorChange,
    status: 200,
    async run(x) {
      const id = flavorId(x.param('flavor_id'))
      const description = x.body.flavor.description ?? ''
      const changed = await x.invoke(flavorUpdate, { id, description })
      return json({ flavor: flavorBody(changed, shapeOf(x)) })
    },
  }),
  endpoint({
    id: 'compute.flavors.delete',
    method: 'DELETE',
    path: '/flavors/{flavor_id}',
    summary: 'Deletes a flavor; servers keep what they have.',
    access: 'token',
    operations: [flavorDelete],
    status: 202,
    async run(x) {
      await x.invoke(flavorDelete, { id: flavorId(x.param('flavor_id')) })
      return nothing
    },
  }),
]
