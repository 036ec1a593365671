import type { Model } from './operation.ts'

export interface NameInput {
  readonly type: 'create' | 'delete' | 'get'
  readonly name: string
}
export type NameOutput = 'ok' | 'conflict' | 'notFound' | 'present' | 'absent'

/** Names that at most one thing has at a time. */
export const uniqueNames: Model<boolean, NameInput, NameOutput> = {
  partition: ({ input }) => input.name,
  init: () => false,
  step: (taken, { type }, output) => {
    if (type === 'create') return answered(output, taken ? 'conflict' : 'ok', true)
    if (type === 'delete') return answered(output, taken ? 'ok' : 'notFound', false)
    return answered(output, taken ? 'present' : 'absent', taken)
  },
  key: String,
  onlyLooks: notOk,
  inputKey: ({ type }) => type,
}

export type KeyedInput =
  | { readonly type: 'call'; readonly key: string; readonly body: string }
  | { readonly type: 'effects'; readonly key: string }
/** An answer tells which effect it is of, as by the id of what was made. */
export type KeyedOutput = { readonly answer: string } | { readonly effects: number } | 'mismatch'

interface Keyed {
  readonly body: string
  /** Undefined: nobody has been told it yet. */
  readonly answer: string | undefined
}

/**
 * Calls with an idempotency key: the first one has the one effect, later ones with the same body
 * get its answer, others a mismatch. `effects` counts what was made under the key. Keys are not
 * forgotten while the history runs.
 */
export const idempotencyKeys: Model<Keyed | null, KeyedInput, KeyedOutput> = {
  partition: ({ input }) => input.key,
  init: () => null,
  step: (state, input, output) => {
    if (input.type === 'effects') {
      if (output === undefined) return state
      const effects = state === null ? 0 : 1
      return typeof output === 'object' && 'effects' in output && output.effects === effects
        ? state
        : undefined
    }
    if (output === undefined) return state ?? { body: input.body, answer: undefined }
    const other = state !== null && state.body !== input.body
    if (output === 'mismatch') return other ? state : undefined
    if (other || !('answer' in output)) return undefined
    if (state?.answer !== undefined && state.answer !== output.answer) return undefined
    return { body: input.body, answer: output.answer }
  },
  key: (state) => JSON.stringify(state),
  onlyLooks: (_input, output) => output === 'mismatch' || 'effects' in output,
  inputKey: (input) => (input.type === 'call' ? `call ${input.body}` : input.type),
}

export type HolderInput =
  | { readonly type: 'claim' | 'release'; readonly item: string; readonly holder: string }
  | { readonly type: 'holder'; readonly item: string }
export type HolderOutput = 'ok' | 'taken' | 'notHeld' | { readonly holder: string | null }

/**
 * Things with at most one holder: fixed addresses of a network, volumes attached to servers. A
 * claim of what its own holder has already is answered as told: `taken` by default.
 */
export function exclusiveHolder(
  options: { readonly again?: 'ok' | 'taken' } = {},
): Model<string | null, HolderInput, HolderOutput> {
  const again = options.again ?? 'taken'
  return {
    partition: ({ input }) => input.item,
    init: () => null,
    step: (holder, input, output) => {
      if (input.type === 'holder') {
        if (output === undefined) return holder
        return typeof output === 'object' && output.holder === holder ? holder : undefined
      }
      if (input.type === 'release') {
        const held = holder === input.holder
        return answered(output, held ? 'ok' : 'notHeld', held ? null : holder)
      }
      if (holder === null) return answered(output, 'ok', input.holder)
      return answered(output, holder === input.holder ? again : 'taken', holder)
    },
    key: (holder) => JSON.stringify(holder),
    onlyLooks: notOk,
    inputKey: (input) =>
      JSON.stringify([input.type, input.type === 'holder' ? null : input.holder]),
  }
}

export interface CapacityInput {
  readonly type: 'claim' | 'release' | 'used'
  readonly host: string
  /** What is claimed or given back; not looked at for `used`. */
  readonly amount: number
}
export type CapacityOutput = 'ok' | 'refused' | { readonly used: number }

export interface CapacityOptions {
  readonly capacity: number | ((host: string) => number)
  /**
   * `weak` (default): a claim may be refused although there is room, as when what decides lags
   * behind; that an `ok` keeps within the capacity, and every `used`, is checked all the same.
   * `exact`: it is refused only where there is no room.
   */
  readonly refusals?: 'weak' | 'exact'
}

/** Room on hosts: the sum of what is claimed and not given back is between 0 and the capacity. */
export function hostCapacity(
  options: CapacityOptions,
): Model<number, CapacityInput, CapacityOutput> {
  const { capacity, refusals = 'weak' } = options
  return {
    partition: ({ input }) => input.host,
    init: () => 0,
    step: (used, { type, host, amount }, output) => {
      if (type === 'used') {
        if (output === undefined) return used
        return typeof output === 'object' && output.used === used ? used : undefined
      }
      const after = type === 'claim' ? used + amount : used - amount
      const most = typeof capacity === 'number' ? capacity : capacity(host)
      const fits = type === 'claim' ? after <= most : after >= 0
      if (output === 'refused' && type === 'claim' && refusals === 'weak') return used
      return answered(output, fits ? 'ok' : 'refused', fits ? after : used)
    },
    key: String,
    onlyLooks: notOk,
    inputKey: ({ type, amount }) => `${type} ${amount}`,
  }
}

export type RegisterInput =
  | { readonly type: 'read' }
  | { readonly type: 'write'; readonly value: number }
  | { readonly type: 'cas'; readonly from: number; readonly to: number }
export type RegisterOutput = 'ok' | 'failed' | { readonly value: number | null }

/** One value; null before the first write. */
export const register: Model<number | null, RegisterInput, RegisterOutput> = {
  init: () => null,
  step: (value, input, output) => {
    if (input.type === 'write') return answered(output, 'ok', input.value)
    if (input.type === 'cas') {
      const same = value === input.from
      return answered(output, same ? 'ok' : 'failed', same ? input.to : value)
    }
    if (output === undefined) return value
    return typeof output === 'object' && output.value === value ? value : undefined
  },
  key: String,
  onlyLooks: notOk,
  inputKey: (input) => JSON.stringify(Object.values(input)),
}

export type CounterInput =
  | { readonly type: 'add'; readonly amount: number }
  | { readonly type: 'read' }
export type CounterOutput = 'ok' | { readonly value: number }

/** A sum that starts at 0. */
export const counter: Model<number, CounterInput, CounterOutput> = {
  init: () => 0,
  step: (value, input, output) => {
    if (input.type === 'add') return answered(output, 'ok', value + input.amount)
    if (output === undefined) return value
    return typeof output === 'object' && output.value === value ? value : undefined
  },
  key: String,
  onlyLooks: notOk,
  inputKey: (input) => (input.type === 'add' ? `add ${input.amount}` : 'read'),
}

/** Of the models here, whatever is not answered `ok` looked or was refused. */
function notOk(_input: unknown, output: unknown): boolean {
  return output !== 'ok'
}

/** The state after, if the answer is the one that is due; any will do when it is unknown. */
function answered<S, O>(output: O | undefined, due: O, after: S): S | undefined {
  return output === undefined || output === due ? after : undefined
}
