import { describe, expect, it } from 'vitest'
import { ledgerFaults } from '../../scripts/mutants/check.ts'
import { parseOptions, selected } from '../../scripts/mutants/options.ts'
import { canary, ledger } from './ledger.ts'
import type { Mutant } from './mutant.ts'

const mutant: Mutant = { ...canary, name: 'other' }

describe('the mutation ledger', () => {
  it('can be run: each text is where it is said to be, once', () => {
    expect(ledgerFaults([...ledger, canary])).toEqual([])
    expect(ledger.length).toBeGreaterThanOrEqual(60)
  })

  it.each<[string, Partial<Mutant>, string]>([
    ['a text that is gone', { find: 'no such text' }, 'occurs 0 times'],
    ['a text that is ambiguous', { find: 'this' }, 'not once'],
    ['a file that is gone', { file: 'packages/none.ts' }, 'does not exist'],
    ['a test that is gone', { killers: ['none.test.ts'] }, 'none.test.ts does not exist'],
    ['nothing that ought to notice', { killers: [] }, 'ought to notice'],
    ['no change', { replace: canary.find }, 'by itself'],
    ['a name that is taken', { name: 'canary' }, 'taken'],
  ])('says of a mutant with %s so', (_, fields, said) => {
    const faults = ledgerFaults([canary, { ...mutant, ...fields }])
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(said)
  })
})

describe('options', () => {
  it('choose mutants', () => {
    const full: Mutant = { ...mutant, name: 'slow', lane: 'full' }
    const both = [mutant, full]
    expect(selected(both, parseOptions([]))).toEqual(both)
    expect(selected(both, parseOptions(['--fast']))).toEqual([mutant])
    expect(selected(both, parseOptions(['--only', 'slow']))).toEqual([full])
    expect(() => selected(both, parseOptions(['--only', 'slow,none']))).toThrow(/none/)
  })

  it.each(['0', '1.5', 'x'])('refuse %s lanes', (lanes) => {
    expect(() => parseOptions(['--lanes', lanes])).toThrow(/--lanes/)
  })
})
