import {
  ENTRY_BYTES,
  ENTRY_HASH,
  ENTRY_RANK,
  ENTRY_SLOT,
  ENTRY_TAKE,
  SHARE_FILL,
  ZONE_HEAP,
  ZONE_LENGTH,
  ZONE_LIMIT,
  ZONE_QUOTA,
  ZONE_TOTAL,
  ZONE_WEIGHT,
} from '../src/layout'
import { share } from './ask'

/**
 * The best hosts of a zone (or of all) as a binary heap with the worst on top, so that it can be
 * let go when a better one comes. A heap stops growing when its weight reaches its limit: instances
 * when hosts are filled, else hosts.
 */

@inline
export function zoneTotal(zone: usize): i64 {
  return load<i64>(zone, ZONE_TOTAL)
}

@inline
export function addTotal(zone: usize, instances: i32): void {
  store<i64>(zone, load<i64>(zone, ZONE_TOTAL) + instances, ZONE_TOTAL)
}

@inline
export function heapOf(zone: usize): usize {
  return load<u32>(zone, ZONE_HEAP)
}

@inline
export function lengthOf(zone: usize): i32 {
  return load<i32>(zone, ZONE_LENGTH)
}

@inline
export function limitOf(zone: usize): i32 {
  return load<i32>(zone, ZONE_LIMIT)
}

@inline
export function quotaOf(zone: usize): i32 {
  return load<i32>(zone, ZONE_QUOTA)
}

@inline
export function setQuota(zone: usize, quota: i32): void {
  store<i32>(zone, quota, ZONE_QUOTA)
}

@inline
export function isFull(zone: usize): bool {
  return load<i64>(zone, ZONE_WEIGHT) >= <i64>load<i32>(zone, ZONE_LIMIT)
}

/** Empties a zone and its heap. */
export function openZone(zone: usize, heap: usize, limit: i32): void {
  store<i64>(zone, 0, ZONE_TOTAL)
  store<i64>(zone, 0, ZONE_WEIGHT)
  store<u32>(zone, <u32>heap, ZONE_HEAP)
  store<i32>(zone, 0, ZONE_LENGTH)
  store<i32>(zone, limit, ZONE_LIMIT)
}

@inline
export function entryAt(heap: usize, index: i32): usize {
  return heap + <usize>index * ENTRY_BYTES
}

@inline
export function rankOf(entry: usize): u64 {
  return load<u64>(entry, ENTRY_RANK)
}

@inline
export function hashOf(entry: usize): u64 {
  return load<u64>(entry, ENTRY_HASH)
}

@inline
export function slotOf(entry: usize): i32 {
  return load<i32>(entry, ENTRY_SLOT)
}

@inline
export function takeOf(entry: usize): i32 {
  return load<i32>(entry, ENTRY_TAKE)
}

/** Slot and instances lie side by side, and are moved as one. */
@inline
function slotAndTake(entry: usize): u64 {
  return load<u64>(entry, ENTRY_SLOT)
}

@inline
export function setTake(entry: usize, take: i32): void {
  store<i32>(entry, take, ENTRY_TAKE)
}

/** Whether the first entry comes after the second. */
@inline
export function isWorse(first: usize, second: usize): bool {
  const a = rankOf(first)
  const b = rankOf(second)
  return a > b || (a == b && hashOf(first) > hashOf(second))
}

@inline
export function copyEntry(from: usize, to: usize): void {
  writeEntry(to, rankOf(from), hashOf(from), slotAndTake(from))
}

@inline
function weightOf(entry: usize): i64 {
  return share == SHARE_FILL ? <i64>takeOf(entry) : 1
}

@inline
function writeEntry(entry: usize, rank: u64, hash: u64, rest: u64): void {
  store<u64>(entry, rank, ENTRY_RANK)
  store<u64>(entry, hash, ENTRY_HASH)
  store<u64>(entry, rest, ENTRY_SLOT)
}

/**
 * Offers a host: kept if the heap is not full, or if it is better than the worst, which then may
 * go.
 */
export function push(zone: usize, rank: u64, hash: u64, slot: i32, take: i32): void {
  const heap = heapOf(zone)
  const rest = (<u64>(<u32>take) << 32) | <u64>(<u32>slot)
  const weight = load<i64>(zone, ZONE_WEIGHT)
  const own = share == SHARE_FILL ? <i64>take : 1
  const length = lengthOf(zone)
  if (weight >= <i64>limitOf(zone)) {
    if (length == 0) return
    const top = rankOf(heap)
    if (rank > top || (rank == top && hash >= hashOf(heap))) return
    const after = weight - weightOf(heap) + own
    if (after >= <i64>limitOf(zone)) {
      // The worst would go at once: the new one takes its place.
      store<i64>(zone, after, ZONE_WEIGHT)
      sink(heap, 0, length, rank, hash, rest)
      trim(zone)
      return
    }
  }
  store<i32>(zone, length + 1, ZONE_LENGTH)
  store<i64>(zone, weight + own, ZONE_WEIGHT)
  rise(heap, length, rank, hash, rest)
  trim(zone)
}

/** Lets the worst go for as long as the others carry the limit without it. */
function trim(zone: usize): void {
  const heap = heapOf(zone)
  const limit = <i64>limitOf(zone)
  for (;;) {
    const length = lengthOf(zone)
    if (length == 0) return
    const rest = load<i64>(zone, ZONE_WEIGHT) - weightOf(heap)
    if (rest < limit) return
    store<i64>(zone, rest, ZONE_WEIGHT)
    store<i32>(zone, length - 1, ZONE_LENGTH)
    sinkEntry(heap, 0, length - 1, entryAt(heap, length - 1))
  }
}

/** Finds the place of an entry from a leaf up. */
function rise(heap: usize, from: i32, rank: u64, hash: u64, rest: u64): void {
  let index = from
  while (index > 0) {
    const parent = (index - 1) >> 1
    const above = entryAt(heap, parent)
    const top = rankOf(above)
    if (top > rank || (top == rank && hashOf(above) >= hash)) break
    copyEntry(above, entryAt(heap, index))
    index = parent
  }
  writeEntry(entryAt(heap, index), rank, hash, rest)
}

/** Finds the place of an entry from a position down. */
function sink(heap: usize, from: i32, length: i32, rank: u64, hash: u64, rest: u64): void {
  let index = from
  for (;;) {
    let child = 2 * index + 1
    if (child >= length) break
    let below = entryAt(heap, child)
    if (child + 1 < length && isWorse(below + ENTRY_BYTES, below)) {
      child++
      below += ENTRY_BYTES
    }
    const worse = rankOf(below)
    if (worse < rank || (worse == rank && hashOf(below) <= hash)) break
    copyEntry(below, entryAt(heap, index))
    index = child
  }
  writeEntry(entryAt(heap, index), rank, hash, rest)
}

function sinkEntry(heap: usize, from: i32, length: i32, entry: usize): void {
  sink(heap, from, length, rankOf(entry), hashOf(entry), slotAndTake(entry))
}

/** Turns any list of entries into a heap. */
export function heapify(heap: usize, length: i32): void {
  for (let index = (length >> 1) - 1; index >= 0; index--) {
    sinkEntry(heap, index, length, entryAt(heap, index))
  }
}

/** Turns a heap into a list, best first. */
export function sort(heap: usize, length: i32): void {
  for (let end = length - 1; end > 0; end--) {
    const last = entryAt(heap, end)
    const rank = rankOf(last)
    const hash = hashOf(last)
    const rest = slotAndTake(last)
    copyEntry(heap, last)
    sink(heap, 0, end, rank, hash, rest)
  }
}
