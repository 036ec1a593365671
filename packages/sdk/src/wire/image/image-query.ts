import {
  CloudError,
  containerFormats,
  diskFormats,
  type imageFind,
  imageMemberStatuses,
  type ImageSortKey,
  imageStatuses,
  imageVisibilities,
  type InputOf,
} from '@nephos/core'
import { all, first, type RawQuery } from '../../http/paging.ts'

type Find = InputOf<typeof imageFind>
type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const defaultLimit = 25
const mostLimit = 1_000

const sortKeys: Readonly<Record<string, ImageSortKey>> = {
  name: 'name',
  status: 'status',
  container_format: 'containerFormat',
  disk_format: 'diskFormat',
  size: 'size',
  id: 'id',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
}

/** Parameters that are no properties of images. */
const known: ReadonlySet<string> = new Set([
  'limit',
  'marker',
  'sort',
  'sort_key',
  'sort_dir',
  'visibility',
  'member_status',
  'os_hidden',
  'protected',
  'owner',
  'name',
  'status',
  'id',
  'container_format',
  'disk_format',
  'min_disk',
  'min_ram',
  'size',
  'size_min',
  'size_max',
  'checksum',
  'os_hash_algo',
  'os_hash_value',
  'tag',
  'created_at',
  'updated_at',
])

/**
 * What a list asks for (https://docs.openstack.org/api-ref/image/v2/#list-images).
 *
 * @returns undefined when a filter names what no image has, so that the list is empty.
 * @throws CloudError `invalid` with the parameter.
 */
export function findQuery(query: RawQuery): (Find & { readonly limit: number }) | undefined {
  const text = (name: string): string | undefined => first(query, name)
  const find: Mutable<Find> & { limit: number } = { limit: limitOf(text('limit')) }
  const marker = text('marker')
  if (marker !== undefined) find.marker = marker
  find.sort = sortOf(query)
  set(find, 'visibility', oneOf(query, 'visibility', [...imageVisibilities, 'all']))
  set(find, 'memberStatus', oneOf(query, 'member_status', [...imageMemberStatuses, 'all']))
  set(find, 'hidden', bool(query, 'os_hidden'))
  set(find, 'protected', bool(query, 'protected'))
  set(find, 'projectId', text('owner'))
  set(find, 'names', listOf(text('name'), 'name'))
  set(find, 'ids', listOf(text('id'), 'id'))
  const statuses = listOf(text('status'), 'status')
  set(find, 'statuses', statuses && among(statuses, imageStatuses, 'status'))
  set(find, 'minDiskGb', count(query, 'min_disk'))
  set(find, 'minRamMb', count(query, 'min_ram'))
  set(find, 'size', count(query, 'size'))
  set(find, 'sizeMin', count(query, 'size_min'))
  set(find, 'sizeMax', count(query, 'size_max'))
  set(find, 'checksum', text('checksum'))
  set(find, 'osHashValue', text('os_hash_value'))
  const tags = all(query, 'tag')
  if (tags.length > 0) find.tags = [...new Set(tags)]
  set(find, 'createdAt', moments(query, 'created_at'))
  set(find, 'updatedAt', moments(query, 'updated_at'))
  const properties = Object.entries(query).filter(([name]) => !known.has(name))
  if (properties.length > 0) {
    find.properties = Object.fromEntries(properties.map(([name]) => [name, text(name) as string]))
  }
  const disks = listOf(text('disk_format'), 'disk_format')
  const containers = listOf(text('container_format'), 'container_format')
  set(find, 'diskFormats', disks && diskFormats.filter((one) => disks.includes(one)))
  set(
    find,
    'containerFormats',
    containers && containerFormats.filter((one) => containers.includes(one)),
  )
  const algorithm = text('os_hash_algo')
  const isNone =
    find.diskFormats?.length === 0 ||
    find.containerFormats?.length === 0 ||
    (algorithm !== undefined && algorithm !== 'sha512')
  return isNone ? undefined : find
}

function set<K extends keyof Find>(find: Mutable<Find>, key: K, value: Find[K] | undefined): void {
  if (value !== undefined) find[key] = value
}

function bad(field: string, why: string): CloudError {
  return new CloudError('invalid', `${field}: ${why}.`, { field })
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return defaultLimit
  if (!/^\d{1,9}$/.test(text)) throw bad('limit', 'is no whole number from 0 on')
  return Math.min(Number(text), mostLimit)
}

function oneOf<T extends string>(
  query: RawQuery,
  name: string,
  values: readonly T[],
): T | undefined {
  const text = first(query, name)
  if (text === undefined) return undefined
  const found = values.find((value) => value === text)
  if (found === undefined) throw bad(name, `is none of ${values.join(', ')}`)
  return found
}

function among<T extends string>(
  texts: readonly string[],
  values: readonly T[],
  name: string,
): T[] {
  return texts.map((text) => {
    const found = values.find((value) => value === text)
    if (found === undefined) throw bad(name, `is none of ${values.join(', ')}`)
    return found
  })
}

function bool(query: RawQuery, name: string): boolean | undefined {
  const text = first(query, name)?.toLowerCase()
  if (text === undefined) return undefined
  if (text === 'true' || text === 'false') return text === 'true'
  throw bad(name, 'is neither true nor false')
}

function count(query: RawQuery, name: string): number | undefined {
  const text = first(query, name)
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text)) throw bad(name, 'is no whole number from 0 on')
  return Number(text)
}

/** One value, or several: `in:a,"b,c"`. */
function listOf(text: string | undefined, name: string): string[] | undefined {
  if (text === undefined) return undefined
  if (!text.startsWith('in:')) return [text]
  const values: string[] = []
  let rest = text.slice(3)
  while (rest !== '') {
    const part = /^(?:"((?:[^"\\]|\\.)*)"|([^",]*))(?:,|$)/.exec(rest)
    if (!part || part[0] === '') throw bad(name, 'is no list of values')
    values.push(part[1]?.replace(/\\(.)/g, '$1') ?? (part[2] as string))
    rest = rest.slice(part[0].length)
  }
  if (values.length === 0) throw bad(name, 'is an empty list')
  return values
}

const comparisons = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const

/** `gte:2016-04-18T21:38:54Z`; without a comparison, that moment. */
function moments(query: RawQuery, name: string): Find['createdAt'] {
  const texts = all(query, name)
  if (texts.length === 0) return undefined
  return texts.map((text) => {
    const parts = /^(?:([a-z]+):)?(\d{4}-\d\d-\d\dT?.*)$/i.exec(text)
    const is = comparisons.find((one) => one === (parts?.[1] ?? 'eq'))
    const at = Date.parse(zoned(parts?.[2] ?? ''))
    if (!is || Number.isNaN(at)) throw bad(name, 'is no comparison with a moment')
    return { is, at }
  })
}

/** A moment without a zone is of UTC. */
function zoned(text: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  return isDay || /(?:z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`
}

function sortOf(query: RawQuery): NonNullable<Find['sort']> {
  const combined = first(query, 'sort')
  const keys = all(query, 'sort_key')
  const directions = all(query, 'sort_dir')
  if (combined !== undefined && keys.length + directions.length > 0) {
    throw bad('sort', 'goes not together with sort_key and sort_dir')
  }
  const asked = combined?.split(',').map((part) => part.trim().split(':')) ?? []
  const pairs = combined === undefined ? paired(keys, directions) : asked
  return pairs.map(([name = '', direction = 'desc', ...more]) => {
    const key = Object.hasOwn(sortKeys, name) ? sortKeys[name] : undefined
    if (key === undefined || more.length > 0) throw bad('sort', 'names no field to sort by')
    if (direction !== 'asc' && direction !== 'desc') throw bad('sort_dir', 'is asc or desc')
    return { key, descending: direction === 'desc' }
  })
}

/** One direction is for all keys; otherwise each has its own. */
function paired(keys: readonly string[], directions: readonly string[]): string[][] {
  const names = keys.length > 0 ? keys : ['created_at']
  if (directions.length > 1 && directions.length !== names.length) {
    throw bad('sort_dir', 'is one for all, or one for each sort_key')
  }
  return names.map((name, at) => {
    const direction = directions[at] ?? directions[0]
    return direction === undefined ? [name] : [name, direction]
  })
}
