import { CLASS_COUNT, CLASS_HEAD, classAt, classKind, endClass } from './classes'
import { devices } from './frame'
import { countHosts } from './kind'
import { addMarked, isMarked, marked } from './marks'
import {
  hostsAt,
  needMore,
  permutationsAt,
  REGION_HOSTS,
  REGION_HOST_MARKS,
  REGION_PERMUTATIONS,
  sizeOf,
} from './memory'

/*
 * A host: its class or −1, the next older and the next newer of the class, its newest allocation.
 */
const HOST_CLASS: usize = 0
const HOST_OLDER: usize = 4
const HOST_NEWER: usize = 8
const HOST_ALLOCATION: usize = 12
const HOST_SHIFT: usize = 4

/** Devices by sorted position, four bits each: the identity. */
const IDENTITY: u64 = 0xfedcba9876543210

/** Slots that were ever used. */
export let hostHigh: i32 = 0

export function setHosts(high: i32): void {
  hostHigh = high
}

@inline
function hostAt(slot: i32): usize {
  return hostsAt + (<usize>slot << HOST_SHIFT)
}

/** The class of a host, −1 if there is no such host. */
@inline
export function classOfHost(slot: i32): i32 {
  return <u32>slot < <u32>hostHigh ? load<i32>(hostAt(slot), HOST_CLASS) : -1
}

@inline
export function olderThan(slot: i32): i32 {
  return load<i32>(hostAt(slot), HOST_OLDER)
}

@inline
export function newerThan(slot: i32): i32 {
  return load<i32>(hostAt(slot), HOST_NEWER)
}

@inline
export function newestAllocation(slot: i32): i32 {
  return load<i32>(hostAt(slot), HOST_ALLOCATION)
}

@inline
export function setNewestAllocation(slot: i32, record: i32): void {
  store<i32>(hostAt(slot), record, HOST_ALLOCATION)
}

@inline
export function permutationOf(slot: i32): u64 {
  return load<u64>(permutationsAt + (<usize>slot << 3))
}

@inline
export function setPermutation(slot: i32, permutation: u64): void {
  store<u64>(permutationsAt + (<usize>slot << 3), permutation)
}

/** Makes the slots up to one usable. */
export function reserveHosts(slots: i32): void {
  if (slots <= hostHigh) return
  needMore(REGION_HOSTS, <usize>slots << HOST_SHIFT)
  if (sizeOf(REGION_HOST_MARKS) > 0) needMore(REGION_HOST_MARKS, <usize>slots << 2)
  if (devices > 0) needMore(REGION_PERMUTATIONS, <usize>slots << 3)
  for (let slot = hostHigh; slot < slots; slot++) store<i32>(hostAt(slot), -1, HOST_CLASS)
  hostHigh = slots
}

/** Puts a new, empty host into a class. */
export function enterNew(slot: i32, index: i32): void {
  setNewestAllocation(slot, -1)
  if (devices > 0) setPermutation(slot, IDENTITY)
  countHosts(classKind(classAt(index)), 1)
  link(slot, index)
}

/** Takes a host out of its class for good. */
export function leave(slot: i32): void {
  const index = load<i32>(hostAt(slot), HOST_CLASS)
  countHosts(classKind(classAt(index)), -1)
  unlink(slot, index)
  store<i32>(hostAt(slot), -1, HOST_CLASS)
}

/** Moves a host to another class of its kind, as its newest member. */
export function transfer(slot: i32, from: i32, to: i32): void {
  // Alone in its class it is the newest already, and the class must not end.
  if (from == to && load<i32>(classAt(from), CLASS_COUNT) == 1) return
  unlink(slot, from)
  link(slot, to)
}

/** Members form a ring; the class names its newest, whose newer neighbour is the oldest. */
@inline
function link(slot: i32, index: i32): void {
  const at = classAt(index)
  const host = hostAt(slot)
  const head = load<i32>(at, CLASS_HEAD)
  store<i32>(host, index, HOST_CLASS)
  if (load<i32>(at, CLASS_COUNT) == 0) {
    store<i32>(host, slot, HOST_OLDER)
    store<i32>(host, slot, HOST_NEWER)
  } else {
    const newest = hostAt(head)
    const oldest = load<i32>(newest, HOST_NEWER)
    store<i32>(host, head, HOST_OLDER)
    store<i32>(host, oldest, HOST_NEWER)
    store<i32>(newest, slot, HOST_NEWER)
    store<i32>(hostAt(oldest), slot, HOST_OLDER)
  }
  store<i32>(at, slot, CLASS_HEAD)
  store<i32>(at, load<i32>(at, CLASS_COUNT) + 1, CLASS_COUNT)
  if (marked != 0 && isMarked(slot)) addMarked(index, 1)
}

@inline
function unlink(slot: i32, index: i32): void {
  const at = classAt(index)
  const host = hostAt(slot)
  const count = load<i32>(at, CLASS_COUNT) - 1
  store<i32>(at, count, CLASS_COUNT)
  if (marked != 0 && isMarked(slot)) addMarked(index, -1)
  if (count == 0) {
    endClass(index)
    return
  }
  const older = load<i32>(host, HOST_OLDER)
  const newer = load<i32>(host, HOST_NEWER)
  store<i32>(hostAt(older), newer, HOST_NEWER)
  store<i32>(hostAt(newer), older, HOST_OLDER)
  if (load<i32>(at, CLASS_HEAD) == slot) store<i32>(at, older, CLASS_HEAD)
}
