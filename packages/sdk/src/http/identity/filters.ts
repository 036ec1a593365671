import { first, type RawQuery } from '../paging.ts'

type Compare = (value: string, wanted: string) => boolean

/** Ways to ask for names that are not known exactly (Keystone's inexact filters). */
const ways: Readonly<Record<string, Compare>> = {
  contains: (value, wanted) => value.includes(wanted),
  startswith: (value, wanted) => value.startsWith(wanted),
  endswith: (value, wanted) => value.endsWith(wanted),
}

/**
 * What `name__contains`, `name__istartswith` and the like in a query ask for.
 *
 * @param texts the texts of a row that may be asked for, by their names in the query.
 */
export function inexact<T>(
  query: RawQuery,
  texts: Readonly<Record<string, (row: T) => string>>,
): (row: T) => boolean {
  const tests: ((row: T) => boolean)[] = []
  for (const [name, textOf] of Object.entries(texts)) {
    for (const [way, compare] of Object.entries(ways)) {
      const exact = first(query, `${name}__${way}`)
      if (exact !== undefined) tests.push((row) => compare(textOf(row), exact))
      const loose = first(query, `${name}__i${way}`)?.toLowerCase()
      if (loose !== undefined) tests.push((row) => compare(textOf(row).toLowerCase(), loose))
    }
  }
  return (row) => tests.every((test) => test(row))
}
