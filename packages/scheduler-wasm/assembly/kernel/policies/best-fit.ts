import { measureShares, shareLeast, shareMost, shareSum } from '../shares'
import { askedFrom, askedTo } from '../shape'

/** Added to the score of an empty host: above any other. */
const EMPTY_LAST: u32 = 1 << 24

/**
 * Best fit: the smallest free shares left, summed, and twice their imbalance, so that no class is
 * left stranded; empty hosts last.
 */
@inline
export function bestFit(shape: usize, state: usize, kind: usize, empty: bool): u32 {
  measureShares(shape, state, kind)
  const imbalance = askedFrom(shape) == askedTo(shape) ? 0 : shareMost - shareLeast
  return shareSum + 2 * imbalance + (empty ? EMPTY_LAST : 0)
}
