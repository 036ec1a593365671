import { stateBytes } from './frame'
import { need, REGION_VALUES, valuesAt } from './memory'
import { headed, OFFERS } from './rollout/layout'
import { isHopeless, rollOut } from './rollout/rollout'
import { copyState, equalStates } from './state'
import { waste } from './policies/waste'

/*
 * The values of states, kept: what a policy that looks at typical asks works out for a state is
 * mostly asked for again. One place for each hash: kind + 1, waste, outlook (both −1 until they are
 * asked for), then the state.
 */
const FEW_BITS: u32 = 14
/** Outlooks take long to work out. */
const MANY_BITS: u32 = 16
const VALUE_KIND: usize = 0
const VALUE_WASTE: usize = 4
const VALUE_OUTLOOK: usize = 8
const VALUE_STATE: usize = 16

let bits: u32 = FEW_BITS

/** As many places as what is kept needs. */
export function resizeValues(): void {
  bits = headed(OFFERS) > 0 ? MANY_BITS : FEW_BITS
}

/** Forgets all values. */
export function forgetValues(): void {
  resizeValues()
  const bytes = ((<usize>1) << <usize>bits) * (VALUE_STATE + stateBytes)
  need(REGION_VALUES, bytes)
  memory.fill(valuesAt, 0, bytes)
}

/** What is kept for a state of a kind (its number) with a hash. */
function keptFor(number: i32, state: usize, raw: u32): usize {
  const slot = (raw * 0x9e3779b1) >> (32 - bits)
  const at = valuesAt + <usize>slot * (VALUE_STATE + stateBytes)
  if (load<i32>(at, VALUE_KIND) == number + 1 && equalStates(at + VALUE_STATE, state)) return at
  store<i32>(at, number + 1, VALUE_KIND)
  store<i32>(at, -1, VALUE_WASTE)
  store<i32>(at, -1, VALUE_OUTLOOK)
  copyState(at + VALUE_STATE, state)
  return at
}

/** What typical asks cannot use of a state of a kind (its number and its place) with a hash. */
export function wasteOf(number: i32, kind: usize, state: usize, raw: u32): i32 {
  const at = keptFor(number, state, raw)
  const kept = load<i32>(at, VALUE_WASTE)
  if (kept >= 0) return kept
  const value = waste(state, kind)
  store<i32>(at, value, VALUE_WASTE)
  return value
}

/** What typical asks for devices can be expected to take of a state, prices apart. */
export function outlookOf(number: i32, state: usize, raw: u32): i32 {
  if (isHopeless(state)) return 0
  const at = keptFor(number, state, raw)
  const kept = load<i32>(at, VALUE_OUTLOOK)
  if (kept >= 0) return kept
  const value = rollOut(number, state)
  store<i32>(at, value, VALUE_OUTLOOK)
  return value
}
