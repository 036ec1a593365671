import { cellsAsked, copiesInCells, footprintAt } from '../footprint'
import { inversesOf } from '../kind'
import {
  typicalAsked,
  typicalAmount,
  typicalAt,
  typicalColumn,
  typicalEntry,
  typicalFootprint,
  typicalMultiplier,
  typicals,
  typicalShift,
  typicalWeight,
} from '../typical'

/**
 * What the typical asks cannot use of a state: filled with one of them alone, the largest share that
 * is left of a class it asks for; weighed by how much of the demand each makes. In 1/32,768 of a host
 * × 256.
 */
export function waste(state: usize, kind: usize): i32 {
  const inverses = inversesOf(kind)
  let sum: u32 = 0
  for (let index = 0; index < typicals; index++) {
    const typical = typicalAt(index)
    const asked = typicalAsked(typical)
    let fill = fillOfCells(typicalFootprint(typical), state, kind)
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

/** What cells bound an ask alone to. */
@inline
function fillOfCells(id: i32, state: usize, kind: usize): u32 {
  const footprint = footprintAt(id)
  if (cellsAsked(footprint) == 0) return i32.MAX_VALUE
  const copies = copiesInCells(footprint, state, kind)
  return copies < 0 ? i32.MAX_VALUE : <u32>copies
}
