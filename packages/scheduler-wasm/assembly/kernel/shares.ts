import { amountsOf } from './footprint'
import { stateBytes } from './frame'
import { inversesOf } from './kind'
import {
  ASKED_BYTES,
  askedAmount,
  askedColumn,
  askedFrom,
  askedTo,
  askedWeight,
  footprintOf,
  unaskedOf,
  weightsOf,
} from './shape'

/*
 * Of a state after one instance: the free shares of the classes asked for, each times its weight.
 * Their sum, the largest and the smallest (all ones if nothing is asked for).
 */
export let shareSum: u32 = 0
export let shareMost: u32 = 0
export let shareLeast: u32 = 0

@inline
export function measureShares(shape: usize, state: usize, kind: usize): void {
  if (ASC_FEATURE_SIMD) measureFours(shape, state, kind)
  else measureEach(shape, state, kind)
}

@inline
function measureFours(shape: usize, state: usize, kind: usize): void {
  const amounts = amountsOf(footprintOf(shape))
  const inverses = inversesOf(kind)
  const weights = weightsOf(shape)
  const unasked = unaskedOf(shape)
  let sum = i32x4.splat(0)
  let most = i32x4.splat(0)
  let least = i32x4.splat(-1)
  for (let at: usize = 0; at < stateBytes; at += 16) {
    const left = i32x4.sub(v128.load(state + at), v128.load(amounts + at))
    const share = i32x4.shr_u(i32x4.mul(left, v128.load(inverses + at)), 16)
    // A class that is not asked for has weight 0.
    const weighed = i32x4.mul(share, v128.load(weights + at))
    sum = i32x4.add(sum, weighed)
    most = i32x4.max_u(most, weighed)
    least = i32x4.min_u(least, v128.or(weighed, v128.load(unasked + at)))
  }
  sum = i32x4.add(sum, v128.shuffle<i32>(sum, sum, 2, 3, 0, 1))
  most = i32x4.max_u(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1))
  least = i32x4.min_u(least, v128.shuffle<i32>(least, least, 2, 3, 0, 1))
  shareSum = <u32>(i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1))
  shareMost = max<u32>(i32x4.extract_lane(most, 0), i32x4.extract_lane(most, 1))
  shareLeast = min<u32>(i32x4.extract_lane(least, 0), i32x4.extract_lane(least, 1))
}

function measureEach(shape: usize, state: usize, kind: usize): void {
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
  shareSum = sum
  shareMost = most
  shareLeast = least
}
