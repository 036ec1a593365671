import { bestFit } from './best-fit.ts'
import type { Policy } from './view.ts'

/** Packs. */
export const fragmentation: Policy = bestFit
