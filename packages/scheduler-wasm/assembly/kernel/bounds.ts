import {
  BLOCK,
  BLOCK_SHIFT,
  CLASS_RAW,
  CLASS_STATE,
  classAt,
  classCount,
  classHigh,
  classKind,
  classRoom,
  isEmptyClass,
  LOG_LENGTH,
  logHead,
  roomAge,
} from './classes'
import { burn } from './fuel'
import { stateBytes } from './frame'
import { kindAt } from './kind'
import { boundsAt, logAt, needMore, REGION_BOUNDS, REGION_SCORES, scoresAt } from './memory'
import { NO_SCORE, partsFit, score, timeScore } from './score'
import { needsOf, passes, SHAPE_AGE, SHAPE_CURSOR, shapeAt, shapes } from './shape'
import { covers, stir } from './state'

/*
 * What is kept of the search for each shape: for every block of classes an entry, score << 5 |
 * unsure << 4 | class in the block, whose score is no greater than the best of the block; and for
 * every 64 blocks the least of their entries. A class that comes to be is looked at when the shape
 * is next asked for; one that ends can only make an entry too small, which the search finds and
 * mends. An entry is unsure when another class of the block may have the same score and come first.
 * So a search costs what changed since the last one, not what there is. Where there are few
 * classes, the score of each is kept as well.
 */
export const SCORE_SHIFT = 5
const UNSURE: u32 = 16
/** Blocks that are summed up in one entry. */
export const GROUP_SHIFT = 6
const GROUP = 64
export const NO_ENTRY: u32 = 0xffffffff

/**
 * With room for more classes, their scores are not kept: they would take more than the classes do.
 */
const SCORED_ROOM = 16384

@inline
function keepsScores(): bool {
  return classRoom <= SCORED_ROOM
}

/** Where the score of a class for a shape is kept. */
@inline
function scoreAt(slot: i32, index: i32): usize {
  return scoresAt + ((<usize>slot * <usize>classRoom + <usize>index) << 2)
}

/** Entries of a shape, and entries of all: both in words. */
function blockRoom(): i32 {
  return ((classRoom >> BLOCK_SHIFT) + 63) & ~63
}

@inline
function superRoom(): i32 {
  return ((blockRoom() >> GROUP_SHIFT) + 3) & ~3
}

export function boundsWords(): i32 {
  return blockRoom() + superRoom()
}

@inline
export function entriesOf(slot: i32): usize {
  return boundsAt + ((<usize>slot * <usize>boundsWords()) << 2)
}

@inline
export function supersOf(entries: usize): usize {
  return entries + (<usize>blockRoom() << 2)
}

@inline
export function blocks(): i32 {
  return (classHigh + BLOCK - 1) >> BLOCK_SHIFT
}

@inline
export function supers(): i32 {
  return (blocks() + GROUP - 1) >> GROUP_SHIFT
}

/** The score of a class for a shape, `NO_SCORE` if it does not fit or has no member. */
@inline
function scoreOfClass(slot: i32, shape: usize, index: i32): u32 {
  const at = classAt(index)
  if (!covers(at + CLASS_STATE, needsOf(shape)) || classCount(at) == 0) return NO_SCORE
  const number = classKind(at)
  const kind = kindAt(number)
  if (!passes(slot, number) || !partsFit(shape, at + CLASS_STATE, kind)) return NO_SCORE
  return score(
    shape,
    at + CLASS_STATE,
    number,
    kind,
    load<u32>(at, CLASS_RAW),
    isEmptyClass(at),
  )
}

/** The same, after `refresh`, out of what is kept. */
@inline
function knownScore(slot: i32, shape: usize, index: i32): u32 {
  if (!keepsScores()) return scoreOfClass(slot, shape, index)
  return classCount(classAt(index)) == 0 ? NO_SCORE : load<u32>(scoreAt(slot, index))
}

/** The same with what time adds. */
@inline
export function fullScoreOfClass(slot: i32, shape: usize, index: i32): u32 {
  const own = knownScore(slot, shape, index)
  return own == NO_SCORE ? own : own + timeScore(shape, classAt(index) + CLASS_STATE)
}

@inline
export function tieOf(index: i32): u32 {
  return stir(load<u32>(classAt(index), CLASS_RAW))
}

/** The best class of a block as an entry. Among equal scores the least hash. */
function bestOfBlock(slot: i32, shape: usize, block: i32): u32 {
  if (keepsScores()) return bestOfScores(slot, block)
  let best = NO_SCORE
  let winner = -1
  const from = block << BLOCK_SHIFT
  const to = min(from + BLOCK, classHigh)
  for (let index = from; index < to; index++) {
    const own = scoreOfClass(slot, shape, index)
    if (own > best || own == NO_SCORE) continue
    if (own == best && tieOf(index) >= tieOf(winner)) continue
    best = own
    winner = index
  }
  return winner < 0 ? NO_ENTRY : (best << SCORE_SHIFT) | <u32>(winner & (BLOCK - 1))
}

/** The same out of the scores that are kept. */
function bestOfScores(slot: i32, block: i32): u32 {
  const first = block << BLOCK_SHIFT
  const from = scoreAt(slot, first)
  while (true) {
    const best = leastOf(from, BLOCK)
    if (best >= NO_SCORE) return NO_ENTRY
    let winner = -1
    for (let each = 0; each < BLOCK; each++) {
      const at = from + (<usize>each << 2)
      if (load<u32>(at) != best) continue
      // The score of a class that has ended.
      if (classCount(classAt(first + each)) == 0) store<u32>(at, NO_SCORE)
      else if (winner < 0 || tieOf(first + each) < tieOf(first + winner)) winner = each
    }
    if (winner >= 0) return (best << SCORE_SHIFT) | <u32>winner
  }
}

/** Brings what is kept for a shape up to date. */
export function refresh(slot: i32): void {
  needMore(REGION_BOUNDS, (<usize>shapes * <usize>boundsWords()) << 2)
  if (keepsScores()) needMore(REGION_SCORES, (<usize>shapes * <usize>classRoom) << 2)
  const shape = shapeAt(slot)
  const entries = entriesOf(slot)
  const pending = logHead - load<u32>(shape, SHAPE_CURSOR)
  const stale = load<i32>(shape, SHAPE_AGE) != roomAge
  if (stale || pending >= LOG_LENGTH || <i32>(pending << 1) > classHigh) {
    rebuild(slot, shape, entries)
    store<i32>(shape, roomAge, SHAPE_AGE)
  } else {
    replay(slot, shape, entries, pending)
  }
  store<u32>(shape, logHead, SHAPE_CURSOR)
}

function rebuild(slot: i32, shape: usize, entries: usize): void {
  memory.fill(entries, 0xff, <usize>boundsWords() << 2)
  if (keepsScores()) {
    memory.fill(scoreAt(slot, 0), 0xff, <usize>classRoom << 2)
    for (let index = 0; index < classHigh; index++) {
      store<u32>(scoreAt(slot, index), scoreOfClass(slot, shape, index))
    }
  }
  const count = blocks()
  for (let block = 0; block < count; block++) {
    store<u32>(entries + (<usize>block << 2), bestOfBlock(slot, shape, block))
  }
  for (let group = 0; group < supers(); group++) summarise(entries, group)
}

/** Works the least entry of 64 blocks out. */
function summarise(entries: usize, group: i32): void {
  const from = entries + (<usize>group << (GROUP_SHIFT + 2))
  store<u32>(supersOf(entries) + (<usize>group << 2), leastOf(from, GROUP))
}

/** The least of so many words, a multiple of four. */
export function leastOf(from: usize, words: i32): u32 {
  const to = from + (<usize>words << 2)
  if (ASC_FEATURE_SIMD) {
    let least = i32x4.splat(-1)
    for (let at = from; at < to; at += 16) least = i32x4.min_u(least, v128.load(at))
    least = i32x4.min_u(least, v128.shuffle<i32>(least, least, 2, 3, 0, 1))
    least = i32x4.min_u(least, v128.shuffle<i32>(least, least, 1, 0, 3, 2))
    return <u32>i32x4.extract_lane(least, 0)
  }
  let least: u32 = NO_ENTRY
  for (let at = from; at < to; at += 4) {
    const entry = load<u32>(at)
    if (entry < least) least = entry
  }
  return least
}

/** Looks at the classes that came to be lately. Most have no room: those are told apart at once. */
function replay(slot: i32, shape: usize, entries: usize, pending: u32): void {
  const needs = needsOf(shape)
  const wide = stateBytes > 16
  const kept = keepsScores()
  for (let at = logHead - pending; at != logHead; at++) {
    const index = load<i32>(logAt + ((<usize>(at & (LOG_LENGTH - 1))) << 2))
    if (ASC_FEATURE_SIMD) {
      const state = classAt(index) + CLASS_STATE
      let short = i32x4.lt_s(v128.load(state), v128.load(needs))
      if (wide) short = v128.or(short, i32x4.lt_s(v128.load(state, 16), v128.load(needs, 16)))
      if (v128.any_true(short)) {
        if (kept) store<u32>(scoreAt(slot, index), NO_SCORE)
        continue
      }
    }
    consider(slot, shape, entries, index)
  }
}

/** A class that came to be: its block may have become better. */
function consider(slot: i32, shape: usize, entries: usize, index: i32): void {
  const own = scoreOfClass(slot, shape, index)
  if (keepsScores()) store<u32>(scoreAt(slot, index), own)
  if (own == NO_SCORE) return
  const block = index >> BLOCK_SHIFT
  const at = entries + (<usize>block << 2)
  const held = load<u32>(at)
  if (own > held >> SCORE_SHIFT) return
  if (own == held >> SCORE_SHIFT) {
    // Not even the class of the entry need be the one that it was.
    store<u32>(at, held | UNSURE)
    summarise(entries, block >> GROUP_SHIFT)
    return
  }
  const entry = (own << SCORE_SHIFT) | <u32>(index & (BLOCK - 1))
  store<u32>(at, entry)
  const above = supersOf(entries) + ((<usize>(block >> GROUP_SHIFT)) << 2)
  if (entry < load<u32>(above)) store<u32>(above, entry)
}

/** The best class for a shape, or −1. What is kept must be up to date. */
export function bestClass(slot: i32): i32 {
  const shape = shapeAt(slot)
  const entries = entriesOf(slot)
  const above = supersOf(entries)
  const groups = supers()
  while (true) {
    burn()
    const least = leastOf(above, (groups + 3) & ~3)
    if (least == NO_ENTRY) return -1
    const best = firstOfEquals(slot, shape, entries, least >> SCORE_SHIFT)
    if (best >= 0) return best
  }
}

/** Whether one of four entries has a score of at most so much. */
@inline
function anyAtMost(at: usize, score: u32): bool {
  const scores = i32x4.shr_u(v128.load(at), SCORE_SHIFT)
  return v128.any_true(i32x4.le_u(scores, i32x4.splat(score)))
}

/**
 * Among the blocks whose entries have a score, the class with the least hash; −1 after an entry was
 * found too small, and mended.
 */
function firstOfEquals(slot: i32, shape: usize, entries: usize, least: u32): i32 {
  const above = supersOf(entries)
  const groups = supers()
  let best = -1
  for (let group = 0; group < groups; group++) {
    if (load<u32>(above + (<usize>group << 2)) >> SCORE_SHIFT > least) continue
    const to = min((group + 1) << GROUP_SHIFT, blocks())
    for (let block = group << GROUP_SHIFT; block < to; block++) {
      const at = entries + (<usize>block << 2)
      if (ASC_FEATURE_SIMD) {
        // Four blocks are skipped at once; past the end there are none to be found.
        if ((block & 3) == 0 && !anyAtMost(at, least)) {
          block += 3
          continue
        }
      }
      const entry = load<u32>(at)
      if (entry >> SCORE_SHIFT > least) continue
      const index = (block << BLOCK_SHIFT) | <i32>(entry & (BLOCK - 1))
      if ((entry & UNSURE) != 0 || knownScore(slot, shape, index) != least) {
        store<u32>(at, bestOfBlock(slot, shape, block))
        summarise(entries, group)
        return -1
      }
      if (best < 0 || tieOf(index) < tieOf(best)) best = index
    }
  }
  return best
}
