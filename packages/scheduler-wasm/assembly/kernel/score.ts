import { covers } from './state'
import { cellsFit } from './footprint'
import { balance } from './policies/balance'
import { bestFit } from './policies/best-fit'
import { fragmentation } from './policies/fragmentation'
import { lateness } from './policies/lifetime'
import { packing } from './policies/packing'
import { spread } from './policies/spread'
import { weighed } from './policies/weighed'
import { footprintOf, hasCells, isTimed, needsOf, policyOf } from './shape'

/** No score: above any. Scores have 25 bits. */
export const NO_SCORE: u32 = (1 << 25) - 1

/** Whether one instance fits into a state of a kind; filters apart. */
@inline
export function fits(shape: usize, state: usize, kind: usize): bool {
  return covers(state, needsOf(shape)) && partsFit(shape, state, kind)
}

/** Whether the cells of a state that has enough of everything have room. */
@inline
export function partsFit(shape: usize, state: usize, kind: usize): bool {
  return !hasCells(shape) || cellsFit(footprintOf(shape), state, kind)
}

/**
 * How well a state of a kind, with its hash, suits for one instance that fits; smaller is better.
 */
export function score(
  shape: usize,
  state: usize,
  number: i32,
  kind: usize,
  raw: u32,
  empty: bool,
): u32 {
  switch (policyOf(shape)) {
    case 0:
    case 4:
      return packing(shape, state, number, kind, raw, empty)
    case 1:
      return spread(shape, state, kind)
    case 2:
      return balance(shape, state, kind)
    case 3:
      return fragmentation(shape, state, number, kind, raw, empty)
    case 6:
      return weighed(shape, state, kind)
    default:
      return bestFit(shape, state, kind, empty)
  }
}

/** What time adds to the score of a state. */
@inline
export function timeScore(shape: usize, state: usize): u32 {
  return isTimed(shape) ? lateness(state) : 0
}
