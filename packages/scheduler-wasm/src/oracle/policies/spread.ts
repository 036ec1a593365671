import { type Policy, sharesAfter, sum } from './view.ts'

const most = 2 ** 24

/** The host with the most left of the classes asked for. */
export const spread: Policy = (view) => most - sum(sharesAfter(view).weighted)
