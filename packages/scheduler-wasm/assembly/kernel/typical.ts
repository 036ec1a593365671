import { amountsOf, cellAmountsOf, cellsAsked, footprintAt } from './footprint'
import { cellClasses, resources } from './frame'
import { IO, need, REGION_TYPICAL, typicalsAt } from './memory'

/*
 * The typical asks: footprint, weight, classes asked for, classes asked of a cell; then for each of
 * those its column (its place in the cell), amount and what dividing by the amount is.
 */
const TYPICAL_FOOTPRINT: usize = 0
const TYPICAL_WEIGHT: usize = 4
const TYPICAL_ASKED: usize = 8
const TYPICAL_ASKED_OF_CELLS: usize = 12
const TYPICAL_LIST: usize = 16
const ENTRY_BYTES: usize = 16
const TYPICAL_CELL_LIST: usize = TYPICAL_LIST + 16 * ENTRY_BYTES
const TYPICAL_BYTES: usize = TYPICAL_CELL_LIST + 4 * ENTRY_BYTES

export let typicals: i32 = 0

@inline
export function typicalAt(index: i32): usize {
  return typicalsAt + <usize>index * TYPICAL_BYTES
}

@inline
export function typicalFootprint(typical: usize): i32 {
  return load<i32>(typical, TYPICAL_FOOTPRINT)
}

@inline
export function typicalWeight(typical: usize): u32 {
  return load<u32>(typical, TYPICAL_WEIGHT)
}

@inline
export function typicalAsked(typical: usize): i32 {
  return load<i32>(typical, TYPICAL_ASKED)
}

@inline
export function typicalEntry(typical: usize, each: i32): usize {
  return typical + TYPICAL_LIST + <usize>each * ENTRY_BYTES
}

/** Classes that are asked of every cell that an instance lies in. */
@inline
export function typicalAskedOfCells(typical: usize): i32 {
  return load<i32>(typical, TYPICAL_ASKED_OF_CELLS)
}

@inline
export function typicalCellEntry(typical: usize, each: i32): usize {
  return typical + TYPICAL_CELL_LIST + <usize>each * ENTRY_BYTES
}

@inline
export function typicalColumn(entry: usize): usize {
  return <usize>load<u32>(entry, 0)
}

@inline
export function typicalAmount(entry: usize): u32 {
  return load<u32>(entry, 4)
}

@inline
export function typicalMultiplier(entry: usize): u64 {
  return <u64>load<u32>(entry, 8)
}

@inline
export function typicalShift(entry: usize): u64 {
  return <u64>load<u32>(entry, 12)
}

/** In IO: footprints, then weights; those without weight are left out. */
export function setTypical(count: i32): void {
  need(REGION_TYPICAL, <usize>count * TYPICAL_BYTES)
  typicals = 0
  for (let index = 0; index < count; index++) {
    const weight = load<i32>(IO + (<usize>(count + index) << 2))
    if (weight <= 0) continue
    const at = typicalAt(typicals++)
    const footprint = load<i32>(IO + (<usize>index << 2))
    store<i32>(at, footprint, TYPICAL_FOOTPRINT)
    store<i32>(at, weight, TYPICAL_WEIGHT)
    const from = footprintAt(footprint)
    store<i32>(at, listAmounts(at + TYPICAL_LIST, amountsOf(from), resources), TYPICAL_ASKED)
    const ofCells = cellsAsked(from) > 0 ? cellClasses : 0
    const listed = listAmounts(at + TYPICAL_CELL_LIST, cellAmountsOf(from), ofCells)
    store<i32>(at, listed, TYPICAL_ASKED_OF_CELLS)
  }
}

/** Answers how many there are. */
function listAmounts(list: usize, amounts: usize, columns: i32): i32 {
  let asked = 0
  for (let column = 0; column < columns; column++) {
    const amount = load<i32>(amounts + (<usize>column << 2))
    if (amount <= 0) continue
    const entry = list + <usize>(asked++) * ENTRY_BYTES
    store<u32>(entry, <u32>column << 2, 0)
    store<i32>(entry, amount, 4)
    storeDivisor(entry, <u64>amount)
  }
  return asked
}

/**
 * Division by a number that stays becomes a multiplication: with 2^(l−1) < d ≤ 2^l and m =
 * ceil(2^(31+l) / d), floor(n / d) = n × m >> (31+l) for every n < 2³¹ (Granlund and Montgomery,
 * 1994).
 */
function storeDivisor(entry: usize, amount: u64): void {
  let length: u64 = 0
  while ((<u64>1) << length < amount) length++
  const shift: u64 = 31 + length
  store<u32>(entry, <u32>((((<u64>1) << shift) + amount - 1) / amount), 8)
  store<u32>(entry, <u32>shift, 12)
}

export function restoreTypical(count: i32): void {
  typicals = count
}
