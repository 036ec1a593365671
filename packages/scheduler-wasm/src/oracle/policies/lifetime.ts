import { word } from '../layout.ts'
import { pack } from './pack.ts'
import type { Policy } from './view.ts'

/** What every class by which an instance outlives its host costs. */
const later = 3495
const never = 23
const lastBin = 65_535

/**
 * The class of what remains: two to each doubling, as in the lifetime classes of LAVA (Google,
 * 2024).
 */
function classOfRest(end: number, now: number): number {
  if (end === lastBin) return never
  const rest = end - now
  return rest <= 0 ? 0 : Math.min(never - 1, 1 + Math.floor(Math.log2(rest ** 2)))
}

/** Packs, but not with those that will be gone long before. */
export const lifetime: Policy = (view) => {
  const { until, now, layout } = view
  if (layout.untilAt < 0) return pack(view)
  const host = classOfRest(word(view.before, layout.untilAt), now)
  return pack(view) + later * Math.max(0, classOfRest(until, now) - host)
}
