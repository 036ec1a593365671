import {
  ALLOWED,
  BLOCK_HASH,
  BLOCK_LABEL,
  BLOCK_LARGEST,
  BLOCK_LIVE,
  BLOCK_MARK,
  BLOCK_MARKED,
  BLOCK_META,
  BLOCK_SAME,
  BLOCK_SECOND_HASH,
  COLUMN_BYTES,
  IN_ASK_AMOUNT,
  IN_ASK_CLASS,
  LANES,
  MARK_EXCLUDED,
  MARK_LISTED,
  MARK_MEMBERS_SHIFT,
  MEMBERS_CEILING,
  MEMBERS_SHIFT,
  META_DISABLED,
  META_SIGNATURE_SHIFT,
  RANK_FEWEST_MEMBERS,
  RANK_MOST_MEMBERS,
  SCORE_BITS,
  TAKEN_CEILING,
  WORK_ALLOWED,
  WORK_SCORE,
  WORK_TAKE,
  ZONE_BYTES,
} from '../src/layout'
import {
  askedBytes,
  blocks,
  filter,
  hostLimit,
  listedOnly,
  membersLimit,
  membersOnly,
  ranking,
  seed,
  zoneOf,
  zones,
  zoneTable,
} from './ask'
import { blockAt, refresh } from './block'
import { blockBest, blockSum, evaluate, evaluateLane, laneScore, laneTake, NONE } from './evaluate'
import { addTotal, hashOf, heapOf, isFull, lengthOf, push, rankOf } from './heap'

/**
 * 2³² divided by the golden ratio, as a signed integer: odd, so that multiplying by it is one-to-
 * one.
 */
const GOLDEN: i32 = -1640531535

let best: u32 = NONE
let sum: i32 = 0

/**
 * Offers every host that can take an instance to the heap of its zone, and adds what it can take to
 * the total.
 */
export function sweep(): void {
  for (let index = 0; index < blocks; index++) visit(blockAt(index), index)
}

function visit(block: usize, index: i32): void {
  refresh(block)
  if (load<i32>(block, BLOCK_LIVE) == 0) return
  const marked = load<i32>(block, BLOCK_MARKED) != 0
  if (!marked && (listedOnly || membersOnly)) return
  const label = load<i32>(block, BLOCK_LABEL)
  if (label >= 0 && !isAllowed(label)) return
  if (!hasRoom(block)) return
  if (!marked && label >= 0 && load<i32>(block, BLOCK_SAME) != 0 && ranking < RANK_MOST_MEMBERS) {
    visitSame(block, index, zones > 0 ? zoneAt(label) : zoneTable)
    return
  }
  if (label < 0) allowLanes(block)
  evaluate(block, label < 0)
  best = blockBest
  sum = blockSum
  if (marked) heedMarks(block)
  if (best == NONE) return
  if (zones > 0 && label < 0) {
    offerLanes(block, index, 0)
    return
  }
  const zone = zones > 0 ? zoneAt(label) : zoneTable
  addTotal(zone, sum)
  if (marked || ranking >= RANK_MOST_MEMBERS) offerLanes(block, index, zone)
  else if (ASC_FEATURE_SIMD) offerFours(block, index, zone)
  else offerPlain(block, index, zone)
}

/** A block of equal hosts: one is worked out, and the hashes alone decide among them. */
function visitSame(block: usize, index: i32, zone: usize): void {
  evaluateLane(block, 0, hostLimit)
  const score = laneScore
  if (score == NONE) return
  addTotal(zone, laneTake * LANES)
  let bar = barOf(zone)
  if (score > bar) return
  const take = laneTake
  for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 16) {
    let candidates = score < bar ? 15 : belowBar(block + lane, hashBarOf(zone, bar))
    while (candidates != 0) {
      pushLane(block, index, lane + (<usize>ctz(candidates) << 2), zone, score, take)
      candidates &= candidates - 1
      bar = barOf(zone)
      if (score > bar) return
    }
  }
}

/** Of four lanes, those whose place among equals is not above a bar: a bit each. */
function belowBar(lanes: usize, bar: u32): i32 {
  if (ASC_FEATURE_SIMD) {
    return i32x4.bitmask(i32x4.le_u(scrambleFour(lanes), i32x4.splat(bar)))
  }
  let bits = 0
  for (let lane = 0; lane < 4; lane++) {
    const hash = load<i32>(lanes + (<usize>lane << 2), BLOCK_HASH)
    if (scramble(hash) <= bar) bits |= 1 << lane
  }
  return bits
}

@inline
export function isAllowed(meta: i32): bool {
  return (meta & META_DISABLED) == 0 && load<u8>(filter + (meta >> META_SIGNATURE_SHIFT)) == ALLOWED
}

@inline
function zoneAt(meta: i32): usize {
  const number = load<u32>(zoneOf + (<usize>(meta >> META_SIGNATURE_SHIFT) << 2))
  return zoneTable + <usize>number * ZONE_BYTES
}

/** False if no lane can have room: the largest free amount of some class is too small. */
function hasRoom(block: usize): bool {
  for (let p: usize = 0; p < askedBytes; p += 4) {
    const top = load<i32>(block + (<usize>load<u32>(p, IN_ASK_CLASS) << 2), BLOCK_LARGEST)
    if (top < load<i32>(p, IN_ASK_AMOUNT)) return false
  }
  return true
}

function allowLanes(block: usize): void {
  for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 4) {
    const meta = load<i32>(block + lane, BLOCK_META)
    store<i32>(lane, meta >= 0 && isAllowed(meta) ? -1 : 0, WORK_ALLOWED)
  }
}

/** Whether a mark lets a host take part, its group's limit apart. */
@inline
export function isListed(mark: i32): bool {
  return (mark & MARK_EXCLUDED) == 0 && (!listedOnly || (mark & MARK_LISTED) != 0)
}

/** Instances that a host may take which holds so many members; ≤ 0 = none. */
@inline
function limitWith(members: i32): i32 {
  if (membersLimit == 0 || membersLimit - members >= hostLimit) return hostLimit
  return membersLimit - members
}

/** Corrects the working columns for the hosts that the ask names one by one. */
function heedMarks(block: usize): void {
  best = NONE
  sum = 0
  for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 4) {
    if (load<u32>(lane, WORK_SCORE) == NONE) continue
    const mark = load<i32>(block + lane, BLOCK_MARK)
    const members = mark >>> MARK_MEMBERS_SHIFT
    const limit = limitWith(members)
    if (!isListed(mark) || (membersOnly && members == 0) || limit <= 0) {
      store<u32>(lane, NONE, WORK_SCORE)
      store<i32>(lane, 0, WORK_TAKE)
      continue
    }
    if (limit != hostLimit) {
      evaluateLane(block, lane, limit)
      store<u32>(lane, laneScore, WORK_SCORE)
      store<i32>(lane, laneTake, WORK_TAKE)
    }
    const score = load<u32>(lane, WORK_SCORE)
    if (score < best) best = score
    sum += load<i32>(lane, WORK_TAKE)
  }
}

/**
 * The seeded order of equal hosts: one-to-one on 32 bits, so that different hashes stay different.
 */
@inline
function scramble(hash: i32): u32 {
  const mixed = <u32>((hash ^ seed) * GOLDEN)
  return mixed ^ (mixed >> 15)
}

@inline
function scrambleFour(lanes: usize): v128 {
  const hashes = v128.xor(v128.load(lanes, BLOCK_HASH), i32x4.splat(seed))
  const mixed = i32x4.mul(hashes, i32x4.splat(GOLDEN))
  return v128.xor(mixed, i32x4.shr_u(mixed, 15))
}

function pushLane(block: usize, index: i32, lane: usize, zone: usize, rank: u64, take: i32): void {
  const first = scramble(load<i32>(block + lane, BLOCK_HASH))
  const hash = ((<u64>first) << 32) | (<u64>load<u32>(block + lane, BLOCK_SECOND_HASH))
  push(zone, rank, hash, index * LANES + <i32>(lane >> 2), take)
}

/** The general way: ranks with members or takes in them, and blocks of several zones (`zone` 0). */
function offerLanes(block: usize, index: i32, zone: usize): void {
  for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 4) {
    const score = load<u32>(lane, WORK_SCORE)
    if (score == NONE) continue
    const take = load<i32>(lane, WORK_TAKE)
    let own = zone
    if (zone == 0) {
      own = zoneAt(load<i32>(block + lane, BLOCK_META))
      addTotal(own, take)
    }
    const rank = rankLane(block, lane, score, take)
    if (!isFull(own) || (lengthOf(own) > 0 && rank <= rankOf(heapOf(own)))) {
      pushLane(block, index, lane, own, rank, take)
    }
  }
}

function rankLane(block: usize, lane: usize, score: u32, take: i32): u64 {
  const members = <u64>(load<i32>(block + lane, BLOCK_MARK) >>> MARK_MEMBERS_SHIFT)
  if (ranking < RANK_FEWEST_MEMBERS) return score
  if (ranking == RANK_FEWEST_MEMBERS) return (members << MEMBERS_SHIFT) | score
  const rest = ((<u64>(TAKEN_CEILING - take)) << SCORE_BITS) | score
  return ranking == RANK_MOST_MEMBERS ? ((MEMBERS_CEILING - members) << MEMBERS_SHIFT) | rest : rest
}

/**
 * The short way, for blocks of one zone without marks: a lane's rank is its score. `bar` is the
 * score, and at equal scores `hashBar` the hash, above which the heap would not keep a host.
 */
function offerPlain(block: usize, index: i32, zone: usize): void {
  let bar = barOf(zone)
  if (best > bar) return
  let hashBar = hashBarOf(zone, bar)
  for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 4) {
    const score = load<u32>(lane, WORK_SCORE)
    if (score > bar || score == NONE) continue
    if (score == bar && scramble(load<i32>(block + lane, BLOCK_HASH)) > hashBar) continue
    pushLane(block, index, lane, zone, score, load<i32>(lane, WORK_TAKE))
    bar = barOf(zone)
    hashBar = hashBarOf(zone, bar)
  }
}

function offerFours(block: usize, index: i32, zone: usize): void {
  let bar = barOf(zone)
  if (best > bar) return
  let hashBar = hashBarOf(zone, bar)
  for (let group: usize = 0; group < <usize>COLUMN_BYTES; group += 16) {
    const score = v128.load(group, WORK_SCORE)
    const bars = i32x4.splat(bar)
    if (!v128.any_true(i32x4.le_u(score, bars))) continue
    const below = i32x4.le_u(scrambleFour(block + group), i32x4.splat(hashBar))
    const ties = v128.and(i32x4.eq(score, bars), below)
    let candidates = i32x4.bitmask(v128.or(i32x4.lt_u(score, bars), ties))
    while (candidates != 0) {
      const lane = group + (<usize>ctz(candidates) << 2)
      candidates &= candidates - 1
      const own = load<u32>(lane, WORK_SCORE)
      if (own != NONE) pushLane(block, index, lane, zone, own, load<i32>(lane, WORK_TAKE))
    }
    bar = barOf(zone)
    hashBar = hashBarOf(zone, bar)
    if (best > bar) return
  }
}

function barOf(zone: usize): u32 {
  if (!isFull(zone)) return NONE
  if (lengthOf(zone) == 0) return 0
  const rank = rankOf(heapOf(zone))
  return rank >= <u64>NONE ? NONE : <u32>rank
}

function hashBarOf(zone: usize, bar: u32): u32 {
  return bar == NONE || lengthOf(zone) == 0 ? 0xffffffff : <u32>(hashOf(heapOf(zone)) >> 32)
}
