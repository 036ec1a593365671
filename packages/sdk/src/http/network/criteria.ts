import { CloudError } from '@nephos/core'
import type { Body } from '../../wire/network/fields.ts'
import { all, first, flag, pageOf, type RawQuery } from '../paging.ts'

/** What a list is asked for: which rows, in which order, which page of them, which fields. */
export interface Criteria {
  readonly limit: number | undefined
  readonly marker: string | undefined
  readonly reverse: boolean
  readonly sort: readonly { readonly key: string; readonly sign: 1 | -1 }[]
  readonly fields: ReadonlySet<string> | undefined
  readonly keep: (body: Body) => boolean
}

const controls = new Set(['fields', 'limit', 'marker', 'page_reverse', 'sort_key', 'sort_dir'])
const tagFilters = ['tags', 'tags-any', 'not-tags', 'not-tags-any'] as const

/**
 * Reads the query of a list
 * (https://docs.openstack.org/api-ref/network/v2/#filtering-and-column-selection).
 *
 * @param attributes names that rows have: others cannot be filtered nor sorted by.
 * @throws CloudError `invalid` with the parameter.
 */
export function criteriaOf(query: RawQuery, attributes: ReadonlySet<string>): Criteria {
  const fields = all(query, 'fields')
  const tests = Object.keys(query)
    .filter((name) => !controls.has(name))
    .map((name) => testOf(query, name, attributes))
  const { limit, marker } = pageOf(query)
  return {
    limit: [undefined, '0'].includes(first(query, 'limit')) ? undefined : limit,
    marker,
    reverse: flag(query, 'page_reverse') ?? false,
    sort: sortOf(query, attributes),
    fields: fields.length === 0 ? undefined : new Set(fields),
    keep: (body) => tests.every((test) => test(body)),
  }
}

function sortOf(query: RawQuery, attributes: ReadonlySet<string>): Criteria['sort'] {
  const keys = all(query, 'sort_key')
  const directions = all(query, 'sort_dir')
  if (directions.length > 0 && directions.length !== keys.length) {
    throw invalid('sort_dir', 'is given as often as sort_key')
  }
  return keys.map((key, index) => {
    const direction = directions[index] ?? 'asc'
    if (!attributes.has(key)) throw invalid('sort_key', `${key.slice(0, 80)} is no attribute`)
    if (direction !== 'asc' && direction !== 'desc') throw invalid('sort_dir', 'is asc or desc')
    return { key, sign: direction === 'asc' ? 1 : -1 }
  })
}

type Test = (body: Body) => boolean

function testOf(query: RawQuery, name: string, attributes: ReadonlySet<string>): Test {
  const values = all(query, name)
  const tag = tagFilters.find((one) => one === name)
  if (tag && attributes.has('tags')) return tagTest(tag, values)
  if (name === 'changed_since' && attributes.has('updated_at')) return sinceTest(values)
  if (name === 'fixed_ips' && attributes.has(name)) return fixedIpsTest(values)
  if (!attributes.has(name)) throw invalid(name.slice(0, 80), 'is no attribute to filter by')
  return (body) => values.some((value) => isSame(body[name], value))
}

/** Texts of truth are written in either case; an empty value stands for none. */
function isSame(own: unknown, value: string): boolean {
  if (own === null || own === undefined) return value === '' || value.toLowerCase() === 'null'
  if (typeof own === 'boolean') return value.toLowerCase() === String(own) || Number(value) === +own
  if (Array.isArray(own)) return own.some((one) => isSame(one, value))
  return (typeof own === 'string' || typeof own === 'number') && String(own) === value
}

function tagTest(name: (typeof tagFilters)[number], values: readonly string[]): Test {
  const asked = values.flatMap((value) => value.split(','))
  const has = (body: Body, tag: string): boolean => (body['tags'] as string[]).includes(tag)
  const every: Test = (body) => asked.every((tag) => has(body, tag))
  const some: Test = (body) => asked.some((tag) => has(body, tag))
  if (name === 'tags') return every
  if (name === 'tags-any') return some
  return name === 'not-tags' ? (body) => !every(body) : (body) => !some(body)
}

function sinceTest(values: readonly string[]): Test {
  const since = Date.parse(values[0] ?? '')
  if (Number.isNaN(since)) throw invalid('changed_since', 'is no time of ISO 8601')
  return (body) => Date.parse(String(body['updated_at'])) >= since
}

const fixedIpKeys: Readonly<Record<string, (own: Body, value: string) => boolean>> = {
  ip_address: (own, value) => own['ip_address'] === value,
  ip_address_substr: (own, value) => String(own['ip_address']).includes(value),
  subnet_id: (own, value) => own['subnet_id'] === value,
}

/** `fixed_ips=ip_address=10.0.0.5`: of one key any value, of both keys one of each. */
function fixedIpsTest(values: readonly string[]): Test {
  const asked = new Map<string, string[]>()
  for (const text of values) {
    const at = text.indexOf('=')
    const key = text.slice(0, at)
    if (at < 0 || !Object.hasOwn(fixedIpKeys, key)) {
      throw invalid('fixed_ips', 'is of the form ip_address=10.0.0.5 or subnet_id=…')
    }
    asked.set(key, [...(asked.get(key) ?? []), text.slice(at + 1)])
  }
  return (body) =>
    [...asked].every(([key, wanted]) =>
      (body['fixed_ips'] as Body[]).some((own) =>
        wanted.some((value) => fixedIpKeys[key]?.(own, value)),
      ),
    )
}

/** In the order asked for, by id where that leaves them equal. */
export function sorted(bodies: readonly Body[], sort: Criteria['sort']): Body[] {
  return bodies.toSorted((a, b) => {
    for (const { key, sign } of [...sort, { key: 'id', sign: 1 as const }]) {
      const order = compare(a[key], b[key])
      if (order !== 0) return sign * order
    }
    return 0
  })
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [sortText(a), sortText(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function sortText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The fields that were asked for; all of them unless some were. */
export function selected(body: Body, fields: ReadonlySet<string> | undefined): Body {
  if (!fields) return body
  return Object.fromEntries(Object.entries(body).filter(([name]) => fields.has(name)))
}

function invalid(field: string, message: string): CloudError {
  return new CloudError('invalid', `${field}: ${message}.`, { field })
}
