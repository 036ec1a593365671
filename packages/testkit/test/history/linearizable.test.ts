import { SeededRandom } from '@nephos/core'
import { describe, expect, test } from 'vitest'
import { checkLinearizable } from '../../src/history/linearizable.ts'
import {
  counter,
  exclusiveHolder,
  hostCapacity,
  idempotencyKeys,
  register,
} from '../../src/history/models.ts'
import type {
  CounterInput,
  CounterOutput,
  KeyedInput,
  KeyedOutput,
  RegisterInput,
  RegisterOutput,
} from '../../src/history/models.ts'
import type { Model, Operation } from '../../src/history/operation.ts'
import { below, clientRun } from './client-run.ts'
import { counterObject, registerObject } from './objects.ts'

function at<I, O>([call, end]: readonly [number, number?], input: I, output?: O): Operation<I, O> {
  return { process: `p${call}`, call, return: end, input, output }
}

const write = (value: number): RegisterInput => ({ type: 'write', value })
const read: RegisterInput = { type: 'read' }
const value = (found: number | null): RegisterOutput => ({ value: found })

function verdict<S, I, O>(model: Model<S, I, O>, history: readonly Operation<I, O>[]): string {
  return checkLinearizable(model, history).verdict
}

describe('time', () => {
  test('what had returned comes first; those who meet may come in any order', () => {
    const first = at<RegisterInput, RegisterOutput>([1, 3], write(1), 'ok')
    const second = at<RegisterInput, RegisterOutput>([3, 4], write(2), 'ok')
    const later = at<RegisterInput, RegisterOutput>([4, 5], write(2), 'ok')
    expect(verdict(register, [first, second, at([6, 7], read, value(1))])).toBe('legal')
    expect(verdict(register, [first, later, at([6, 7], read, value(1))])).toBe('illegal')
  })

  test('an unknown outcome may come late, or never, but not before its call', () => {
    const lost = at<RegisterInput, RegisterOutput>([5], write(9))
    const none = at([6, 7], read, value(null))
    const late = at([8, 9], read, value(9))
    expect(verdict(register, [lost, none])).toBe('legal')
    expect(verdict(register, [lost, none, late])).toBe('legal')
    expect(verdict(register, [lost, late, at([10, 11], read, value(null))])).toBe('illegal')
    expect(verdict(register, [lost, at([1, 2], read, value(9))])).toBe('illegal')
  })

  test('an unknown answer may be any legal one', () => {
    const told = at<RegisterInput, RegisterOutput>([1, 2], write(1))
    expect(verdict(register, [told, at([3, 4], read, value(1))])).toBe('legal')
    expect(verdict(register, [told, at([3, 4], read, value(null))])).toBe('illegal')
  })

  test('a return before the call is refused', () => {
    expect(() => verdict(register, [at([2, 1], read, value(1))])).toThrow(RangeError)
    expect(() => verdict(register, [at([1, Number.NaN], read, value(1))])).toThrow(RangeError)
  })
})

test('the answer to an unknown first call with a key is settled by the next one', () => {
  const call: KeyedInput = { type: 'call', key: 'k', body: 'b' }
  const answer = (id: string): KeyedOutput => ({ answer: id })
  const lost = at<KeyedInput, KeyedOutput>([1], call)
  const history = [lost, at([2, 3], call, answer('x')), at([4, 5], call, answer('x'))]
  expect(verdict(idempotencyKeys, history)).toBe('legal')
  expect(verdict(idempotencyKeys, [...history, at([6, 7], call, answer('y'))])).toBe('illegal')
})

test('a claim of what one holds already is answered as told', () => {
  const input = { type: 'claim', item: 'a', holder: 'x' } as const
  const twice = [at([1, 2], input, 'ok' as const), at([3, 4], input, 'ok' as const)]
  expect(verdict(exclusiveHolder({ again: 'ok' }), twice)).toBe('legal')
  expect(verdict(exclusiveHolder(), twice)).toBe('illegal')
})

test('an illegal history is explained', () => {
  const history = [
    at([1, 2], { type: 'claim', host: 'h1', amount: 3 } as const, 'ok' as const),
    at([1, 2], { type: 'claim', host: 'h2', amount: 3 } as const, 'ok' as const),
    at([3, 4], { type: 'claim', host: 'h2', amount: 2 } as const, 'ok' as const),
    at([5, 6], { type: 'claim', host: 'h2', amount: 1 } as const, 'refused' as const),
  ]
  const result = checkLinearizable(hostCapacity({ capacity: 4 }), history)
  expect(result).toMatchObject({
    verdict: 'illegal',
    part: 'h2',
    prefix: [history[1], history[2]],
    order: [history[1]],
    stuck: [history[2]],
  })
  expect(result.verdict === 'illegal' && result.text).toBe(
    [
      'No order of the first 2 operations of part "h2" explains their answers.',
      'The longest legal order found has 1:',
      '  p1 [1..2] {"type":"claim","host":"h2","amount":3} -> "ok"',
      'Then the state is 3, and none of these can come next:',
      '  p3 [3..4] {"type":"claim","host":"h2","amount":2} -> "ok"',
    ].join('\n'),
  )
})

describe('size', () => {
  test('a search gives up at its budget', () => {
    // 24 that meet, and a read that no order explains: every set of them is looked at.
    const adds = Array.from({ length: 24 }, (_, step) =>
      at<CounterInput, CounterOutput>([1, 9], { type: 'add', amount: 2 ** step }, 'ok'),
    )
    const wrong = at<CounterInput, CounterOutput>([10, 11], { type: 'read' }, { value: 7 })
    const result = checkLinearizable(counter, [...adds, wrong], { budget: 10_000 })
    expect(result.verdict).toBe('undecided')
    expect(result.visited).toBeLessThan(10_100)
  })

  test('2,000 operations of 10 clients are decided by looking at few states', () => {
    const random = new SeededRandom(11)
    let next = 0
    const draw = (): RegisterInput => (below(random, 2) === 0 ? read : write(++next))
    const setting = { clients: 10, operations: 2000, random, draw }
    const history = clientRun({ ...setting, apply: registerObject() })
    const result = checkLinearizable(register, history)
    expect(result.verdict).toBe('legal')
    expect(result.visited).toBeLessThan(20_000)
  })

  test('many alike with unknown outcome cost little', () => {
    const random = new SeededRandom(12)
    const draw = (): CounterInput =>
      below(random, 2) === 0 ? { type: 'read' } : { type: 'add', amount: 1 }
    const setting = { clients: 6, operations: 400, random, draw }
    const history = clientRun({ ...setting, apply: counterObject(), lost: 25 })
    const result = checkLinearizable(counter, history)
    expect(result.verdict).toBe('legal')
    expect(result.visited).toBeLessThan(50_000)
  })

  test('the same history gives the same answer', () => {
    const run = (): unknown => {
      const random = new SeededRandom(13)
      const draw = (): RegisterInput => (below(random, 2) === 0 ? read : write(below(random, 3)))
      const setting = { clients: 5, operations: 60, random, draw }
      const history = clientRun({ ...setting, apply: registerObject() })
      const bent = history.map((one, index) => (index === 50 ? { ...one, output: value(9) } : one))
      return checkLinearizable(register, bent)
    }
    expect(run()).toEqual(run())
  })
})
