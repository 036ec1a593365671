import { CloudError } from '@nephos/core'
import type { Exchange } from '../exchange.ts'
import { first, flag, pageLimit, type RawQuery } from '../paging.ts'

/** Rows that a list looks through at most: quotas keep projects far below. */
const mostRows = 10_000

interface Row {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly createdAt: number
  readonly projectId: string
}

const sortKeys = {
  id: 'id',
  name: 'name',
  display_name: 'name',
  status: 'status',
  created_at: 'createdAt',
  project_id: 'projectId',
} as const

/**
 * A page of what a project has, or with `all_tenants` of what an administrator sees: sorted, newest
 * first unless asked otherwise, from `offset` on.
 *
 * @param fetch rows after the one of this id.
 * @throws CloudError `invalid` for bad parameters, `tooLarge` when there is more than one list may
 *   look through.
 */
export async function listed<T extends Row>(
  query: RawQuery,
  fetch: (page: { limit: number; marker?: string }) => Promise<readonly T[]>,
  keep: (row: T) => boolean,
): Promise<readonly T[]> {
  const rows: T[] = []
  for (let marker: string | undefined; ;) {
    const page = await fetch({ limit: pageLimit, ...(marker !== undefined && { marker }) })
    rows.push(...page)
    marker = page.at(-1)?.id
    if (page.length < pageLimit) break
    if (rows.length >= mostRows) {
      throw new CloudError('tooLarge', 'There are too many for one list.', { limit: mostRows })
    }
  }
  const offset = numberOf(query, 'offset') ?? 0
  const limit = Math.min(numberOf(query, 'limit') ?? pageLimit, pageLimit)
  return rows
    .filter(keep)
    .toSorted(orderOf<T>(query))
    .slice(offset, offset + limit)
}

function orderOf<T extends Row>(query: RawQuery): (a: T, b: T) => number {
  const name = first(query, 'sort_key') ?? 'created_at'
  const direction = first(query, 'sort_dir') ?? 'desc'
  if (!isSortKey(name)) {
    throw new CloudError('invalid', 'sort_key: names no field to sort by.', { field: 'sort_key' })
  }
  if (direction !== 'asc' && direction !== 'desc') {
    throw new CloudError('invalid', 'sort_dir: is asc or desc.', { field: 'sort_dir' })
  }
  const key = sortKeys[name]
  const sign = direction === 'asc' ? 1 : -1
  return (a, b) => {
    if (a[key] !== b[key]) return a[key] < b[key] ? -sign : sign
    return a.id < b.id ? -sign : sign
  }
}

function isSortKey(name: string): name is keyof typeof sortKeys {
  return Object.hasOwn(sortKeys, name)
}

function numberOf(query: RawQuery, name: string): number | undefined {
  const text = first(query, name)
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new CloudError('invalid', `${name}: is no whole number from 0 on.`, { field: name })
}

/** True for an administrator who asks for what all projects have; others see their own. */
export function seesAll<B>(x: Exchange<RawQuery, B>): boolean {
  return flag(x.query, 'all_tenants') === true && x.operator !== undefined
}

/** True where a filter is not given, or is this value. */
export function matches(query: RawQuery, name: string, value: string | null): boolean {
  const wanted = first(query, name)
  return wanted === undefined || wanted === value
}
