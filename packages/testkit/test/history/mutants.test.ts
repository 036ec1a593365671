import { SeededRandom } from '@nephos/core'
import { describe, expect, test } from 'vitest'
import { checkLinearizable } from '../../src/history/linearizable.ts'
import type { Model, Operation } from '../../src/history/operation.ts'
import {
  counter,
  exclusiveHolder,
  hostCapacity,
  idempotencyKeys,
  register,
  uniqueNames,
} from '../../src/history/models.ts'
import type {
  CounterInput,
  HolderInput,
  HolderOutput,
  KeyedInput,
  KeyedOutput,
  RegisterInput,
  RegisterOutput,
} from '../../src/history/models.ts'
import { below, clientRun, pick, withQuietReads } from './client-run.ts'
import {
  counterObject,
  holderObject,
  hostObject,
  keyedObject,
  nameObject,
  registerObject,
} from './objects.ts'

const seeds = Array.from({ length: 150 }, (_, at) => at + 1)

/** Runs the seeds and gives those whose verdict is another one. */
function others<S, I, O>(
  verdict: 'legal' | 'illegal',
  model: Model<S, I, O>,
  history: (random: SeededRandom, seed: number) => readonly Operation<I, O>[],
): number[] {
  return seeds.filter((seed) => {
    return checkLinearizable(model, history(new SeededRandom(seed), seed)).verdict !== verdict
  })
}

const names = ['a', 'b', 'c']

describe('what a real object answers is legal, lost answers and all', () => {
  test.each([0, 5, 25])('with %i of 200 answers lost', (lost) => {
    const setting = { clients: 6, operations: 120, lost }
    const type = ['create', 'delete', 'get'] as const
    expect(
      others('legal', uniqueNames, (random) => {
        const draw = () => ({ type: pick(random, type), name: pick(random, names) })
        return clientRun({ ...setting, random, draw, apply: nameObject() })
      }),
    ).toEqual([])
    expect(
      others('legal', idempotencyKeys, (random) => {
        const draw = () => keyedInput(random)
        return clientRun({ ...setting, random, draw, apply: keyedObject() })
      }),
    ).toEqual([])
    expect(
      others('legal', exclusiveHolder(), (random) => {
        const draw = () => holderInput(random)
        return clientRun({ ...setting, random, draw, apply: holderObject() })
      }),
    ).toEqual([])
    expect(
      others('legal', register, (random) => {
        let value = 0
        const draw = () =>
          below(random, 2) === 0
            ? { type: 'read' as const }
            : { type: 'write' as const, value: ++value }
        return clientRun({ ...setting, random, draw, apply: registerObject() })
      }),
    ).toEqual([])
    expect(
      others('legal', hostCapacity({ capacity: 10 }), (random) => {
        const kinds = ['claim', 'claim', 'release', 'used'] as const
        const draw = () => ({
          type: pick(random, kinds),
          host: pick(random, names),
          amount: 1 + below(random, 4),
        })
        return clientRun({ ...setting, random, draw, apply: hostObject(10, random) })
      }),
    ).toEqual([])
  })
})

describe('what a broken object answers is caught', () => {
  const setting = { clients: 8, operations: 200 }

  test('a read of what nobody wrote', () => {
    const history = (random: SeededRandom) => {
      const apply = counterObject()
      const run = clientRun({ ...setting, random, draw: () => counterInput(random), apply })
      const at = run.findIndex(({ input }, index) => index > 50 && input.type === 'read')
      return run.map((operation, index) =>
        index === at ? { ...operation, output: { value: 1_000_000 } } : operation,
      )
    }
    expect(others('illegal', counter, history)).toEqual([])
  })

  test('a stale read', () => {
    const history = (random: SeededRandom) => {
      let value = 0
      const draw = (): RegisterInput => ({ type: 'write', value: ++value })
      const run = clientRun({ clients: 6, operations: 90, random, draw, apply: registerObject() })
      const returned = (time: number, { return: end }: Operation<unknown, unknown>): boolean =>
        end !== undefined && end < time
      // A write that had returned when a later one was called can be read no more.
      const stale = run.find((old) => run.some(({ call }) => returned(call, old)))
      const old = stale?.input.type === 'write' ? stale.input.value : null
      return withQuietReads(run, [{ type: 'read' }], (): RegisterOutput => ({ value: old }))
    }
    expect(others('illegal', register, history)).toEqual([])
  })

  test('an effect that came twice', () => {
    const history = (random: SeededRandom) => {
      const object = counterObject()
      let calls = 0
      const apply = (input: CounterInput) => {
        if (input.type === 'add' && ++calls === 20) object(input)
        return object(input)
      }
      const run = clientRun({ ...setting, random, draw: () => counterInput(random), apply })
      return withQuietReads(run, [{ type: 'read' as const }], apply)
    }
    expect(others('illegal', counter, history)).toEqual([])
  })

  test('a key with two effects', () => {
    const history = (random: SeededRandom) => {
      let calls = 0
      const object = keyedObject()
      const apply = (input: KeyedInput): KeyedOutput => {
        return input.type === 'call' && ++calls === 40 ? { answer: 'another' } : object(input)
      }
      const draw = () => ({ type: 'call' as const, key: pick(random, names), body: 'same' })
      return clientRun({ ...setting, random, draw, apply })
    }
    expect(others('illegal', idempotencyKeys, history)).toEqual([])
  })

  test('an acknowledged claim that was lost', () => {
    const history = (random: SeededRandom) => {
      const object = holderObject()
      let last: HolderInput | undefined
      const apply = (input: HolderInput) => {
        const output = object(input)
        if (input.type === 'claim' && output === 'ok') last = input
        return output
      }
      const draw = (): HolderInput => ({
        type: 'claim',
        item: String(below(random, 40)),
        holder: String(below(random, 9)),
      })
      const run = clientRun({ ...setting, random, draw, apply })
      const item = last?.item ?? ''
      return withQuietReads(run, [{ type: 'holder', item }], (): HolderOutput => ({ holder: null }))
    }
    expect(others('illegal', exclusiveHolder(), history)).toEqual([])
  })

  test('a claim over the capacity', () => {
    const history = (random: SeededRandom) => {
      // It believes that there is room for one more than there is, and is asked until it is full.
      const draw = () => ({ type: 'claim' as const, host: pick(random, names), amount: 1 })
      return clientRun({ ...setting, random, draw, apply: hostObject(11) })
    }
    expect(others('illegal', hostCapacity({ capacity: 10 }), history)).toEqual([])
  })

  test('a refusal although there was room, where refusals are exact', () => {
    const history = (random: SeededRandom) => {
      const draw = () => ({ type: 'claim' as const, host: pick(random, names), amount: 1 })
      return clientRun({ ...setting, random, draw, apply: hostObject(9) })
    }
    expect(others('illegal', hostCapacity({ capacity: 10, refusals: 'exact' }), history)).toEqual(
      [],
    )
    expect(others('legal', hostCapacity({ capacity: 10 }), history)).toEqual([])
  })
})

function counterInput(random: SeededRandom): CounterInput {
  if (below(random, 3) === 0) return { type: 'read' }
  return { type: 'add', amount: 1 + below(random, 3) }
}

function keyedInput(random: SeededRandom): KeyedInput {
  const key = String(below(random, 20))
  if (below(random, 4) === 0) return { type: 'effects', key }
  return { type: 'call', key, body: below(random, 4) === 0 ? 'other' : 'same' }
}

function holderInput(random: SeededRandom): HolderInput {
  const item = String(below(random, 10))
  const type = pick(random, ['claim', 'claim', 'release', 'holder'] as const)
  return type === 'holder' ? { type, item } : { type, item, holder: pick(random, names) }
}
