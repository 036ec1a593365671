import { type Actor, CloudError } from '@nephos/core'
import type { Link } from '../../wire/volume/common.ts'
import { dictionaryOf } from '../../wire/volume/common.ts'
import type { Exchange } from '../exchange.ts'
import { first, flag, nextUrl, pageLimit, pageOf, type RawQuery } from '../paging.ts'

/** Links to a thing: with the version of the interface, and without. */
export function linksOf(
  x: Exchange<unknown, unknown>,
  collection: string,
  id: string,
): readonly Link[] {
  const self = x.url(`/${collection}/${id}`)
  return [
    { rel: 'self', href: self },
    { rel: 'bookmark', href: self.replace('/volume/v3/', '/volume/') },
  ]
}

/** As whom things are looked at: administrators see those of all projects. */
export function seer(x: Exchange<unknown, unknown>): Actor {
  return x.operator ?? x.actor
}

/** Whose things are listed, and as whom: `all_tenants` is for administrators. */
export function reach(x: Exchange<RawQuery, unknown>): {
  readonly actor: Actor
  readonly projectId?: string
} {
  const { operator } = x
  if (!operator) return { actor: x.actor }
  if (flag(x.query, 'all_tenants') !== true && x.actor.projectId !== null) {
    return { actor: operator, projectId: x.actor.projectId }
  }
  const projectId = first(x.query, 'project_id') ?? first(x.query, 'tenant_id')
  return { actor: operator, ...(projectId !== undefined && { projectId }) }
}

interface Sort<K extends string> {
  readonly key: K
  readonly descending: boolean
}

/**
 * Bounds and order of a list: newest first unless another order is asked for.
 *
 * @throws CloudError `invalid` for what is no bound, or no key of these.
 */
export function listInput<K extends string>(
  query: RawQuery,
  keys: Readonly<Record<string, K>>,
  newest: K,
): {
  readonly limit: number
  readonly marker?: string
  readonly offset: number
  readonly sort: Sort<K>[]
} {
  const offset = first(query, 'offset') ?? '0'
  if (!/^\d{1,10}$/.test(offset) || Number(offset) > 2_147_483_647) {
    throw new CloudError('invalid', 'offset: is no whole number from 0 on.', { field: 'offset' })
  }
  const sort = sortOf(query).map(([name, direction]): Sort<K> => {
    const key = keys[name]
    if (key === undefined) throw new CloudError('invalid', 'sort: no such key.', { field: 'sort' })
    return { key, descending: direction !== 'asc' }
  })
  const chosen = sort.length > 0 ? sort : [{ key: newest, descending: true }]
  return { ...pageOf(query), offset: Number(offset), sort: chosen }
}

/** Keys and directions: `sort=a:asc,b`, or the older `sort_key` and `sort_dir`. */
function sortOf(query: RawQuery): [string, string][] {
  const text = first(query, 'sort')
  const key = first(query, 'sort_key')
  const pairs =
    text === undefined ? (key === undefined ? [] : [[key, first(query, 'sort_dir')]]) : []
  const words = text === undefined ? pairs : text.split(',').map((part) => part.split(':'))
  return words.map(([name = '', direction = 'desc']): [string, string] => {
    if (direction === 'asc' || direction === 'desc') return [name.trim(), direction]
    throw new CloudError('invalid', 'sort_dir: is neither asc nor desc.', { field: 'sort_dir' })
  })
}

const comparisons = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const

/** Moments as `gt:2020-01-01T00:00:00,lt:…`, or one alone. */
function momentsOf(query: RawQuery, field: string) {
  const text = first(query, field)
  if (text === undefined) return undefined
  return text.split(',').map((part) => {
    const [, name = 'eq', time = part] = /^([a-z]+):(\d.*)$/.exec(part) ?? []
    const is = comparisons.find((known) => known === name)
    const at = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(time) ? time : `${time}Z`)
    if (is && Number.isFinite(at)) return { is, at }
    throw new CloudError('invalid', `${field}: is no comparison with a time.`, { field })
  })
}

interface Moment {
  readonly is: (typeof comparisons)[number]
  readonly at: number
}

interface CommonFilters {
  readonly name?: string
  readonly nameLike?: string
  readonly metadata?: Record<string, string>
  readonly createdAt?: Moment[]
  readonly updatedAt?: Moment[]
}

/** True: a page of nothing is asked for. */
export function isEmptyPage(query: RawQuery): boolean {
  return first(query, 'limit') === '0'
}

/** Filters that most lists take. */
export function commonFilters(query: RawQuery): CommonFilters {
  const name = first(query, 'name') ?? first(query, 'display_name')
  const nameLike = first(query, 'name~')
  const metadata = first(query, 'metadata')
  const createdAt = momentsOf(query, 'created_at')
  const updatedAt = momentsOf(query, 'updated_at')
  return {
    ...(name !== undefined && { name }),
    ...(nameLike !== undefined && { nameLike }),
    ...(metadata !== undefined && { metadata: dictionaryOf(metadata, 'metadata') }),
    ...(createdAt && { createdAt }),
    ...(updatedAt && { updatedAt }),
  }
}

/** Parameters of lists that are no filters. */
const paging = new Set([
  ...['limit', 'marker', 'offset', 'sort', 'sort_key', 'sort_dir', 'all_tenants', 'with_count'],
])

/** @throws CloudError `invalid` for a filter that the list has not: from 3.31 on these are told. */
export function requireFilters(x: Exchange<RawQuery, unknown>, names: readonly string[]): void {
  if (x.version < 31) return
  const unknown = Object.keys(x.query).find((name) => !paging.has(name) && !names.includes(name))
  if (unknown === undefined) return
  throw new CloudError('invalid', `Invalid filters ${unknown.slice(0, 60)} are found in query.`, {
    field: unknown.slice(0, 60),
  })
}

/** The page of a list, with a link to the next one when it is full. */
export function pageBody(
  x: Exchange<RawQuery, unknown>,
  page: {
    readonly name: string
    readonly path: string
    readonly items: readonly unknown[]
    readonly last: string | undefined
  },
): Readonly<Record<string, unknown>> {
  const { name, path, items, last } = page
  const { limit } = pageOf(x.query)
  const isFull = items.length >= limit && (limit < pageLimit || items.length === pageLimit)
  const next =
    isFull && last !== undefined
      ? { [`${name}_links`]: [{ rel: 'next', href: nextUrl(x.url(path), x.search, last) }] }
      : {}
  return { [name]: items, ...next }
}

/** What a request says of a name: `display_name` is its older word. */
export function named(fields: {
  readonly name?: string | null | undefined
  readonly display_name?: string | null | undefined
  readonly description?: string | null | undefined
  readonly display_description?: string | null | undefined
}): { readonly name?: string; readonly description?: string } {
  const name = fields.name ?? fields.display_name
  const description = fields.description ?? fields.display_description
  return {
    ...(name !== undefined && name !== null && { name }),
    ...(description !== undefined && description !== null && { description }),
  }
}

/** A text of a client that must be one of some. @throws CloudError `invalid` with the field. */
export function oneOf<T extends string>(all: readonly T[], text: string, field: string): T {
  const found = all.find((one) => one === text)
  if (found !== undefined) return found
  throw new CloudError('invalid', `${field}: is none of ${all.join(', ')}.`, { field })
}
