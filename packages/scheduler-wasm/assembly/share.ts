import {
  ANSWER_BYTES,
  ANSWER_COUNT,
  ANSWER_SLOT,
  MEMBERS_CEILING,
  MEMBERS_SHIFT,
  RANK_FEWEST_MEMBERS,
} from '../src/layout'
import { ranking } from './ask'
import { entryAt, rankOf, setTake, slotOf, takeOf } from './heap'

/** Fills hosts in order until `count` instances are placed. */
export function fill(heap: usize, length: i32, count: i32): void {
  let left = count
  for (let index = 0; index < length; index++) {
    const entry = entryAt(heap, index)
    const take = takeOf(entry)
    const taken = take < left ? take : left
    setTake(entry, taken)
    left -= taken
  }
}

@inline
function membersOf(entry: usize): i32 {
  return ranking == RANK_FEWEST_MEMBERS ? <i32>(rankOf(entry) >> MEMBERS_SHIFT) : 0
}

/**
 * What a host holds when all are filled up to a level: nothing if its members reach it, at most
 * what fits.
 */
@inline
function heldAt(entry: usize, level: i32): i32 {
  const wanted = level - membersOf(entry)
  if (wanted <= 0) return 0
  const take = takeOf(entry)
  return wanted < take ? wanted : take
}

function totalAt(heap: usize, length: i32, level: i32): i64 {
  let total: i64 = 0
  for (let index = 0; index < length; index++) total += heldAt(entryAt(heap, index), level)
  return total
}

/**
 * Gives `count` instances one at a time, each to the host with the fewest (its members counted),
 * the first in order among equals: the highest level that `count` fills, and one more for the first
 * hosts that can.
 */
export function level(heap: usize, length: i32, count: i32): void {
  let low = 0
  let high = ranking == RANK_FEWEST_MEMBERS ? count + MEMBERS_CEILING : count
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (totalAt(heap, length, middle) <= count) low = middle
    else high = middle - 1
  }
  let left = count - <i32>totalAt(heap, length, low)
  for (let index = 0; index < length; index++) {
    const entry = entryAt(heap, index)
    const held = heldAt(entry, low)
    const more = left > 0 && heldAt(entry, low + 1) > held ? 1 : 0
    setTake(entry, held + more)
    left -= more
  }
}

/** Writes slot and instances of every entry that has any. Returns how many. */
export function answer(heap: usize, length: i32, to: usize): i32 {
  let written = 0
  for (let index = 0; index < length; index++) {
    const entry = entryAt(heap, index)
    if (takeOf(entry) == 0) continue
    const at = to + <usize>written * ANSWER_BYTES
    store<i32>(at, slotOf(entry), ANSWER_SLOT)
    store<i32>(at, takeOf(entry), ANSWER_COUNT)
    written++
  }
  return written
}
