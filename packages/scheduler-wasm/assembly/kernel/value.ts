import { stateBytes } from './frame'
import { need, REGION_VALUES, valuesAt } from './memory'
import { copyState, equalStates } from './state'
import { waste } from './policies/waste'

/*
 * The values of states, kept: what a policy that looks at typical asks works out for a state is
 * mostly asked for again. One place for each hash: kind + 1, value, then the state.
 */
const VALUES: u32 = 16384
const VALUE_KIND: usize = 0
const VALUE_VALUE: usize = 4
const VALUE_STATE: usize = 16

/** Forgets all values. */
export function forgetValues(): void {
  const bytes = <usize>VALUES * (VALUE_STATE + stateBytes)
  need(REGION_VALUES, bytes)
  memory.fill(valuesAt, 0, bytes)
}

/** The value of a state of a kind (its number and its place) with a hash. */
export function valueOf(number: i32, kind: usize, state: usize, raw: u32): i32 {
  const slot = (raw * 0x9e3779b1) >> 18
  const at = valuesAt + <usize>slot * (VALUE_STATE + stateBytes)
  if (load<i32>(at, VALUE_KIND) == number + 1 && equalStates(at + VALUE_STATE, state)) {
    return load<i32>(at, VALUE_VALUE)
  }
  const value = waste(state, kind)
  store<i32>(at, number + 1, VALUE_KIND)
  store<i32>(at, value, VALUE_VALUE)
  copyState(at + VALUE_STATE, state)
  return value
}
