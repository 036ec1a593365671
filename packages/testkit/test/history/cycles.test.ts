import { SeededRandom } from '@nephos/core'
import { describe, expect, test } from 'vitest'
import { checkSerializable } from '../../src/history/cycles.ts'
import type { Transaction } from '../../src/history/dependencies.ts'
import { below } from './client-run.ts'

/** `x1 y-` in short: the rows x at 1 and y as absent. */
function versions(text: string): { row: string; rev: number | null }[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => ({ row: word.charAt(0), rev: word[1] === '-' ? null : Number(word.slice(1)) }))
}

function commit(
  id: string,
  [call, end]: readonly [number, number?],
  { reads = '', writes = '' }: { readonly reads?: string; readonly writes?: string },
): Transaction {
  const written = versions(writes).map(({ row, rev }) => ({ row, rev: rev ?? 0 }))
  return { id, call, return: end, reads: versions(reads), writes: written }
}

/** The cycle in short, from its smallest name on. */
function cycleOf(commits: readonly Transaction[]): string | undefined {
  const result = checkSerializable(commits)
  if (result.verdict === 'legal') return undefined
  const steps = result.cycle.map(({ from, kind, row }) => `${from} ${kind}${row ? ` ${row}` : ''}`)
  const first = steps.indexOf(steps.toSorted()[0] ?? '')
  return [...steps.slice(first), ...steps.slice(0, first)].join(', ')
}

const meanwhile = [0, 9] as const

describe('anomalies have their cycle', () => {
  test('writes of one operation split in two, and a read in between', () => {
    const whole = commit('claim', meanwhile, { writes: 'x1 y1' })
    const torn = commit('read', meanwhile, { reads: 'x1 y-' })
    expect(cycleOf([whole, torn])).toBe('claim wr x, read rw y')
    expect(cycleOf([whole, commit('read', meanwhile, { reads: 'x1 y1' })])).toBeUndefined()
    expect(cycleOf([whole, commit('read', meanwhile, { reads: 'x- y-' })])).toBeUndefined()
  })

  test('a version in the middle of an operation', () => {
    const twice = commit('a', meanwhile, { writes: 'x1 x2' })
    expect(cycleOf([twice, commit('b', meanwhile, { reads: 'x1' })])).toBe('a wr x, b rw x')
  })

  test('a lost update', () => {
    const commits = [
      commit('a', meanwhile, { reads: 'x1', writes: 'x2' }),
      commit('b', meanwhile, { reads: 'x1', writes: 'x3' }),
    ]
    expect(cycleOf(commits)).toBe('a ww x, b rw x')
  })

  test('one version by two writers', () => {
    const commits = [
      commit('a', meanwhile, { writes: 'x2' }),
      commit('b', meanwhile, { writes: 'x2' }),
    ]
    expect(cycleOf(commits)).toBe('a ww x, b ww x')
  })

  test('write skew', () => {
    const commits = [
      commit('a', meanwhile, { reads: 'x1 y1', writes: 'x2' }),
      commit('b', meanwhile, { reads: 'x1 y1', writes: 'y2' }),
    ]
    expect(cycleOf(commits)).toBe('a rw y, b rw x')
  })

  test('a stale read after a write that had returned', () => {
    const write = commit('write', [1, 2], { writes: 'x2' })
    expect(cycleOf([write, commit('read', [3, 4], { reads: 'x1' })])).toBe('read rw x, write rt')
    expect(cycleOf([write, commit('read', [2, 4], { reads: 'x1' })])).toBeUndefined()
    const unknown = commit('write', [1], { writes: 'x2' })
    expect(cycleOf([unknown, commit('read', [3, 4], { reads: 'x1' })])).toBeUndefined()
  })

  test('two readers who disagree on what came first', () => {
    const commits = [
      commit('a', meanwhile, { writes: 'x1' }),
      commit('b', meanwhile, { writes: 'y1' }),
      commit('c', meanwhile, { reads: 'x1 y-' }),
      commit('d', meanwhile, { reads: 'x- y1' }),
    ]
    expect(cycleOf(commits)).toBe('a wr x, c rw y, b wr y, d rw x')
  })

  test('versions of writers that nobody knows', () => {
    const commits = [
      commit('a', [1, 2], { reads: 'x7 y3' }),
      commit('b', [3, 4], { reads: 'x7 y2' }),
    ]
    const result = checkSerializable(commits)
    expect(result.verdict).toBe('illegal')
    expect(result.verdict === 'illegal' && result.text).toContain('whoever wrote y at 3 -> a (wr)')
  })
})

test('an explanation names rows, versions and times', () => {
  const result = checkSerializable([
    commit('write', [1, 2], { writes: 'x2' }),
    commit('read', [3, 4], { reads: 'x1' }),
  ])
  expect(result).toMatchObject({ verdict: 'illegal' })
  const lines = result.verdict === 'illegal' ? result.text.split('\n').slice(1).sort() : []
  expect(lines).toEqual([
    '  read -> write (rw): x was read at 1 before 2',
    '  write -> read (rt): it returned at 2, the latter was called at 3',
  ])
})

test('what cannot be a history is refused', () => {
  expect(() => checkSerializable([commit('a', [2, 1], {})])).toThrow(RangeError)
  expect(() => checkSerializable([commit('a', [1], {}), commit('a', [1], {})])).toThrow(RangeError)
})

describe('a long history', () => {
  /** Commits one after the other in effect, not in time: each of 10 clients is somewhere else. */
  function longHistory(count: number): Transaction[] {
    const random = new SeededRandom(7)
    const revs = new Map<string, number>()
    return Array.from({ length: count }, (_, at) => {
      const touched = new Set(Array.from({ length: 4 }, () => `row ${below(random, 200)}`))
      const reads = [...touched].map((row) => ({ row, rev: revs.get(row) ?? null }))
      const writes = reads.slice(0, 2).map(({ row, rev }) => ({ row, rev: (rev ?? 0) + 1 }))
      for (const { row, rev } of writes) revs.set(row, rev)
      const call = 10 * at - below(random, 100)
      return { id: `c${at}`, call, return: 10 * at + below(random, 100), reads, writes }
    })
  }

  test('is legal, and a read of one version too old in its midst is not', () => {
    const commits = longHistory(5000)
    expect(checkSerializable(commits)).toEqual({ verdict: 'legal' })
    const bent = commits.map((one, at) => {
      if (at !== 2500) return one
      const reads = one.reads.map(({ row, rev }) => ({ row, rev: (rev ?? 2) - 1 }))
      return { ...one, reads }
    })
    const result = checkSerializable(bent)
    expect(result.verdict === 'illegal' && result.cycle.length).toBe(2)
    expect(result.verdict === 'illegal' && result.text).toContain('c2500')
  })
})
