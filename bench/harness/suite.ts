import type { Options, Values } from './options.ts'

/** What a suite found. The figures are written as they are with `--json`. */
export interface Report {
  readonly figures: object
  /** What the placement engine ran on, or null when the suite does not use it. */
  readonly tier: string | null
  /** What a reader of the table must know besides. */
  readonly notes?: readonly string[]
}

export interface Suite {
  readonly summary: string
  readonly options: Options
  run(values: Readonly<Record<string, unknown>>): Promise<Report>
}

/** Ties a suite's options to the values that it gets. */
export function suite<const O extends Options>(given: {
  readonly summary: string
  readonly options: O
  run(values: Values<O>): Promise<Report>
}): Suite {
  return { ...given, run: (values) => given.run(values as Values<O>) }
}
