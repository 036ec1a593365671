import { CloudError, type Operation } from '@nephos/core'
import type { Exchange } from '../exchange.ts'
import { all, first, nextUrl, pageLimit, pageOf, type RawQuery } from '../paging.ts'
import { json, type Reply } from '../reply.ts'

type Body = Readonly<Record<string, unknown>>
type AnyExchange = Exchange<unknown, unknown>

/** Query parameters that are no filters. */
const controls = new Set([
  'limit',
  'marker',
  'sort',
  'sort_key',
  'sort_dir',
  'fields',
  'page_reverse',
  'tags',
  'tags-any',
  'not-tags',
  'not-tags-any',
])

/** Filters by the id of something related, and the lists of ids that they look into. */
const relations: Readonly<Record<string, string>> = {
  loadbalancer_id: 'loadbalancers',
  listener_id: 'listeners',
  pool_id: 'pools',
}

/** As whom a caller is answered: an administrator sees and changes what anybody has. */
export function asWhom(x: AnyExchange): Exchange<unknown, unknown>['actor'] {
  return x.operator ?? x.actor
}

/** Invokes an operation as `asWhom`. */
export function call<I, O, In>(
  x: AnyExchange,
  operation: Operation<I, O, In>,
  input: NoInfer<In>,
  options: { readonly step?: string } = {},
): Promise<O> {
  return x.invokeAs(asWhom(x), operation, input, options)
}

interface ListInput {
  limit?: number | undefined
  marker?: string | undefined
}

/** Every row that an operation lists. */
export async function everything<I, V extends { readonly id: string }, In>(
  x: AnyExchange,
  operation: Operation<I, V[], In & ListInput>,
  input: NoInfer<In>,
): Promise<V[]> {
  const rows: V[] = []
  for (let marker: string | undefined; ;) {
    const bounds = { limit: pageLimit, ...(marker !== undefined && { marker }) }
    const page = await call(x, operation, { ...input, ...bounds })
    rows.push(...page)
    marker = page.at(-1)?.id
    if (page.length < pageLimit) return rows
  }
}

/** How a kind of object is listed. */
export interface Listing<V> {
  /** `listeners`. */
  readonly many: string
  /** Where the list is, beneath the base. */
  readonly path: string
  /** Rows from the one after the marker on; all of them without bounds. */
  readonly page: (bounds: ListInput) => Promise<V[]>
  readonly rows: () => Promise<V[]>
  /** What is told of rows, read for all of them at once. */
  readonly bodies: (rows: readonly V[]) => Promise<Body[]>
}

/**
 * A page of a list, by filters and in an order, with a link to the next one
 * (https://docs.openstack.org/api-ref/load-balancer/v2/#filtering-and-column-selection).
 */
export async function listed<V extends { readonly id: string }>(
  x: Exchange<RawQuery, undefined>,
  listing: Listing<V>,
): Promise<Reply> {
  const { query } = x
  const { limit, marker } = pageOf(query)
  const isPlain = Object.keys(query).every((name) => ['limit', 'marker', 'fields'].includes(name))
  const page = isPlain
    ? await plainPage(listing, limit, marker)
    : await sortedPage(listing, query, limit, marker)
  const last = page.bodies.at(-1)?.['id']
  const links =
    page.hasMore && typeof last === 'string'
      ? [{ rel: 'next', href: nextUrl(x.url(listing.path), x.search, last) }]
      : []
  return json({
    [listing.many]: page.bodies.map((body) => fieldsOf(body, query)),
    [`${listing.many}_links`]: links,
  })
}

interface Page {
  readonly bodies: readonly Body[]
  readonly hasMore: boolean
}

async function plainPage<V extends { readonly id: string }>(
  listing: Listing<V>,
  limit: number,
  marker: string | undefined,
): Promise<Page> {
  const rows = await listing.page({ limit, ...(marker !== undefined && { marker }) })
  return { bodies: await listing.bodies(rows), hasMore: rows.length === limit }
}

async function sortedPage<V extends { readonly id: string }>(
  listing: Listing<V>,
  query: RawQuery,
  limit: number,
  marker: string | undefined,
): Promise<Page> {
  const every = await listing.bodies(await listing.rows())
  const ordered = inOrder(every.filter(filterOf(query, every[0])), query)
  const from = marker === undefined ? 0 : ordered.findIndex(({ id }) => id === marker) + 1
  if (marker !== undefined && from === 0) {
    throw new CloudError('notFound', 'marker: names no item.', { field: 'marker' })
  }
  return { bodies: ordered.slice(from, from + limit), hasMore: from + limit < ordered.length }
}

/** Only the fields that were asked for. */
export function fieldsOf(body: Body, query: RawQuery): Body {
  const names = all(query, 'fields').flatMap((value) => value.split(','))
  if (names.length === 0) return body
  return Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)))
}

function filterOf(query: RawQuery, example: Body | undefined): (body: Body) => boolean {
  const tests: ((body: Body) => boolean)[] = tagFilters(query)
  for (const name of Object.keys(query)) {
    if (controls.has(name)) continue
    const related = relations[name]
    if (related && example && Object.hasOwn(example, related)) {
      const ids = all(query, name)
      tests.push((body) =>
        (body[related] as readonly { readonly id: string }[]).some(({ id }) => ids.includes(id)),
      )
      continue
    }
    if (example && !Object.hasOwn(example, name)) {
      throw new CloudError('invalid', `${name.slice(0, 100)}: is no field to filter by.`, {
        field: name.slice(0, 100),
      })
    }
    const wanted = all(query, name).map((value) => value.toLowerCase())
    tests.push((body) => wanted.includes(textOf(body[name])))
  }
  return (body) => tests.every((test) => test(body))
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.toLowerCase()
  return value === null || value === undefined ? '' : JSON.stringify(value).toLowerCase()
}

function tagFilters(query: RawQuery): ((body: Body) => boolean)[] {
  const named = (name: string): readonly string[] | undefined => {
    const values = all(query, name).flatMap((value) => value.split(','))
    return values.length === 0 ? undefined : values
  }
  const own = (body: Body): readonly unknown[] => body['tags'] as readonly unknown[]
  const [every, some] = [named('tags'), named('tags-any')]
  const [notEvery, notSome] = [named('not-tags'), named('not-tags-any')]
  return [
    (body) => !every || every.every((tag) => own(body).includes(tag)),
    (body) => !some || some.some((tag) => own(body).includes(tag)),
    (body) => !notEvery || !notEvery.every((tag) => own(body).includes(tag)),
    (body) => !notSome || !notSome.some((tag) => own(body).includes(tag)),
  ]
}

/** `sort=name:desc,id`, or `sort_key` and `sort_dir`. */
function inOrder(bodies: readonly Body[], query: RawQuery): Body[] {
  const direction = first(query, 'sort_dir') ?? 'asc'
  const keys = [
    ...all(query, 'sort').flatMap((value) => value.split(',')),
    ...all(query, 'sort_key').map((key) => `${key}:${direction}`),
  ].map((term) => {
    const [key = '', way = 'asc'] = term.split(':')
    if (way !== 'asc' && way !== 'desc') {
      throw new CloudError('invalid', 'sort: a direction is asc or desc.', { field: 'sort' })
    }
    if (bodies[0] && !Object.hasOwn(bodies[0], key)) {
      throw new CloudError('invalid', `sort: there is no ${key.slice(0, 100)}.`, { field: 'sort' })
    }
    return { key, sign: way === 'asc' ? 1 : -1 }
  })
  if (keys.length === 0) return [...bodies]
  return bodies.toSorted((a, b) => {
    for (const { key, sign } of [...keys, { key: 'id', sign: 1 }]) {
      const order = compare(a[key], b[key])
      if (order !== 0) return order * sign
    }
    return 0
  })
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [one, other] = [textOf(a), textOf(b)]
  if (one === other) return 0
  return one < other ? -1 : 1
}
