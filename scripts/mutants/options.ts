import { parseArgs } from 'node:util'
import type { Mutant } from '../../tests/mutants/mutant.ts'

export interface MutantOptions {
  /** Only mutants of the fast lane. */
  readonly fast: boolean
  /** Only these, by name. */
  readonly only: readonly string[] | undefined
  /** Print the ledger and run nothing. */
  readonly list: boolean
  /** The canary alone, as if it were any mutant: the run must fail. */
  readonly canaryCounts: boolean
  /** Mutants run at a time. */
  readonly lanes: number
}

/** @throws Error for what is no option. */
export function parseOptions(args: readonly string[]): MutantOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      fast: { type: 'boolean', default: false },
      only: { type: 'string' },
      list: { type: 'boolean', default: false },
      'canary-counts': { type: 'boolean', default: false },
      lanes: { type: 'string', default: '2' },
    },
  })
  const lanes = Number(values.lanes)
  if (!Number.isInteger(lanes) || lanes < 1) throw new Error('--lanes: a number from 1.')
  return {
    fast: values.fast,
    only: values.only?.split(','),
    list: values.list,
    canaryCounts: values['canary-counts'],
    lanes,
  }
}

/** @throws Error for a name that no mutant has. */
export function selected(ledger: readonly Mutant[], options: MutantOptions): readonly Mutant[] {
  const { only } = options
  if (only) {
    const unknown = only.filter((name) => !ledger.some((mutant) => mutant.name === name))
    if (unknown.length > 0) throw new Error(`No such mutant: ${unknown.join(', ')}`)
    return ledger.filter((mutant) => only.includes(mutant.name))
  }
  return options.fast ? ledger.filter((mutant) => mutant.lane === 'fast') : ledger
}
