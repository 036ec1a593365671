import { SeededRandom } from '@nephos/core'
import { expect, test } from 'vitest'
import { checkSerializable } from '../../src/history/cycles.ts'
import type { Transaction, Dependency } from '../../src/history/dependencies.ts'
import { bruteSerializable } from './brute-force.ts'
import { below } from './client-run.ts'

const rows = ['x', 'y', 'z']

/**
 * Up to 6 commits. They are made one after the other by a store that keeps its word, then some
 * reads, versions and times are bent: some still have an order, some have none.
 */
function smallHistory(seed: number): readonly Transaction[] {
  const random = new SeededRandom(seed)
  const versions = new Map<string, number>()
  const bends = below(random, 4)
  return Array.from({ length: 2 + below(random, 5) }, (_, at) => {
    const reads: { row: string; rev: number | null }[] = []
    const writes: { row: string; rev: number }[] = []
    for (const row of rows) {
      const now = versions.get(row) ?? null
      const bent = below(random, 12) < bends
      if (below(random, 2) === 0) reads.push({ row, rev: bent ? below(random, 4) || null : now })
      if (below(random, 3) > 0) continue
      const rev = bent ? 1 + below(random, 5) : (now ?? 0) + 1 + below(random, 2)
      versions.set(row, rev)
      writes.push({ row, rev })
      if (below(random, 6) === 0) writes.push({ row, rev: rev + 1 })
    }
    const call = Math.max(0, at * 3 - below(random, 6))
    const end = below(random, 5) === 0 ? undefined : at * 3 + below(random, 6)
    return { id: `c${at}`, call, return: end, reads, writes }
  })
}

/** A cycle names its edges truly: they meet, and each holds by itself in the history. */
function checkCycle(commits: readonly Transaction[], cycle: readonly Dependency[]): void {
  const byId = new Map(commits.map((commit) => [commit.id, commit]))
  cycle.forEach(({ from, to, kind, row }, at) => {
    expect(cycle[(at + 1) % cycle.length]?.from).toBe(to)
    const [first, second] = [byId.get(from), byId.get(to)]
    if (!first || !second) return expect(from + to).toContain('whoever wrote')
    if (kind === 'rt') return expect(first.return).toBeLessThan(second.call)
    const revs = (list: Transaction['reads']) =>
      list.flatMap((entry) => (entry.row === row ? (entry.rev ?? 0) : []))
    const before = revs(kind === 'rw' ? first.reads : first.writes)
    const after = revs(kind === 'wr' ? second.reads : second.writes)
    const holds = before.some((one) =>
      after.some((other) => (kind === 'wr' ? one === other : one <= other)),
    )
    expect(holds, `${from} ${kind} ${to}`).toBe(true)
  })
}

test('cycles are found exactly where no serial order exists', () => {
  const seen = { legal: 0, illegal: 0 }
  for (let seed = 1; seed <= 4000; seed++) {
    const commits = smallHistory(seed)
    const expected = bruteSerializable(commits) ? 'legal' : 'illegal'
    const result = checkSerializable(commits)
    expect(result.verdict, `seed ${seed}`).toBe(expected)
    seen[expected]++
    if (result.verdict === 'illegal') checkCycle(commits, result.cycle)
  }
  expect(Math.min(seen.legal, seen.illegal)).toBeGreaterThan(1000)
})
