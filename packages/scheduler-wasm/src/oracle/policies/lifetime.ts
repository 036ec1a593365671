import { pack } from './pack.ts'
import type { Policy } from './view.ts'

/** Packs. */
export const lifetime: Policy = pack
