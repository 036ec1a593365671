import { untilColumn } from '../frame'
import { now, until } from '../time'

/** What every class by which an instance outlives its host costs. */
const LATER: u32 = 3495
/** Of what never ends, and of its bin. */
const NEVER: u32 = 23
const LAST_BIN = 65535

/**
 * The class of what remains: two to each doubling, as in the lifetime classes of LAVA (Google,
 * 2024).
 */
function classOfRest(end: i32): u32 {
  if (end == LAST_BIN) return NEVER
  const rest = <i64>(end - now)
  if (rest <= 0) return 0
  return min<u32>(NEVER - 1, 1 + (63 - <u32>clz<i64>(rest * rest)))
}

/**
 * Added to the score of packing: an instance that outlives all others of a host keeps it from
 * becoming empty.
 */
export function lateness(state: usize): u32 {
  const own = classOfRest(until)
  const host = classOfRest(load<i32>(state + (<usize>untilColumn << 2)))
  return own > host ? (own - host) * LATER : 0
}
