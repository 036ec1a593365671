import { all, type RawQuery } from '../paging.ts'

const plain = /^[A-Za-z0-9._:-]{1,128}$/

/**
 * Filters of an operation's list that a query's say the same as: of one plain value each. What is
 * left out here is filtered later.
 *
 * @param names of the filters, by those of the parameters.
 */
export function hint<K extends string>(
  query: RawQuery,
  names: Readonly<Record<string, K>>,
): { readonly [key in K]?: string } {
  const hints: { [key in K]?: string } = {}
  for (const [parameter, name] of Object.entries(names)) {
    const values = all(query, parameter)
    const [value] = values
    if (values.length === 1 && value !== undefined && plain.test(value)) hints[name] = value
  }
  return hints
}
