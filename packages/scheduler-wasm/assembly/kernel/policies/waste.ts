import { cellAt, cellsAsked, footprintAt } from '../footprint'
import { inversesOf, kindCells } from '../kind'
import {
  typicalAsked,
  typicalAskedOfCells,
  typicalAmount,
  typicalAt,
  typicalCellEntry,
  typicalColumn,
  typicalEntry,
  typicalFootprint,
  typicalMultiplier,
  typicals,
  typicalShift,
  typicalWeight,
} from '../typical'

/**
 * What the typical asks cannot use of a state: filled with one of them alone, as far as cells
 * allow, the largest share that is left of a class it asks for; weighed by how much of the demand
 * each makes. In 1/32,768 of a host × 256.
 */
export function waste(state: usize, kind: usize): i32 {
  const inverses = inversesOf(kind)
  let sum: u32 = 0
  for (let index = 0; index < typicals; index++) {
    const typical = typicalAt(index)
    const asked = typicalAsked(typical)
    let fill = fillOfCells(typical, state, kind)
    for (let each = 0; each < asked; each++) {
      const entry = typicalEntry(typical, each)
      const free = <u64>max(load<i32>(state + typicalColumn(entry)), 0)
      const times = <u32>((free * typicalMultiplier(entry)) >> typicalShift(entry))
      if (times < fill) fill = times
    }
    let most: u32 = 0
    for (let each = 0; each < asked; each++) {
      const entry = typicalEntry(typical, each)
      const column = typicalColumn(entry)
      const free = <u32>max(load<i32>(state + column), 0)
      const left = ((free - fill * typicalAmount(entry)) * load<u32>(inverses + column)) >> 16
      if (left > most) most = left
    }
    sum += most * typicalWeight(typical)
  }
  return <i32>sum
}

/**
 * What cells bound an ask alone to when it lies in one or in all of them; else it depends on which
 * ones are chosen, and cells are not looked at.
 */
function fillOfCells(typical: usize, state: usize, kind: usize): u32 {
  const asked = cellsAsked(footprintAt(typicalFootprint(typical)))
  const cells = kindCells(kind)
  if (asked == 0 || (asked > 1 && asked != cells)) return i32.MAX_VALUE
  let sum: u32 = 0
  let least: u32 = i32.MAX_VALUE
  for (let cell = 0; cell < cells; cell++) {
    const times = timesInCell(typical, cellAt(state, cell))
    sum = min(sum + times, <u32>i32.MAX_VALUE)
    least = min(least, times)
  }
  return asked == 1 ? sum : least
}

@inline
function timesInCell(typical: usize, cell: usize): u32 {
  let fill: u32 = i32.MAX_VALUE
  const asked = typicalAskedOfCells(typical)
  for (let each = 0; each < asked; each++) {
    const entry = typicalCellEntry(typical, each)
    const free = <u64>max(load<i32>(cell + typicalColumn(entry)), 0)
    fill = min(fill, <u32>((free * typicalMultiplier(entry)) >> typicalShift(entry)))
  }
  return fill
}
