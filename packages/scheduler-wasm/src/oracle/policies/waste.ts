import { share, word } from '../layout.ts'
import type { View } from './view.ts'

/**
 * What the typical asks cannot use of a state: filled with one of them alone, the largest share
 * that is left of a class it asks for; weighed by how much of the demand each makes (256 in all).
 */
export function waste({ layout, kind, typical }: View, state: Int32Array): number {
  let total = 0
  for (const { asked, weight } of typical) {
    const classes = Array.from({ length: layout.resources }, (_, index) => index).filter(
      (index) => word(asked.amounts, index) > 0,
    )
    const free = (index: number): number => Math.max(word(state, index), 0)
    const times = classes.map((index) => Math.floor(free(index) / word(asked.amounts, index)))
    const fill = Math.min(2 ** 31 - 1, ...times)
    const left = classes.map((index) =>
      share(free(index) - fill * word(asked.amounts, index), word(kind.capacity, index)),
    )
    total += weight * Math.max(0, ...left)
  }
  return total
}
