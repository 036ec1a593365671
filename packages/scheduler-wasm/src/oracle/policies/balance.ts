import { imbalance, type Policy, sharesAfter, sum } from './view.ts'

/** The most that the shares of sixteen classes add up to. */
const most = 2 ** 19

/** The host whose classes stay free in the same proportion; among equals the emptier. */
export const balance: Policy = (view) => {
  const { plain, weighted } = sharesAfter(view)
  return 2 * imbalance(weighted) + ((most - sum(plain)) >> 4)
}
