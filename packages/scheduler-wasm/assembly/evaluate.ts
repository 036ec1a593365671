import {
  ASKED_MAX,
  ASK_MULTIPLIER,
  ASK_SHIFT,
  BLOCK_META,
  BLOCK_SAME,
  CLASS_INVERSE,
  COLUMN_BYTES,
  IN_ASK_AMOUNT,
  IN_ASK_COLUMN,
  LANES,
  META_EMPTY,
  SCORE_EMPTY,
  SHARE_ONE,
  WORK_ALLOWED,
  WORK_SCORE,
  WORK_TAKE,
} from '../src/layout'
import { askedBytes, hostLimit, packing, scoreWhole } from './ask'

/** The score of a lane that can take nothing: worse than any. */
export const NONE: u32 = 0xffffffff
const SPREAD_BASE = ASKED_MAX * SHARE_ONE

/** Of the block evaluated last: instances that it can take, and its best score. */
export let blockSum: i32 = 0
export let blockBest: u32 = NONE
/** Of the lane evaluated last. */
export let laneTake: i32 = 0
export let laneScore: u32 = NONE

/**
 * Fills the working columns with the score and the instances of every lane.
 * @param masked only lanes that the working column `allowed` lets through.
 */
export function evaluate(block: usize, masked: bool): void {
  if (!masked && load<i32>(block, BLOCK_SAME) != 0) evaluateSame(block)
  else if (ASC_FEATURE_SIMD) evaluateFours(block, masked)
  else evaluateEach(block, masked)
}

/** All lanes are equal: one is worked out, and copied. */
function evaluateSame(block: usize): void {
  evaluateLane(block, 0, hostLimit)
  blockSum = laneTake * LANES
  blockBest = laneScore
  copyColumn(WORK_SCORE, laneScore)
  copyColumn(WORK_TAKE, laneTake)
}

/** Writes one value into a whole working column. */
function copyColumn(column: usize, value: i32): void {
  if (ASC_FEATURE_SIMD) {
    const four = i32x4.splat(value)
    for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 16) {
      v128.store(column + lane, four)
    }
    return
  }
  const two = (<u64>value << 32) | <u64><u32>value
  for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 8) store<u64>(column + lane, two)
}

function evaluateEach(block: usize, masked: bool): void {
  let sum = 0
  let best = NONE
  for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 4) {
    const allowed = masked ? load<i32>(lane, WORK_ALLOWED) : ~load<i32>(block + lane, BLOCK_META)
    if (allowed < 0) {
      evaluateLane(block, lane, hostLimit)
    } else {
      laneScore = NONE
      laneTake = 0
    }
    store<u32>(lane, laneScore, WORK_SCORE)
    store<i32>(lane, laneTake, WORK_TAKE)
    sum += laneTake
    if (laneScore < best) best = laneScore
  }
  blockSum = sum
  blockBest = best
}

/**
 * Works out one live lane.
 * @param lane its byte offset in a column. @param limit the most instances it may take, ≥ 1.
 */
export function evaluateLane(block: usize, lane: usize, limit: i32): void {
  let take = limit
  for (let p: usize = 0; p < askedBytes; p += 4) {
    const free = load<i32>(block + load<u32>(p, IN_ASK_COLUMN) + lane)
    if (free < load<i32>(p, IN_ASK_AMOUNT)) {
      laneTake = 0
      laneScore = NONE
      return
    }
    const fits = ((<u64>free) * <u64>load<u32>(p, ASK_MULTIPLIER)) >> <u64>load<u32>(p, ASK_SHIFT)
    if (fits < <u64>take) take = <i32>fits
  }
  laneTake = take
  laneScore = scoreOf(block, lane, scoreWhole ? take : 1)
}

/** The score of a lane after `taken` more instances. */
function scoreOf(block: usize, lane: usize, taken: i32): u32 {
  let sum: u32 = 0
  let most: u32 = 0
  let least: u32 = SHARE_ONE
  for (let p: usize = 0; p < askedBytes; p += 4) {
    const column = block + load<u32>(p, IN_ASK_COLUMN) + lane
    const left = load<u32>(column) - taken * load<u32>(p, IN_ASK_AMOUNT)
    const free = (left * load<u32>(column, CLASS_INVERSE)) >> 16
    sum += free
    if (free > most) most = free
    if (free < least) least = free
  }
  if (!packing) return <u32>SPREAD_BASE - sum
  const imbalance = askedBytes == 0 ? 0 : most - least
  const empty = (load<i32>(block + lane, BLOCK_META) & META_EMPTY) * SCORE_EMPTY
  return sum + 2 * imbalance + empty
}

function evaluateFours(block: usize, masked: bool): void {
  const limit = i32x4.splat(hostLimit)
  let sum = i32x4.splat(0)
  let best = i32x4.splat(-1)
  for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 16) {
    const meta = v128.load(block + lane, BLOCK_META)
    let fits = masked ? v128.load(lane, WORK_ALLOWED) : i32x4.ge_s(meta, i32x4.splat(0))
    for (let p: usize = 0; p < askedBytes; p += 4) {
      const free = v128.load(block + load<u32>(p, IN_ASK_COLUMN) + lane)
      fits = v128.and(fits, i32x4.ge_s(free, v128.load_splat<i32>(p, IN_ASK_AMOUNT)))
    }
    if (!v128.any_true(fits)) {
      v128.store(lane, i32x4.splat(-1), WORK_SCORE)
      v128.store(lane, i32x4.splat(0), WORK_TAKE)
      continue
    }
    const take = hostLimit == 1 ? limit : takeFour(block + lane, limit)
    const score = scoreFour(block + lane, scoreWhole ? take : i32x4.splat(1), meta)
    const held = v128.and(take, fits)
    const kept = v128.or(score, v128.not(fits))
    v128.store(lane, kept, WORK_SCORE)
    v128.store(lane, held, WORK_TAKE)
    sum = i32x4.add(sum, held)
    best = i32x4.min_u(best, kept)
  }
  sum = i32x4.add(sum, v128.shuffle<i32>(sum, sum, 2, 3, 0, 1))
  best = i32x4.min_u(best, v128.shuffle<i32>(best, best, 2, 3, 0, 1))
  blockSum = i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1)
  const even = <u32>i32x4.extract_lane(best, 0)
  const odd = <u32>i32x4.extract_lane(best, 1)
  blockBest = even < odd ? even : odd
}

/** Instances for four lanes; lanes that fit none get a number without meaning. */
@inline
function takeFour(lanes: usize, limit: v128): v128 {
  let take = limit
  for (let p: usize = 0; p < askedBytes; p += 4) {
    const free = v128.load(lanes + load<u32>(p, IN_ASK_COLUMN))
    const multiplier = v128.load_splat<i32>(p, ASK_MULTIPLIER)
    const shift = load<i32>(p, ASK_SHIFT)
    const low = i64x2.shr_u(i64x2.extmul_low_i32x4_u(free, multiplier), shift)
    const high = i64x2.shr_u(i64x2.extmul_high_i32x4_u(free, multiplier), shift)
    take = i32x4.min_u(take, v128.shuffle<i32>(low, high, 0, 2, 4, 6))
  }
  return take
}

/** As `scoreOf`, four lanes at a time. */
@inline
function scoreFour(lanes: usize, taken: v128, meta: v128): v128 {
  let sum = i32x4.splat(0)
  let most = i32x4.splat(0)
  let least = i32x4.splat(SHARE_ONE)
  for (let p: usize = 0; p < askedBytes; p += 4) {
    const column = lanes + load<u32>(p, IN_ASK_COLUMN)
    const used = i32x4.mul(taken, v128.load_splat<i32>(p, IN_ASK_AMOUNT))
    const left = i32x4.sub(v128.load(column), used)
    const free = i32x4.shr_u(i32x4.mul(left, v128.load(column, CLASS_INVERSE)), 16)
    sum = i32x4.add(sum, free)
    most = i32x4.max_u(most, free)
    least = i32x4.min_u(least, free)
  }
  if (!packing) return i32x4.sub(i32x4.splat(SPREAD_BASE), sum)
  const one = i32x4.splat(META_EMPTY)
  const empty = i32x4.mul(v128.and(meta, one), i32x4.splat(SCORE_EMPTY))
  const imbalance = askedBytes == 0 ? i32x4.splat(0) : i32x4.shl(i32x4.sub(most, least), 1)
  return i32x4.add(i32x4.add(sum, imbalance), empty)
}
