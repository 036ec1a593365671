import { type Policy, sharesAfter, sum } from './view.ts'

/** More than sixteen classes of weight 15 add up to. */
const middle = 2 ** 23

/**
 * As the operator weighs: what stays free of each class asked for, times its weight. A weight over
 * 0 wants the emptier host, one below 0 the fuller one.
 */
export const weighed: Policy = (view) => middle - sum(sharesAfter(view).weighted)
