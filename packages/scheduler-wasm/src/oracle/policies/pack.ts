import { bestFit } from './best-fit.ts'
import { type Policy, sharesAfter, sum } from './view.ts'
import { waste } from './waste.ts'

/** The least that the difference of two wastes can be is −2²³. */
const middle = 2 ** 23
/** What opening an empty host costs: a tenth of a host wasted. */
const opening = 838_860

/**
 * Least waste: the host in which the typical asks can use the most of what stays free, compared
 * with what they can use now. Then the fuller host; an empty one is opened when it wastes clearly
 * less. Without typical asks, best fit.
 */
export const pack: Policy = (view) => {
  if (view.typical.length === 0) return bestFit(view)
  const wasted = waste(view, view.after) - waste(view, view.before)
  return middle + wasted + sum(sharesAfter(view).plain) + (view.empty ? opening : 0)
}
