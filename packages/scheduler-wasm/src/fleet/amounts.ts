import type { Resources } from './api.ts'

/** Amounts by the numbers of their names, ascending; those that are 0 included. */
export interface Amounts {
  readonly names: readonly number[]
  readonly amounts: readonly number[]
}

/** The amount under a name's number, 0 if there is none. */
export function amountOf(given: Amounts, name: number): number {
  const at = given.names.indexOf(name)
  return at < 0 ? 0 : (given.amounts[at] as number)
}

/** Own properties only, whatever they are called. */
export function amountsOf(resources: Resources, intern: (name: string) => number): Amounts {
  const rows = Object.keys(resources).map(
    (name) => [intern(name), resources[name] as number] as const,
  )
  rows.sort(([a], [b]) => a - b)
  return { names: rows.map(([name]) => name), amounts: rows.map(([, amount]) => amount) }
}

/** An object of amounts, by name in the order of names. */
export function resourcesOf(rows: readonly (readonly [name: string, amount: number])[]): Resources {
  return Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1)))
}
