import { imbalance, type Policy, sharesAfter, sum } from './view.ts'

/** Comes with opening an empty host: more than any other difference. */
const opening = 2 ** 24

/**
 * Leaves as little free as possible and that in proportion: the sum of what stays free of the
 * classes asked for, plus twice the imbalance. An empty host is opened only when no other is left.
 */
export const bestFit: Policy = (view) => {
  const { weighted } = sharesAfter(view)
  return sum(weighted) + 2 * imbalance(weighted) + (view.empty ? opening : 0)
}
