import { describe, expect, test } from 'vitest'
import { BenchError } from '../errors.ts'
import { type Goal, goals, judge } from '../goals.ts'
import { commandLine } from './conditions.ts'
import { meanAndSd, median, percentilesUs } from './measure.ts'
import { choice, file, flag, integer, readOptions } from './options.ts'
import { random, runningSums } from './random.ts'

const options = {
  hosts: integer('hosts', 10, { min: 1, max: 100 }),
  file: file('data'),
  policy: choice('policy', ['pack', 'spread'], 'pack'),
  lifetimes: flag('known'),
}

describe('options', () => {
  test('have their defaults and are read', () => {
    const none = { hosts: 10, file: undefined, policy: 'pack', lifetimes: false, json: false }
    expect(readOptions([], options)).toEqual(none)
    const all = ['--hosts', '5', '--file=a', '--policy', 'spread', '--lifetimes', '--json']
    const given = { hosts: 5, file: 'a', policy: 'spread', lifetimes: true, json: true }
    expect(readOptions(all, options)).toEqual(given)
  })

  test.each([
    [['--hosts', 'x'], /^--hosts must be a whole number from 1 to 100, not "x"$/],
    [['--hosts', '101'], /^--hosts must be/],
    [['--hosts', '1', '--hosts', '2'], /^--hosts is given twice$/],
    [['--policy', 'best'], /^--policy must be one of pack, spread, not "best"$/],
    [['--file='], /^--file must be a path/],
    [['--other'], /--other/],
    [['word'], /word/],
    [['--hosts'], /--hosts/],
  ])('%j is refused in one line', (args, message) => {
    expect(() => readOptions(args, options)).toThrow(BenchError)
    expect(() => readOptions(args, options)).toThrow(message)
    expect(() => readOptions(args, options)).not.toThrow(/\n/)
  })
})

describe('goals', () => {
  const list: readonly Goal[] = [
    { id: 'A', suite: 's', path: 'a.b', what: 'rate', atLeast: true, target: 10 },
    {
      id: 'B',
      suite: 's',
      path: 'c',
      what: 'time',
      atLeast: false,
      target: [
        [100, 1],
        [1_000, 5],
      ],
      when: { kind: 'x' },
    },
  ]
  test('are met or missed, by the number of hosts', () => {
    const verdicts = (figures: object): unknown[] =>
      judge('s', figures, list).map(({ id, target, verdict }) => [id, target, verdict])
    expect(verdicts({ a: { b: 10 } })).toEqual([['A', 10, 'met']])
    expect(verdicts({ a: { b: 9 }, c: 4, kind: 'x', hosts: 999 })).toEqual([
      ['A', 10, 'missed'],
      ['B', 1, 'missed'],
    ])
    expect(verdicts({ c: 4, kind: 'x', hosts: 5_000 })).toEqual([['B', 5, 'met']])
    expect(verdicts({ c: 4, kind: 'y', hosts: 5_000 })).toEqual([])
    expect(verdicts({ c: 4, kind: 'x', hosts: 50 })).toEqual([])
    expect(judge('other', { a: { b: 1 } }, list)).toEqual([])
  })

  test('have targets in order of hosts', () => {
    for (const { target } of goals) {
      if (typeof target === 'number') continue
      const sizes = target.map(([hosts]) => hosts)
      expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
    }
  })
})

describe('figures', () => {
  test('median, mean and percentiles', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(meanAndSd([2, 4])).toEqual({ mean: 3, sd: Math.SQRT2 })
    const ms = Float64Array.from({ length: 2_000 }, (_, index) => (index % 1_000) / 1e3)
    ms[1_999] = 50
    expect(percentilesUs(ms, 2)).toEqual({
      p50: 500,
      p90: 900,
      p99: 990,
      p999: 25_499.5,
      max: 50_000,
      best: { p50: 500, p99: 990 },
      calls: 2_000,
      rounds: 2,
    })
  })

  test('random numbers are the same for a seed and follow weights', () => {
    const draw = (seed: number): number[] => {
      const numbers = random(seed)
      return Array.from({ length: 5 }, () => numbers.below(1_000))
    }
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    const sums = runningSums([1, 0, 3])
    const numbers = random(3)
    const drawn = Array.from({ length: 4_000 }, () => numbers.weighted(sums))
    const [first = 0, second, third = 0] = [0, 1, 2].map(
      (index) => drawn.filter((each) => each === index).length,
    )
    expect(second).toBe(0)
    expect(third / first).toBeGreaterThan(2.5)
  })

  test('a command keeps the last two parts of an absolute path', () => {
    expect(commandLine(['azure', '--file', '/a/b/c/d.csv', '--seed', '1'])).toBe(
      'npm run -s bench -- azure --file c/d.csv --seed 1',
    )
  })
})
