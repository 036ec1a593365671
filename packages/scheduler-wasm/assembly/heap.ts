import { ENTRY_BYTES, SHARE_FILL } from '../src/layout'
import { share } from './ask'

/**
 * The best hosts of a zone (or of all) as a binary heap with the worst on top, so that it can be let go when a
 * better one comes. A heap stops growing when its weight reaches its limit: instances when hosts are filled, else
 * hosts.
 *
 *     zone  +0 total (i64) │ +8 weight (i64) │ +16 heap │ +20 length │ +24 limit │ +28 quota
 *     entry +0 rank (u64)  │ +8 hash, second hash (u64) │ +16 slot   │ +20 take
 */

@inline
export function zoneTotal(zone: usize): i64 {
  return load<i64>(zone, 0)
}

@inline
export function addTotal(zone: usize, instances: i32): void {
  store<i64>(zone, load<i64>(zone, 0) + instances, 0)
}

@inline
export function heapOf(zone: usize): usize {
  return load<u32>(zone, 16)
}

@inline
export function lengthOf(zone: usize): i32 {
  return load<i32>(zone, 20)
}

@inline
export function limitOf(zone: usize): i32 {
  return load<i32>(zone, 24)
}

@inline
export function quotaOf(zone: usize): i32 {
  return load<i32>(zone, 28)
}

@inline
export function setQuota(zone: usize, quota: i32): void {
  store<i32>(zone, quota, 28)
}

@inline
export function isFull(zone: usize): bool {
  return load<i64>(zone, 8) >= <i64>load<i32>(zone, 24)
}

/** Empties a zone and its heap. */
export function openZone(zone: usize, heap: usize, limit: i32): void {
  store<i64>(zone, 0, 0)
  store<i64>(zone, 0, 8)
  store<u32>(zone, <u32>heap, 16)
  store<i32>(zone, 0, 20)
  store<i32>(zone, limit, 24)
}

@inline
export function entryAt(heap: usize, index: i32): usize {
  return heap + <usize>index * ENTRY_BYTES
}

@inline
export function rankOf(entry: usize): u64 {
  return load<u64>(entry, 0)
}

@inline
export function hashOf(entry: usize): u64 {
  return load<u64>(entry, 8)
}

@inline
export function slotOf(entry: usize): i32 {
  return load<i32>(entry, 16)
}

@inline
export function takeOf(entry: usize): i32 {
  return load<i32>(entry, 20)
}

@inline
export function setTake(entry: usize, take: i32): void {
  store<i32>(entry, take, 20)
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
  store<u64>(to, load<u64>(from, 0), 0)
  store<u64>(to, load<u64>(from, 8), 8)
  store<u64>(to, load<u64>(from, 16), 16)
}

@inline
function weightOf(entry: usize): i64 {
  return share == SHARE_FILL ? <i64>takeOf(entry) : 1
}

@inline
function writeEntry(entry: usize, rank: u64, hash: u64, rest: u64): void {
  store<u64>(entry, rank, 0)
  store<u64>(entry, hash, 8)
  store<u64>(entry, rest, 16)
}

/** Offers a host: kept if the heap is not full, or if it is better than the worst, which then may go. */
export function push(zone: usize, rank: u64, hash: u64, slot: i32, take: i32): void {
  const heap = heapOf(zone)
  const rest = (<u64>(<u32>take) << 32) | <u64>(<u32>slot)
  const weight = load<i64>(zone, 8)
  const own = share == SHARE_FILL ? <i64>take : 1
  const length = lengthOf(zone)
  if (weight >= <i64>limitOf(zone)) {
    if (length == 0) return
    const top = rankOf(heap)
    if (rank > top || (rank == top && hash >= hashOf(heap))) return
    const after = weight - weightOf(heap) + own
    if (after >= <i64>limitOf(zone)) {
      // The worst would go at once: the new one takes its place.
      store<i64>(zone, after, 8)
      sink(heap, 0, length, rank, hash, rest)
      trim(zone)
      return
    }
  }
  store<i32>(zone, length + 1, 20)
  store<i64>(zone, weight + own, 8)
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
    const rest = load<i64>(zone, 8) - weightOf(heap)
    if (rest < limit) return
    store<i64>(zone, rest, 8)
    store<i32>(zone, length - 1, 20)
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
  sink(heap, from, length, rankOf(entry), hashOf(entry), load<u64>(entry, 16))
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
    const rest = load<u64>(last, 16)
    copyEntry(heap, last)
    sink(heap, 0, end, rank, hash, rest)
  }
}
