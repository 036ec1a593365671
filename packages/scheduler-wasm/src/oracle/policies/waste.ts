import type { Footprint } from '../../kernel.ts'
import { type Layout, share, word } from '../layout.ts'
import type { Kind } from '../world.ts'
import type { View } from './view.ts'

/**
 * What the typical asks cannot use of a state: filled with one of them alone, as far as cells
 * allow, the largest share that is left of a class it asks for; weighed by how much of the demand
 * each makes (256 in all).
 */
export function waste({ layout, kind, typical }: View, state: Int32Array): number {
  let total = 0
  for (const { asked, weight } of typical) {
    const classes = Array.from({ length: layout.resources }, (_, index) => index).filter(
      (index) => word(asked.amounts, index) > 0,
    )
    const free = (index: number): number => Math.max(word(state, index), 0)
    const times = classes.map((index) => Math.floor(free(index) / word(asked.amounts, index)))
    const fill = Math.min(2 ** 31 - 1, inCells(layout, kind, asked, state), ...times)
    const left = classes.map((index) =>
      share(free(index) - fill * word(asked.amounts, index), word(kind.capacity, index)),
    )
    total += weight * Math.max(0, ...left)
  }
  return total
}

/**
 * How often cells can give what an ask alone takes of them, when it lies in one or in all of them;
 * else it depends on which ones are chosen, and cells are not looked at.
 */
function inCells(layout: Layout, kind: Kind, asked: Footprint, state: Int32Array): number {
  if (asked.cells === 0 || (asked.cells > 1 && asked.cells !== kind.cells)) return Infinity
  const copies = Array.from({ length: kind.cells }, (_, cell) => {
    const from = layout.cellsAt + cell * layout.cellClasses
    const times = [...asked.cellAmounts].map((amount, index) =>
      amount === 0 ? Infinity : Math.floor(Math.max(0, word(state, from + index)) / amount),
    )
    return Math.min(2 ** 31 - 1, ...times)
  })
  return asked.cells === 1 ? copies.reduce((sum, each) => sum + each, 0) : Math.min(...copies)
}
