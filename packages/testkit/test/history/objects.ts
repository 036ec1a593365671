import type { Random } from '@nephos/core'
import type {
  CapacityInput,
  CapacityOutput,
  CounterInput,
  CounterOutput,
  HolderInput,
  HolderOutput,
  KeyedInput,
  KeyedOutput,
  NameInput,
  NameOutput,
  RegisterInput,
  RegisterOutput,
} from '../../src/history/models.ts'
import { below } from './client-run.ts'

/** Real objects, written without a look at the models. */

export function nameObject(): (input: NameInput) => NameOutput {
  const taken = new Set<string>()
  return ({ type, name }) => {
    if (type === 'get') return taken.has(name) ? 'present' : 'absent'
    if (type === 'delete') return taken.delete(name) ? 'ok' : 'notFound'
    if (taken.has(name)) return 'conflict'
    taken.add(name)
    return 'ok'
  }
}

export function keyedObject(): (input: KeyedInput) => KeyedOutput {
  const answers = new Map<string, { readonly body: string; readonly answer: string }>()
  const effects: string[] = []
  return (input) => {
    if (input.type === 'effects') {
      return { effects: effects.filter((key) => key === input.key).length }
    }
    const known = answers.get(input.key)
    if (known) return known.body === input.body ? { answer: known.answer } : 'mismatch'
    const answer = `effect ${effects.push(input.key)}`
    answers.set(input.key, { body: input.body, answer })
    return { answer }
  }
}

export function holderObject(): (input: HolderInput) => HolderOutput {
  const holders = new Map<string, string>()
  return (input) => {
    const holder = holders.get(input.item) ?? null
    if (input.type === 'holder') return { holder }
    if (input.type === 'claim') {
      if (holder !== null) return 'taken'
      holders.set(input.item, input.holder)
      return 'ok'
    }
    if (holder !== input.holder) return 'notHeld'
    holders.delete(input.item)
    return 'ok'
  }
}

/** With a random source it refuses one claim of ten for no reason. */
export function hostObject(
  capacity: number,
  random?: Random,
): (input: CapacityInput) => CapacityOutput {
  const used = new Map<string, number>()
  return ({ type, host, amount }) => {
    const now = used.get(host) ?? 0
    if (type === 'used') return { used: now }
    if (type === 'claim' && random && below(random, 10) === 0) return 'refused'
    const after = type === 'claim' ? now + amount : now - amount
    if (after < 0 || after > capacity) return 'refused'
    used.set(host, after)
    return 'ok'
  }
}

export function registerObject(): (input: RegisterInput) => RegisterOutput {
  let value: number | null = null
  return (input) => {
    if (input.type === 'read') return { value }
    if (input.type === 'write') value = input.value
    else if (value !== input.from) return 'failed'
    else value = input.to
    return 'ok'
  }
}

export function counterObject(): (input: CounterInput) => CounterOutput {
  let value = 0
  return (input) => {
    if (input.type === 'read') return { value }
    value += input.amount
    return 'ok'
  }
}
