import { deviceColumn, lifetimes, resources, stateBytes, width } from './frame'
import { amountsOf, cellsAsked, devicesAsked, footprintAt, unitsAsked } from './footprint'
import { kinds } from './kind'
import {
  filtersAt,
  IO,
  needMore,
  REGION_FILTERS,
  REGION_SHAPES,
  shapesAt,
  sizeOf,
} from './memory'

/*
 * A shape: what an ask looks for in a host. The asked classes are listed as column offset in bytes,
 * amount and weight; `needs` says as a state what a host must have at least. What is kept of the
 * search for it (see bounds.ts): the log's head and the room's age when it was brought up to date.
 */
const SHAPE_FOOTPRINT: usize = 0
const SHAPE_POLICY: usize = 4
const SHAPE_ASKED: usize = 8
export const SHAPE_CURSOR: usize = 16
export const SHAPE_AGE: usize = 20
const SHAPE_FLAGS: usize = 24
const SHAPE_LIST: usize = 32
const SHAPE_NEEDS: usize = 32 + 16 * 12
/** After the needs, as states: weights of what is asked for, and all ones for what is not. */
const SHAPE_STATES: usize = 3

const FLAG_PLAIN = 1
const FLAG_CELLS = 2
const FLAG_TIMED = 4

const POLICY_LIFETIME = 4

export let shapes: i32 = 0
let filterRoom: i32 = 0

@inline
function shapeBytes(): usize {
  return SHAPE_NEEDS + SHAPE_STATES * stateBytes
}

@inline
export function shapeAt(slot: i32): usize {
  return shapesAt + <usize>slot * shapeBytes()
}

@inline
export function footprintId(shape: usize): i32 {
  return load<i32>(shape, SHAPE_FOOTPRINT)
}

@inline
export function footprintOf(shape: usize): usize {
  return footprintAt(load<i32>(shape, SHAPE_FOOTPRINT))
}

@inline
export function policyOf(shape: usize): i32 {
  return load<i32>(shape, SHAPE_POLICY)
}

/** Only resource classes are asked for. */
@inline
export function isPlainShape(shape: usize): bool {
  return (load<i32>(shape, SHAPE_FLAGS) & FLAG_PLAIN) != 0
}

@inline
export function hasCells(shape: usize): bool {
  return (load<i32>(shape, SHAPE_FLAGS) & FLAG_CELLS) != 0
}

/**
 * Something that changes with time is added to the scores: what is kept is no more than a bound.
 */
@inline
export function isTimed(shape: usize): bool {
  return (load<i32>(shape, SHAPE_FLAGS) & FLAG_TIMED) != 0
}

@inline
export function needsOf(shape: usize): usize {
  return shape + SHAPE_NEEDS
}

@inline
export function weightsOf(shape: usize): usize {
  return shape + SHAPE_NEEDS + stateBytes
}

@inline
export function unaskedOf(shape: usize): usize {
  return shape + SHAPE_NEEDS + 2 * stateBytes
}

/** The list of asked classes: from here… */
@inline
export function askedFrom(shape: usize): usize {
  return shape + SHAPE_LIST
}

/** …to here. */
@inline
export function askedTo(shape: usize): usize {
  return shape + SHAPE_LIST + <usize>load<u32>(shape, SHAPE_ASKED)
}

export const ASKED_BYTES: usize = 12

@inline
export function askedColumn(at: usize): usize {
  return <usize>load<u32>(at)
}

@inline
export function askedAmount(at: usize): i32 {
  return load<i32>(at, 4)
}

@inline
export function askedWeight(at: usize): u32 {
  return load<u32>(at, 8)
}

/** Whether a kind passes the filter of a shape. */
@inline
export function passes(slot: i32, kind: i32): bool {
  return load<u8>(filtersAt + <usize>slot * <usize>filterRoom + <usize>kind) == 0
}

@inline
export function failures(slot: i32, kind: i32): i32 {
  return load<u8>(filtersAt + <usize>slot * <usize>filterRoom + <usize>kind)
}

/** In IO: one weight per resource class padded to 16 bytes, then one byte per kind. */
export function setShape(slot: i32, footprint: i32, policy: i32): void {
  if (slot >= shapes) {
    shapes = slot + 1
    needMore(REGION_SHAPES, <usize>shapes * shapeBytes())
  }
  reserveFilters()
  const at = shapeAt(slot)
  const from = footprintAt(footprint)
  store<i32>(at, footprint, SHAPE_FOOTPRINT)
  store<i32>(at, policy, SHAPE_POLICY)
  store<i32>(at, -1, SHAPE_AGE)
  const plain = (cellsAsked(from) | devicesAsked(from)) == 0
  const timed = policy == POLICY_LIFETIME && lifetimes
  const flags =
    (plain ? FLAG_PLAIN : 0) | (cellsAsked(from) > 0 ? FLAG_CELLS : 0) | (timed ? FLAG_TIMED : 0)
  store<i32>(at, flags, SHAPE_FLAGS)
  listAsked(at, amountsOf(from))
  if (devicesAsked(from) > 0) {
    const column = deviceColumn + devicesAsked(from) - 1
    store<i32>(needsOf(at) + (<usize>column << 2), unitsAsked(from))
  }
  memory.copy(filtersAt + <usize>slot * <usize>filterRoom, IO + 16, <usize>kinds)
}

function listAsked(shape: usize, amounts: usize): void {
  let at = askedFrom(shape)
  for (let column = 0; column < width; column++) {
    const offset = <usize>column << 2
    store<i32>(needsOf(shape) + offset, i32.MIN_VALUE)
    store<i32>(weightsOf(shape) + offset, 0)
    store<i32>(unaskedOf(shape) + offset, -1)
    const amount = column < resources ? load<i32>(amounts + offset) : 0
    if (amount <= 0) continue
    store<i32>(needsOf(shape) + offset, amount)
    store<i32>(weightsOf(shape) + offset, <i32>load<i8>(IO + <usize>column))
    store<i32>(unaskedOf(shape) + offset, 0)
    store<u32>(at, <u32>offset, 0)
    store<i32>(at, amount, 4)
    store<i32>(at, <i32>load<i8>(IO + <usize>column), 8)
    at += ASKED_BYTES
  }
  store<u32>(shape, <u32>(at - askedFrom(shape)), SHAPE_ASKED)
}

/** Filters have one stride: when kinds outgrow it, all are laid out anew, new kinds allowed. */
function reserveFilters(): void {
  const before = filterRoom
  if (kinds > filterRoom) filterRoom = (kinds + (kinds >> 1) + 63) & ~63
  const old = sizeOf(REGION_FILTERS)
  needMore(REGION_FILTERS, <usize>shapes * <usize>filterRoom)
  if (before == filterRoom || before == 0) return
  for (let slot = <i32>(old / <usize>before) - 1; slot >= 0; slot--) {
    if (slot >= shapes) continue
    const to = filtersAt + <usize>slot * <usize>filterRoom
    memory.copy(to, filtersAt + <usize>slot * <usize>before, <usize>before)
    memory.fill(to + <usize>before, 0, <usize>(filterRoom - before))
  }
}

export function saveShapes(at: usize): usize {
  store<i32>(at, shapes, 0)
  store<i32>(at, filterRoom, 4)
  return at + 8
}

export function restoreShapes(at: usize): usize {
  shapes = load<i32>(at, 0)
  filterRoom = load<i32>(at, 4)
  return at + 8
}
