import { measureShares, shareSum } from '../shares'

const MOST: u32 = 1 << 24

/** Worst fit: the largest free shares left first. */
export function spread(shape: usize, state: usize, kind: usize): u32 {
  measureShares(shape, state, kind)
  return MOST - shareSum
}
