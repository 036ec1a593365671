import {
  allocate,
  attach,
  detach,
  free,
  latestUntil,
  numberOf,
  recordAt,
  recordFootprint,
  recordHost,
  recordParts,
  recordUntil,
  setParts,
} from './allocation'
import { CLASS_RAW, CLASS_STATE, classAt, classKind, classOf, hashOf } from './classes'
import {
  amountsOf,
  apply,
  devicesAsked,
  footprintAt,
  deltaOf,
  isPlain,
  move,
  nibble,
  partsTaken,
  permuted,
  sortDevices,
  sorting,
} from './footprint'
import { devices, lifetimes, untilColumn } from './frame'
import { classOfHost, permutationOf, setPermutation, transfer } from './host'
import { kindAt } from './kind'
import { footprintOf, isPlainShape } from './shape'
import { SCRATCH } from './memory'
import { copyState, subtract } from './state'

/* The last transition of the entries of one decision: the next host is mostly like the last. */
let memoFrom: i32 = -1
let memoCount: i32 = 0
let memoTo: i32 = -1

export function forget(): void {
  memoFrom = -1
}

/** The class in which a host of another is after so many plain instances. Room must be there. */
@inline
export function successor(from: i32, shape: usize, count: i32): i32 {
  return plainSuccessor(from, footprintOf(shape), count)
}

/** As above, of a plain footprint; a negative count gives back. */
@inline
function plainSuccessor(from: i32, footprint: usize, count: i32): i32 {
  const at = classAt(from)
  subtract(SCRATCH, at + CLASS_STATE, amountsOf(footprint), count)
  const raw = load<u32>(at, CLASS_RAW) - <u32>count * deltaOf(footprint)
  return classOf(classKind(at), SCRATCH, raw)
}

/**
 * Gives so many instances of a shape to a host in which they fit, recorded under a footprint that
 * takes the same. Writes their numbers to `out`, unless it is 0. Room must be there.
 */
export function occupy(
  slot: i32,
  shape: usize,
  footprint: i32,
  count: i32,
  until: i32,
  out: usize,
): void {
  if (!isPlainShape(shape) || lifetimes) {
    for (let each = 0; each < count; each++) {
      const parts = take(slot, footprint, until)
      if (out == 0) continue
      store<f64>(out + (<usize>each << 3), numberOf(allocate(slot, footprint, until, parts)))
    }
    return
  }
  const from = classOfHost(slot)
  if (memoFrom != from || memoCount != count) {
    memoTo = successor(from, shape, count)
    memoFrom = from
    memoCount = count
  }
  transfer(slot, from, memoTo)
  if (out == 0) return
  for (let each = 0; each < count; each++) {
    store<f64>(out + (<usize>each << 3), numberOf(allocate(slot, footprint, until, 0)))
  }
}

/** Takes what one instance of a footprint needs from a host. Answers the parts that it lies on. */
export function take(slot: i32, id: i32, until: i32): u32 {
  const from = classOfHost(slot)
  const at = classAt(from)
  const kind = classKind(at)
  const footprint = footprintAt(id)
  copyState(SCRATCH, at + CLASS_STATE)
  apply(footprint, SCRATCH, kindAt(kind))
  let parts = partsTaken
  if (devicesAsked(footprint) > 0) {
    const permutation = permutationOf(slot)
    parts = (parts & 0xff0000) | physical(parts & 0xffff, permutation)
    sortDevices(SCRATCH)
    setPermutation(slot, permuted(permutation, sorting))
  }
  if (lifetimes) raiseUntil(until)
  transfer(slot, from, classOf(kind, SCRATCH, hashOf(kind, SCRATCH)))
  return parts
}

@inline
function raiseUntil(until: i32): void {
  const at = SCRATCH + (<usize>untilColumn << 2)
  if (load<i32>(at) < until) store<i32>(at, until)
}

/** Takes what an allocation made elsewhere holds: the very devices and cells of its parts. */
export function takeParts(slot: i32, id: i32, until: i32, parts: u32): void {
  const from = classOfHost(slot)
  const at = classAt(from)
  const kind = classKind(at)
  const footprint = footprintAt(id)
  copyState(SCRATCH, at + CLASS_STATE)
  const positions = positionsOf(slot, parts)
  move(footprint, SCRATCH, (parts >> 16) & 0xff, positions, -1)
  if (positions != 0) {
    sortDevices(SCRATCH)
    setPermutation(slot, permuted(permutationOf(slot), sorting))
  }
  if (lifetimes) raiseUntil(until)
  transfer(slot, from, classOf(kind, SCRATCH, hashOf(kind, SCRATCH)))
}

/** Device numbers to sorted positions, both as bits. */
function positionsOf(slot: i32, parts: u32): u32 {
  let positions: u32 = 0
  if ((parts & 0xffff) == 0) return positions
  const permutation = permutationOf(slot)
  for (let position = 0; position < devices; position++) {
    if ((parts >> nibble(permutation, position)) & 1) positions |= (<u32>1) << position
  }
  return positions
}

/** Sorted positions to device numbers, both as bits. */
function physical(positions: u32, permutation: u64): u32 {
  let numbers: u32 = 0
  for (let position = 0; positions >> position != 0; position++) {
    if ((positions >> position) & 1) numbers |= (<u32>1) << nibble(permutation, position)
  }
  return numbers
}

/** Gives back what a live allocation holds; the record stays as it is. Room must be there. */
export function give(record: i32): void {
  const held = recordAt(record)
  const slot = recordHost(held)
  const from = classOfHost(slot)
  const at = classAt(from)
  const kind = classKind(at)
  const footprint = footprintAt(recordFootprint(held))
  if (isPlain(footprint) && !lifetimes) {
    transfer(slot, from, plainSuccessor(from, footprint, -1))
    return
  }
  copyState(SCRATCH, at + CLASS_STATE)
  const parts = recordParts(held)
  const positions = positionsOf(slot, parts)
  move(footprint, SCRATCH, (parts >> 16) & 0xff, positions, 1)
  if (positions != 0) {
    sortDevices(SCRATCH)
    setPermutation(slot, permuted(permutationOf(slot), sorting))
  }
  if (lifetimes) {
    store<i32>(SCRATCH + (<usize>untilColumn << 2), latestUntil(slot, record))
  }
  transfer(slot, from, classOf(kind, SCRATCH, hashOf(kind, SCRATCH)))
}

/** Ends a live allocation. Room must be there. */
export function releaseRecord(record: i32): void {
  give(record)
  detach(record)
  free(record)
}

/** Moves a live allocation to a host in which its footprint fits. Room must be there. */
export function moveRecord(record: i32, slot: i32): void {
  const at = recordAt(record)
  give(record)
  detach(record)
  setParts(at, take(slot, recordFootprint(at), recordUntil(at)))
  attach(record, slot)
}
