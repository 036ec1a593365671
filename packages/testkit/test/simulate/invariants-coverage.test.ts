import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { invariants } from '@nephos/core'
import { describe, expect, it } from 'vitest'
import { checks } from '../../src/simulate/checks/index.ts'
import { invariantsCoverage } from '../../src/simulate/invariants-coverage.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')

describe('the table of invariants', () => {
  it('has all 36, each looked at somewhere or not to be looked at', () => {
    expect(invariantsCoverage.map(({ invariant }) => invariant)).toEqual(
      Array.from({ length: 36 }, (_, index) => index + 1),
    )
    const bare = invariantsCoverage.filter(({ rules, checks: own, also, absent }) => {
      const places = rules.length + own.length + also.length
      return absent === null ? places === 0 : places > 0
    })
    expect(bare).toEqual([])
  })

  it('has every rule of the core and every check of stories', () => {
    const rules = invariants.flatMap((one) => one.rules.map(({ name }) => name))
    expect(invariantsCoverage.flatMap((row) => row.rules)).toEqual(rules)
    expect(invariantsCoverage.flatMap((row) => row.checks).toSorted()).toEqual(
      checks.map(({ title }) => title).toSorted(),
    )
    expect(new Set(checks.map(({ title }) => title)).size).toBe(checks.length)
  })

  it('names files that exist', () => {
    const files = invariantsCoverage
      .flatMap(({ also }) => also)
      .filter((text) => text.endsWith('.ts'))
    expect(files.length).toBeGreaterThan(10)
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })
})
