import { SeededRandom } from '@nephos/core'
import { describe, expect, test } from 'vitest'
import { checkLinearizable } from '../../src/history/linearizable.ts'
import {
  counter,
  exclusiveHolder,
  hostCapacity,
  idempotencyKeys,
  register,
  uniqueNames,
} from '../../src/history/models.ts'
import type { NameInput, NameOutput } from '../../src/history/models.ts'
import type { Model, Operation } from '../../src/history/operation.ts'
import { bruteLinearizable } from './brute-force.ts'
import { below, pick } from './client-run.ts'

interface Draw<I, O> {
  readonly input: I
  readonly outputs: readonly O[]
}

/** Histories of up to 7 operations with answers at random: some have an order, some have none. */
function smallHistory<I, O>(
  seed: number,
  draws: readonly Draw<I, O>[],
): readonly Operation<I, O>[] {
  const random = new SeededRandom(seed)
  const span = 4 + below(random, 12)
  return Array.from({ length: 2 + below(random, 6) }, (_, at) => {
    const { input, outputs } = pick(random, draws)
    const call = below(random, span)
    // Times meet now and then: those who meet are concurrent.
    const open = below(random, 6) === 0
    const end = open ? undefined : call + below(random, 6)
    const output = open || below(random, 8) === 0 ? undefined : pick(random, outputs)
    return { process: `p${at}`, call, return: end, input, output }
  })
}

/** Compares 1,000 histories; returns how often the rarer verdict occurred. */
function differ<S, I, O>(
  model: Model<S, I, O>,
  draws: readonly Draw<I, O>[],
  firstSeed: number,
): number {
  const seen = { legal: 0, illegal: 0 }
  for (let seed = firstSeed; seed < firstSeed + 1000; seed++) {
    const history = smallHistory(seed, draws)
    const expected = bruteLinearizable(model, history) ? 'legal' : 'illegal'
    const result = checkLinearizable(model, history)
    expect(result.verdict, `seed ${seed}`).toBe(expected)
    seen[expected]++
    if (result.verdict === 'illegal') checkPrefix(model, history, result.prefix, seed)
  }
  return Math.min(seen.legal, seen.illegal)
}

/** The prefix has no order, and every shorter one has. */
function checkPrefix<S, I, O>(
  model: Model<S, I, O>,
  history: readonly Operation<I, O>[],
  prefix: readonly Operation<I, O>[],
  seed: number,
): void {
  const part = prefix[0] && model.partition?.(prefix[0])
  const own = history.filter((operation) => model.partition?.(operation) === part)
  expect(bruteLinearizable(model, prefix), `prefix of seed ${seed}`).toBe(false)
  const ends = own.flatMap((operation) => operation.return ?? []).sort((a, b) => a - b)
  const broken = ends.find((end) => !bruteLinearizable(model, own, end))
  const lastCall = Math.max(...prefix.map(({ call }) => call))
  const expected = own.filter(({ call }) => call <= (broken ?? 0)).map(({ call }) => call)
  expect(lastCall, `prefix of seed ${seed}`).toBe(Math.max(...expected))
}

describe('the search agrees with the definition', () => {
  test('register', () => {
    const outputs = [{ value: null }, { value: 1 }, { value: 2 }]
    const rarer = differ(
      register,
      [
        { input: { type: 'read' }, outputs },
        { input: { type: 'write', value: 1 }, outputs: ['ok'] },
        { input: { type: 'write', value: 2 }, outputs: ['ok'] },
        { input: { type: 'cas', from: 1, to: 2 }, outputs: ['ok', 'failed'] },
      ],
      1,
    )
    expect(rarer).toBeGreaterThan(150)
  })

  test('counter', () => {
    const outputs = [0, 1, 2, 3, 4].map((value) => ({ value }))
    const rarer = differ(
      counter,
      [
        { input: { type: 'read' }, outputs: outputs.slice(0, 3) },
        { input: { type: 'read' }, outputs },
        { input: { type: 'add', amount: 1 }, outputs: ['ok'] },
        { input: { type: 'add', amount: 2 }, outputs: ['ok'] },
      ],
      1001,
    )
    expect(rarer).toBeGreaterThan(150)
  })

  test('unique names', () => {
    const of = (name: string): Draw<NameInput, NameOutput>[] => [
      { input: { type: 'create', name }, outputs: ['ok', 'conflict'] },
      { input: { type: 'delete', name }, outputs: ['ok', 'notFound'] },
      { input: { type: 'get', name }, outputs: ['present', 'absent'] },
    ]
    expect(differ(uniqueNames, [...of('a'), ...of('b')], 2001)).toBeGreaterThan(150)
  })

  test('idempotency keys', () => {
    const outputs = [{ answer: 'x' }, { answer: 'x' }, { answer: 'y' }, 'mismatch' as const]
    const rarer = differ(
      idempotencyKeys,
      [
        { input: { type: 'call', key: 'k', body: '1' }, outputs },
        { input: { type: 'call', key: 'l', body: '1' }, outputs },
        { input: { type: 'call', key: 'k', body: '2' }, outputs },
        { input: { type: 'effects', key: 'k' }, outputs: [{ effects: 0 }, { effects: 1 }] },
      ],
      3001,
    )
    expect(rarer).toBeGreaterThan(150)
  })

  test('exclusive holders', () => {
    const rarer = differ(
      exclusiveHolder({ again: 'ok' }),
      [
        { input: { type: 'claim', item: 'a', holder: 'x' }, outputs: ['ok', 'ok', 'taken'] },
        { input: { type: 'claim', item: 'a', holder: 'y' }, outputs: ['ok', 'taken'] },
        { input: { type: 'release', item: 'a', holder: 'x' }, outputs: ['ok', 'notHeld'] },
        { input: { type: 'claim', item: 'b', holder: 'x' }, outputs: ['ok', 'taken'] },
        { input: { type: 'holder', item: 'a' }, outputs: [{ holder: 'x' }, { holder: null }] },
      ],
      4001,
    )
    expect(rarer).toBeGreaterThan(150)
  })

  test.each(['weak', 'exact'] as const)('host capacity with %s refusals', (refusals) => {
    const rarer = differ(
      hostCapacity({ capacity: (host) => (host === 'a' ? 3 : 2), refusals }),
      [
        { input: { type: 'claim', host: 'a', amount: 1 }, outputs: ['ok', 'refused'] },
        { input: { type: 'claim', host: 'a', amount: 2 }, outputs: ['ok', 'ok', 'refused'] },
        { input: { type: 'release', host: 'a', amount: 1 }, outputs: ['ok'] },
        { input: { type: 'claim', host: 'b', amount: 2 }, outputs: ['ok', 'refused'] },
        { input: { type: 'used', host: 'a', amount: 0 }, outputs: [{ used: 1 }, { used: 3 }] },
      ],
      5001,
    )
    expect(rarer).toBeGreaterThan(150)
  })
})
