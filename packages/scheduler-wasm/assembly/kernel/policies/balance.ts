import { inversesOf } from '../kind'
import { ASKED_BYTES, askedAmount, askedColumn, askedFrom, askedTo, askedWeight } from '../shape'

/** A share of everything, unweighted, over all classes that an ask can name. */
const MOST: u32 = 1 << 19

/** The classes of a host evenly used: least imbalance first, then the emptiest. */
export function balance(shape: usize, state: usize, kind: usize): u32 {
  const inverses = inversesOf(kind)
  let sum: u32 = 0
  let most: u32 = 0
  let least: u32 = 0xffffffff
  const to = askedTo(shape)
  for (let at = askedFrom(shape); at < to; at += ASKED_BYTES) {
    const column = askedColumn(at)
    const left = <u32>(load<i32>(state + column) - askedAmount(at))
    const share = (left * load<u32>(inverses + column)) >> 16
    const weighted = share * askedWeight(at)
    sum += share
    if (weighted > most) most = weighted
    if (weighted < least) least = weighted
  }
  if (askedFrom(shape) == to) least = 0
  return 2 * (most - least) + ((MOST - sum) >> 4)
}
