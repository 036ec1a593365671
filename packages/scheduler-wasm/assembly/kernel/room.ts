import { BLOCK_SHIFT, CLASS_STATE, classAt, classCount, classHigh, classKind } from './classes'
import { blocks, entriesOf, NO_ENTRY, refresh } from './bounds'
import { apply, copiesInCells, devicesAsked, sortDevices } from './footprint'
import { classOfHost } from './host'
import { kindAt } from './kind'
import { markAt, marked, markedIn, markHost, markLimit, open } from './marks'
import { TRIAL } from './memory'
import { fits } from './score'
import {
  ASKED_BYTES,
  askedAmount,
  askedColumn,
  askedFrom,
  askedTo,
  footprintOf,
  isPlainShape,
  passes,
  shapeAt,
} from './shape'
import { copyState, equalStates } from './state'

/** Instances that a state takes one after another, at most `limit`. */
export function takes(shape: usize, state: usize, kind: usize, limit: i32): i32 {
  if (!fits(shape, state, kind)) return 0
  const footprint = footprintOf(shape)
  let taken = <u32>limit
  if (!isPlainShape(shape)) {
    if (devicesAsked(footprint) > 0) return tried(shape, state, kind, limit)
    const copies = copiesInCells(footprint, state, kind)
    if (copies < 0) return tried(shape, state, kind, limit)
    taken = min(taken, <u32>copies)
  }
  const to = askedTo(shape)
  for (let at = askedFrom(shape); at < to; at += ASKED_BYTES) {
    const free = load<u32>(state + askedColumn(at))
    const amount = <u32>askedAmount(at)
    // Most hosts are limited by one class: a division only when it lowers the number.
    if (<u64>taken * <u64>amount > <u64>free) taken = free / amount
  }
  return <i32>taken
}

function tried(shape: usize, state: usize, kind: usize, limit: i32): i32 {
  const footprint = footprintOf(shape)
  copyState(TRIAL, state)
  let taken = 0
  while (taken < limit && fits(shape, TRIAL, kind)) {
    apply(footprint, TRIAL, kind)
    if (devicesAsked(footprint) > 0) sortDevices(TRIAL)
    taken++
    // What takes nothing fits for ever.
    if (taken == 1 && equalStates(TRIAL, state)) return limit
  }
  return taken
}

/** Instances that each unmarked host of a class takes, 0 if the filter rules it out. */
@inline
export function takesOfClass(slot: i32, shape: usize, index: i32, limit: i32): i32 {
  const at = classAt(index)
  const kind = classKind(at)
  if (!passes(slot, kind)) return 0
  return takes(shape, at + CLASS_STATE, kindAt(kind), limit)
}

/** Members of a class that are not marked. */
@inline
export function unmarkedIn(index: i32): i32 {
  return classCount(classAt(index)) - markedIn(index)
}

/** Instances that a marked host takes. */
export function takesOfMark(slot: i32, shape: usize, mark: usize, cap: i32): i32 {
  if (markLimit(mark) <= 0) return 0
  return takesOfClass(slot, shape, classOfHost(markHost(mark)), min(markLimit(mark), cap))
}

/**
 * Instances that fit one after another, counted no further than `cap`. Bounds are brought up to
 * date.
 */
export function roomFor(slot: i32, limit: i32, markedOnly: bool, cap: i32): i32 {
  const shape = shapeAt(slot)
  let room: i64 = 0
  if (open > 0) {
    for (let number = 0; number < marked && room < <i64>cap; number++) {
      room += takesOfMark(slot, shape, markAt(number), cap)
    }
  }
  if (markedOnly || limit <= 0) return <i32>min<i64>(room, cap)
  refresh(slot)
  const entries = entriesOf(slot)
  const most = min(limit, cap)
  const count = blocks()
  for (let block = 0; block < count && room < <i64>cap; block++) {
    if (load<u32>(entries + (<usize>block << 2)) == NO_ENTRY) continue
    const to = min((block + 1) << BLOCK_SHIFT, classHigh)
    for (let index = block << BLOCK_SHIFT; index < to && room < <i64>cap; index++) {
      const hosts = unmarkedIn(index)
      if (hosts > 0) room += <i64>hosts * takesOfClass(slot, shape, index, most)
    }
  }
  return <i32>min<i64>(room, cap)
}

