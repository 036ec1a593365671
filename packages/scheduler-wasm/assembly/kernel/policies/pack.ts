import { hashOf } from '../classes'
import { amountsOf, applyResources, deltaOf } from '../footprint'
import { inversesOf } from '../kind'
import { AFTER_ONE } from '../memory'
import { ASKED_BYTES, askedColumn, askedFrom, askedTo, footprintOf, hasCells } from '../shape'
import { copyState, subtract } from '../state'
import { wasteOf } from '../value'

/** The least that the difference of two wastes can be is −2²³. */
const MIDDLE: i32 = 1 << 23
/** What opening an empty host costs: a tenth of a host wasted. */
const OPENING: i32 = 838860

/**
 * Least waste: the host in which the typical asks can use the most of what stays free, compared
 * with what they can use now. Then the fuller host; an empty one is opened when it wastes clearly
 * less.
 */
export function pack(
  shape: usize,
  state: usize,
  number: i32,
  kind: usize,
  raw: u32,
  empty: bool,
): u32 {
  const after = wasteAfter(shape, state, number, kind, raw)
  const wasted = after - wasteOf(number, kind, state, raw)
  const inverses = inversesOf(kind)
  let free: u32 = 0
  const to = askedTo(shape)
  for (let at = askedFrom(shape); at < to; at += ASKED_BYTES) {
    const column = askedColumn(at)
    free += (load<u32>(AFTER_ONE + column) * load<u32>(inverses + column)) >> 16
  }
  return <u32>(MIDDLE + wasted + <i32>free + (empty ? OPENING : 0))
}

/** Leaves the state after one instance in AFTER_ONE; devices are of no interest. */
function wasteAfter(shape: usize, state: usize, number: i32, kind: usize, raw: u32): i32 {
  const footprint = footprintOf(shape)
  if (!hasCells(shape)) {
    subtract(AFTER_ONE, state, amountsOf(footprint), 1)
    return wasteOf(number, kind, AFTER_ONE, raw - deltaOf(footprint))
  }
  copyState(AFTER_ONE, state)
  applyResources(footprint, AFTER_ONE, kind)
  return wasteOf(number, kind, AFTER_ONE, hashOf(number, AFTER_ONE))
}
