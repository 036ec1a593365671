import { faultNames } from '@nephos/testkit'
import { describe, expect, it } from 'vitest'
import { faultMeanings } from './faults.ts'
import { faultLines, filled, foundLines, invariantLines } from './tables.ts'

describe('the table of invariants', () => {
  const row = {
    invariant: 1,
    title: 'No host is full.',
    rules: ['a', 'b'],
    checks: ['No host is full.', 'Hosts | guests.'],
    also: ['tests/e2e/races.test.ts', 'tenants'],
    absent: null,
  }

  it('says where each is looked at, and when it holds with old reads', () => {
    const [, , ...rows] = invariantLines([row, { ...row, invariant: 2 }], new Set([2]), new Set())
    const places =
      '`a`, `b` | watched “Hosts \\| guests.” | [races](../tests/e2e/races.test.ts), tenants'
    expect(rows).toEqual([
      `| 1 | No host is full. | ${places} | at rest |`,
      `| 2 | No host is full. | ${places} | holds |`,
    ])
  })

  it('counts names beyond the first ones, and says why there is nothing', () => {
    const rules = ['a', 'b', 'c', 'd', 'e']
    const lines = invariantLines(
      [
        { ...row, rules },
        { ...row, rules: [...rules, 'f'] },
        { ...row, rules: [], checks: [], also: ['tenants'] },
        { ...row, rules: [], checks: [], also: [], absent: 'there are none' },
      ],
      new Set(),
      new Set(),
    )
    expect(lines[2]).toContain('| `a`, `b`, `c`, `d`, `e` |')
    expect(lines[3]).toContain('| `a`, `b`, `c`, `d` and 2 more |')
    expect(lines[4]).toBe('| 1 | No host is full. |  |  | tenants |  |')
    expect(lines[5]).toBe('| 1 | No host is full. |  |  | nothing yet: there are none |  |')
  })
})

describe('the tables of faults', () => {
  it('have each fault once, by when it strikes', () => {
    const lines = faultLines(faultMeanings)
    for (const name of faultNames) {
      expect(lines.filter((line) => line.startsWith(`| \`${name}\` |`))).toHaveLength(1)
    }
    const second = lines.indexOf('| now and then | what happens |')
    expect(lines.indexOf(`| \`storeSlow\` | ${faultMeanings.storeSlow} |`)).toBeLessThan(second)
    expect(lines.indexOf(`| \`crash\` | ${faultMeanings.crash} |`)).toBeGreaterThan(second)
  })
})

describe('the stories that once failed', () => {
  const command = ({ seed }: { readonly seed: number }): string => `run ${seed}`

  it('are told with their commands', () => {
    expect(foundLines([], command)).toEqual(['No story is kept yet.'])
    expect(foundLines([{ story: { seed: 7 }, was: 'A lost answer.' }], command).at(-1)).toBe(
      '| A lost answer. | `run 7` |',
    )
  })
})

describe('a document', () => {
  const marked = 'a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n'

  it('keeps all but what is between the marks', () => {
    const once = filled(marked, { x: ['new', 'lines'] })
    expect(once).toBe('a\n<!-- begin x -->\nnew\nlines\n<!-- end x -->\nb\n')
    expect(filled(once, { x: ['new', 'lines'] })).toBe(once)
  })

  it('must have each pair of marks once', () => {
    expect(() => filled('a\n', { x: [] })).toThrow('"x"')
    expect(() => filled(marked + marked, { x: [] })).toThrow('"x"')
    expect(() => filled('<!-- begin x -->\nold\n', { x: [] })).toThrow('"x"')
  })
})
