import {
  cellClasses,
  cellColumn,
  deviceColumn,
  devices,
  resources,
  stateBytes,
} from './frame'
import { inversesOf, kindCells } from './kind'
import { footprintsAt, IO, needMore, REGION_FOOTPRINTS } from './memory'
import { rawHash } from './state'

/*
 * What one instance takes: cells, amounts of each class in a cell, devices, units of each; then
 * its amounts as a state, 0 in all columns but the resource classes.
 */
const FOOTPRINT_CELLS: usize = 0
const FOOTPRINT_CELL_AMOUNTS: usize = 4
const FOOTPRINT_DEVICES: usize = 20
const FOOTPRINT_UNITS: usize = 24
const FOOTPRINT_NEXT: usize = 28
const FOOTPRINT_DELTA: usize = 32
const FOOTPRINT_AMOUNTS: usize = 48

export let footprints: i32 = 0
let freeFootprint: i32 = -1

/** Of the instance applied last: bits 0…15 its devices by sorted position, 16…23 its cells. */
export let partsTaken: u32 = 0

@inline
export function footprintAt(id: i32): usize {
  return footprintsAt + <usize>id * (FOOTPRINT_AMOUNTS + stateBytes)
}

@inline
export function cellsAsked(footprint: usize): i32 {
  return load<i32>(footprint, FOOTPRINT_CELLS)
}

@inline
export function devicesAsked(footprint: usize): i32 {
  return load<i32>(footprint, FOOTPRINT_DEVICES)
}

@inline
export function unitsAsked(footprint: usize): i32 {
  return load<i32>(footprint, FOOTPRINT_UNITS)
}

@inline
export function amountsOf(footprint: usize): usize {
  return footprint + FOOTPRINT_AMOUNTS
}

/** Amounts in each cell. */
@inline
export function cellAmountsOf(footprint: usize): usize {
  return footprint + FOOTPRINT_CELL_AMOUNTS
}

/** What a plain footprint takes changes a state's hash by so much. */
@inline
export function deltaOf(footprint: usize): u32 {
  return load<u32>(footprint, FOOTPRINT_DELTA)
}

/** In IO: the amounts, then four amounts in a cell. */
export function addFootprint(cellsTaken: i32, devicesTaken: i32, units: i32): i32 {
  let id = freeFootprint
  if (id >= 0) freeFootprint = load<i32>(footprintAt(id), FOOTPRINT_NEXT)
  else {
    id = footprints++
    needMore(REGION_FOOTPRINTS, <usize>footprints * (FOOTPRINT_AMOUNTS + stateBytes))
  }
  const at = footprintAt(id)
  store<i32>(at, cellsTaken, FOOTPRINT_CELLS)
  store<i32>(at, devicesTaken, FOOTPRINT_DEVICES)
  store<i32>(at, units, FOOTPRINT_UNITS)
  memory.fill(amountsOf(at), 0, stateBytes)
  memory.copy(amountsOf(at), IO, <usize>resources << 2)
  memory.copy(at + FOOTPRINT_CELL_AMOUNTS, IO + (<usize>resources << 2), 16)
  store<u32>(at, rawHash(amountsOf(at), 0), FOOTPRINT_DELTA)
  return id
}

export function dropFootprint(id: i32): void {
  store<i32>(footprintAt(id), freeFootprint, FOOTPRINT_NEXT)
  freeFootprint = id
}

/** Whether nothing but resource classes is asked for. */
@inline
export function isPlain(footprint: usize): bool {
  return (cellsAsked(footprint) | devicesAsked(footprint)) == 0
}

@inline
export function cellAt(state: usize, cell: i32): usize {
  return state + (<usize>(cellColumn + cell * cellClasses) << 2)
}

@inline
function cellFits(footprint: usize, cell: usize): bool {
  for (let each: usize = 0; each < <usize>cellClasses << 2; each += 4) {
    const amount = load<i32>(footprint + each, FOOTPRINT_CELL_AMOUNTS)
    if (amount > 0 && load<i32>(cell + each) < amount) return false
  }
  return true
}

/** Whether as many cells as are asked for have room. */
export function cellsFit(footprint: usize, state: usize, kind: usize): bool {
  let missing = cellsAsked(footprint)
  const cells = kindCells(kind)
  for (let cell = 0; cell < cells && missing > 0; cell++) {
    if (cellFits(footprint, cellAt(state, cell))) missing--
  }
  return missing == 0
}

/**
 * Instances that cells take one after another, whichever they choose: when each lies in one cell,
 * or in all of them. −1 when it depends.
 */
export function copiesInCells(footprint: usize, state: usize, kind: usize): i32 {
  const asked = cellsAsked(footprint)
  const cells = kindCells(kind)
  if (asked > 1 && asked != cells) return -1
  let sum: u32 = 0
  let least: u32 = i32.MAX_VALUE
  for (let cell = 0; cell < cells; cell++) {
    const copies = copiesInCell(footprint, cellAt(state, cell))
    sum = min(sum + copies, <u32>i32.MAX_VALUE)
    least = min(least, copies)
  }
  return <i32>(asked == 1 ? sum : least)
}

@inline
function copiesInCell(footprint: usize, cell: usize): u32 {
  let copies: u32 = i32.MAX_VALUE
  for (let each: usize = 0; each < <usize>cellClasses << 2; each += 4) {
    const amount = load<i32>(footprint + each, FOOTPRINT_CELL_AMOUNTS)
    if (amount <= 0) continue
    const free = load<i32>(cell + each)
    if (free < amount) return 0
    if (<u64>copies * <u64>amount > <u64>free) copies = <u32>free / <u32>amount
  }
  return copies
}

/** Free shares of a cell, summed: how loose it is. */
function looseness(state: usize, kind: usize, cell: i32): u32 {
  const free = cellAt(state, cell)
  const inverses = inversesOf(kind) + (free - state)
  let sum: u32 = 0
  for (let each: usize = 0; each < <usize>cellClasses << 2; each += 4) {
    sum += (load<u32>(free + each) * load<u32>(inverses + each)) >> 16
  }
  return sum
}

/** Takes one instance from a state in which it fits. Sets `partsTaken`. */
export function apply(footprint: usize, state: usize, kind: usize): void {
  let parts = applyResources(footprint, state, kind) << 16
  if (devicesAsked(footprint) > 0) parts |= applyDevices(footprint, state)
  partsTaken = parts
}

/** Takes all but devices. Answers the cells. */
export function applyResources(footprint: usize, state: usize, kind: usize): u32 {
  const amounts = amountsOf(footprint)
  for (let at: usize = 0; at < <usize>resources << 2; at += 4) {
    store<i32>(state + at, load<i32>(state + at) - load<i32>(amounts + at))
  }
  return cellsAsked(footprint) > 0 ? applyCells(footprint, state, kind) : 0
}

/** The tightest cells that fit. */
function applyCells(footprint: usize, state: usize, kind: usize): u32 {
  let chosen: u32 = 0
  const cells = kindCells(kind)
  for (let left = cellsAsked(footprint); left > 0; left--) {
    let best = -1
    let least: u32 = 0xffffffff
    for (let cell = 0; cell < cells; cell++) {
      if ((chosen >> cell) & 1 || !cellFits(footprint, cellAt(state, cell))) continue
      const loose = looseness(state, kind, cell)
      if (best >= 0 && loose >= least) continue
      best = cell
      least = loose
    }
    chosen |= (<u32>1) << best
    addToCell(footprint, state, best, -1)
  }
  return chosen
}

function addToCell(footprint: usize, state: usize, cell: i32, times: i32): void {
  const at = cellAt(state, cell)
  for (let each: usize = 0; each < <usize>cellClasses << 2; each += 4) {
    const amount = load<i32>(footprint + each, FOOTPRINT_CELL_AMOUNTS)
    store<i32>(at + each, load<i32>(at + each) + times * amount)
  }
}

/** The tightest devices that fit: in descending order the last ones. Answers their positions. */
function applyDevices(footprint: usize, state: usize): u32 {
  const units = unitsAsked(footprint)
  const from = state + (<usize>deviceColumn << 2)
  let last = devices - 1
  while (load<i32>(from + (<usize>last << 2)) < units) last--
  const first = last - devicesAsked(footprint) + 1
  let chosen: u32 = 0
  for (let position = first; position <= last; position++) {
    chosen |= (<u32>1) << position
    const at = from + (<usize>position << 2)
    store<i32>(at, load<i32>(at) - units)
  }
  return chosen
}

/** Sorted positions of the devices after the last `sortDevices`, four bits each. */
export let sorting: u64 = 0

/** Sorts the devices of a state, largest first, equals as they were. Sets `sorting`. */
export function sortDevices(state: usize): void {
  const from = state + (<usize>deviceColumn << 2)
  let order: u64 = 0xfedcba9876543210
  for (let position = 1; position < devices; position++) {
    const free = load<i32>(from + (<usize>position << 2))
    const own = nibble(order, position)
    let to = position
    while (to > 0 && load<i32>(from + (<usize>(to - 1) << 2)) < free) {
      store<i32>(from + (<usize>to << 2), load<i32>(from + (<usize>(to - 1) << 2)))
      order = withNibble(order, to, nibble(order, to - 1))
      to--
    }
    store<i32>(from + (<usize>to << 2), free)
    order = withNibble(order, to, own)
  }
  sorting = order
}

@inline
export function nibble(word: u64, position: i32): u32 {
  return <u32>((word >> (<u64>position << 2)) & 15)
}

@inline
function withNibble(word: u64, position: i32, value: u32): u64 {
  const shift = <u64>position << 2
  return (word & ~(<u64>15 << shift)) | (<u64>value << shift)
}

/** What the positions before a sort are called after it: permutation ∘ sorting. */
export function permuted(permutation: u64, order: u64): u64 {
  let result: u64 = permutation
  for (let position = 0; position < devices; position++) {
    result = withNibble(result, position, nibble(permutation, <i32>nibble(order, position)))
  }
  return result
}

/**
 * Gives one instance back to a state (times 1) or takes it (−1): its cells, and the devices at
 * these sorted positions.
 */
export function move(
  footprint: usize,
  state: usize,
  cellsHeld: u32,
  positions: u32,
  times: i32,
): void {
  const amounts = amountsOf(footprint)
  for (let at: usize = 0; at < <usize>resources << 2; at += 4) {
    store<i32>(state + at, load<i32>(state + at) + times * load<i32>(amounts + at))
  }
  for (let cell = 0; cellsHeld >> cell != 0; cell++) {
    if ((cellsHeld >> cell) & 1) addToCell(footprint, state, cell, times)
  }
  const units = unitsAsked(footprint)
  for (let position = 0; positions >> position != 0; position++) {
    if (!((positions >> position) & 1)) continue
    const at = state + (<usize>(deviceColumn + position) << 2)
    store<i32>(at, load<i32>(at) + times * units)
  }
}

export function saveFootprints(at: usize): usize {
  store<i32>(at, footprints, 0)
  store<i32>(at, freeFootprint, 4)
  return at + 8
}

export function restoreFootprints(at: usize): usize {
  footprints = load<i32>(at, 0)
  freeFootprint = load<i32>(at, 4)
  return at + 8
}
