import { inversesOf } from '../kind'
import { ASKED_BYTES, askedAmount, askedColumn, askedFrom, askedTo, askedWeight } from '../shape'

/** Added to the score of an empty host: above any other. */
const EMPTY_LAST: u32 = 1 << 24

/**
 * Best fit: the smallest free shares left, summed, and twice their imbalance, so that no class is
 * left stranded; empty hosts last.
 */
@inline
export function bestFit(shape: usize, state: usize, kind: usize, empty: bool): u32 {
  const inverses = inversesOf(kind)
  let sum: u32 = 0
  let most: u32 = 0
  let least: u32 = 0xffffffff
  const to = askedTo(shape)
  for (let at = askedFrom(shape); at < to; at += ASKED_BYTES) {
    const column = askedColumn(at)
    const left = <u32>(load<i32>(state + column) - askedAmount(at))
    const share = ((left * load<u32>(inverses + column)) >> 16) * askedWeight(at)
    sum += share
    if (share > most) most = share
    if (share < least) least = share
  }
  if (askedFrom(shape) == to) least = 0
  return sum + 2 * (most - least) + (empty ? EMPTY_LAST : 0)
}
