import { CloudError } from '@nephos/core'
import type { Body } from '../../wire/network/fields.ts'
import { pageLimit, type RawQuery } from '../paging.ts'
import { json, type Reply } from '../reply.ts'
import type { Asked } from './calls.ts'
import { type Criteria, criteriaOf, selected, sorted } from './criteria.ts'

/** Resources of one noun, as lists and documents show them. */
export interface Collection<T extends { readonly id: string }> {
  /** `network`, and `networks`. */
  readonly one: string
  readonly many: string
  /** Beneath the base: `/networks`. */
  readonly path: string
  /** Every attribute that a resource has, whoever asks. */
  readonly attributes: readonly string[]
  /** Those of them that one filters by, and that are not shown. */
  readonly hidden?: readonly string[]
  /**
   * A page of rows that the caller may see, after the one with this id. `query` may leave rows out
   * that it does not ask for.
   */
  readonly read: (x: Asked, page: RowPage, query: RawQuery) => Promise<readonly T[]>
  /** The bodies of rows, in the same order; undefined for a row that is not to be seen. */
  readonly bodies: (
    x: Asked,
    rows: readonly T[],
    fields: ReadonlySet<string> | undefined,
  ) => Promise<readonly (Body | undefined)[]> | readonly (Body | undefined)[]
}

export interface RowPage {
  readonly limit: number
  readonly marker?: string
}

/** Rows that are put in another order than their own at once: beyond, filters must leave fewer. */
const sortable = 50_000

/** Answers a list. */
export async function answerList<T extends { readonly id: string }>(
  x: Asked,
  collection: Collection<T>,
): Promise<Reply> {
  const query = x.query as RawQuery
  const criteria = criteriaOf(query, new Set(collection.attributes))
  const found =
    criteria.sort.length === 0 && !criteria.reverse
      ? await inOrder(x, collection, criteria)
      : await reordered(x, collection, criteria)
  const { bodies, hasMore } = found
  const links = linksOf(x, collection, criteria, bodies, hasMore)
  return json({
    [collection.many]: bodies.map((body) => shown(selected(body, criteria.fields), collection)),
    ...(links.length > 0 && { [`${collection.many}_links`]: links }),
  })
}

/** What of a body is told. */
export function shown<T extends { readonly id: string }>(
  body: Body,
  { hidden = [] }: Collection<T>,
): Body {
  if (hidden.length === 0) return body
  return Object.fromEntries(Object.entries(body).filter(([name]) => !hidden.includes(name)))
}

interface Found {
  readonly bodies: readonly Body[]
  readonly hasMore: boolean
}

/** Rows in their own order: as many pages are read as the answer needs. */
async function inOrder<T extends { readonly id: string }>(
  x: Asked,
  collection: Collection<T>,
  { limit = pageLimit, marker, keep, fields }: Criteria,
): Promise<Found> {
  const bodies: Body[] = []
  for await (const page of pages(x, collection, fields, marker)) {
    for (const body of page) {
      if (!keep(body)) continue
      if (bodies.length === limit) return { bodies, hasMore: true }
      bodies.push(body)
    }
  }
  return { bodies, hasMore: false }
}

async function reordered<T extends { readonly id: string }>(
  x: Asked,
  collection: Collection<T>,
  { limit = pageLimit, marker, keep, fields, sort, reverse }: Criteria,
): Promise<Found> {
  const kept: Body[] = []
  for await (const page of pages(x, collection, fields)) {
    kept.push(...page.filter(keep))
    if (kept.length <= sortable) continue
    throw new CloudError('invalid', `sort_key: more than ${sortable} rows are to be sorted.`, {
      field: 'sort_key',
      limit: sortable,
    })
  }
  const order = sort.length === 0 ? kept : sorted(kept, sort)
  const way = reverse ? order.toReversed() : order
  const at = marker === undefined ? -1 : way.findIndex(({ id }) => id === marker)
  if (marker !== undefined && at < 0) {
    throw new CloudError('invalid', 'marker: names no item.', { field: 'marker' })
  }
  const part = way.slice(at + 1, at + 1 + limit)
  const hasMore = at + 1 + limit < way.length
  return { bodies: reverse ? part.toReversed() : part, hasMore }
}

async function* pages<T extends { readonly id: string }>(
  x: Asked,
  collection: Collection<T>,
  fields: ReadonlySet<string> | undefined,
  after?: string,
): AsyncGenerator<readonly Body[]> {
  for (let marker = after; ;) {
    const page = { limit: pageLimit, ...(marker !== undefined && { marker }) }
    const rows = await collection.read(x, page, x.query as RawQuery)
    // What is filtered or sorted by is needed too: only what costs reads looks at the fields.
    const bodies = await collection.bodies(x, rows, fields)
    yield bodies.filter((body) => body !== undefined)
    marker = rows.at(-1)?.id
    if (rows.length < pageLimit || marker === undefined) return
  }
}

/**
 * Where the pages before and after are. Neutron tells of one before whenever a limit was asked for,
 * and of one after when the page is full.
 */
function linksOf<T extends { readonly id: string }>(
  x: Asked,
  { path }: Collection<T>,
  { limit, reverse }: Criteria,
  bodies: readonly Body[],
  hasMore: boolean,
): readonly Body[] {
  const isFull = limit === undefined ? hasMore : bodies.length >= limit
  const href = (marker: unknown, back: boolean): string => {
    const search = new URLSearchParams(x.search)
    search.delete('page_reverse')
    // Beyond the last page there is nothing to begin from: the page before is the last one.
    search.delete('marker')
    if (typeof marker === 'string') search.set('marker', marker)
    if (back) search.set('page_reverse', 'True')
    return `${x.url(path)}?${search.toString()}`
  }
  const next = { rel: 'next', href: href(bodies.at(-1)?.['id'], false) }
  const previous = { rel: 'previous', href: href(bodies[0]?.['id'], true) }
  if (limit === undefined && !reverse) return isFull ? [next] : []
  return [...(isFull || reverse ? [next] : []), ...(isFull || !reverse ? [previous] : [])]
}
