import { CloudError } from '@nephos/core'

/** Query parameters that no schema speaks of: repeated ones are lists. */
export type RawQuery = Readonly<Record<string, string | readonly string[]>>

/** Rows that one page may have. */
export const pageLimit = 1_000

/** The first value of a query parameter. */
export function first(query: RawQuery, name: string): string | undefined {
  const value = query[name]
  return typeof value === 'string' ? value : value?.[0]
}

/** Every value of a query parameter. */
export function all(query: RawQuery, name: string): readonly string[] {
  const value = query[name]
  return value === undefined ? [] : typeof value === 'string' ? [value] : value
}

/**
 * The bounds of a page: `limit` and `marker`. A limit beyond what a page may have is cut to it.
 *
 * @throws CloudError `invalid` for a limit that is no number from 0 on.
 */
export function pageOf(
  query: RawQuery,
  most = pageLimit,
): { readonly limit: number; readonly marker?: string } {
  const text = first(query, 'limit')
  const marker = first(query, 'marker')
  if (text !== undefined && !/^\d{1,9}$/.test(text)) {
    throw new CloudError('invalid', 'limit: is no whole number from 0 on.', {
      field: 'limit',
      limit: most,
    })
  }
  const limit = text === undefined || Number(text) === 0 ? most : Math.min(Number(text), most)
  return { limit, ...(marker !== undefined && { marker }) }
}

/** The URL of the page after the item with this id: the request's own, with another marker. */
export function nextUrl(url: string, search: URLSearchParams, marker: string): string {
  const next = new URLSearchParams(search)
  next.set('marker', marker)
  return `${url}?${next.toString()}`
}

/** A switch in a query: `true`, `1`, `yes` and the like, in any case; undefined when absent. */
export function flag(query: RawQuery, name: string): boolean | undefined {
  const text = first(query, name)?.toLowerCase()
  if (text === undefined) return undefined
  if (['true', '1', 'yes', 'on', 't', 'y', ''].includes(text)) return true
  if (['false', '0', 'no', 'off', 'f', 'n'].includes(text)) return false
  throw new CloudError('invalid', `${name}: is neither true nor false.`, { field: name })
}
