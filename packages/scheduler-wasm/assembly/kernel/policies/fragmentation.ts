import { hashOf } from '../classes'
import { apply, devicesAsked, sortDevices } from '../footprint'
import { deviceColumn, devices } from '../frame'
import { AFTER_PARTS } from '../memory'
import { headed, OFFERS } from '../rollout/layout'
import { priceOf } from '../rollout/prices'
import { footprintOf } from '../shape'
import { copyState } from '../state'
import { outlookOf } from '../value'
import { packing } from './packing'

/** Scores of hosts with an outlook begin here; those without come first. */
const WITH_OUTLOOK: u32 = 1 << 23
/** That a host has the better an outlook for what it takes counts so far. */
const MARGIN: i32 = 7 << 20
const MOST: i32 = (3 << 23) - 2

/**
 * Least loss of outlook: the host on which typical asks for devices could take the least fewer
 * afterwards, then the one with the fewest units free. Hosts of which they can take nothing come
 * before, as packing ranks them.
 */
export function fragmentation(
  shape: usize,
  state: usize,
  number: i32,
  kind: usize,
  raw: u32,
  empty: bool,
): u32 {
  if (headed(OFFERS) == 0) return packing(shape, state, number, kind, raw, empty)
  const price = priceOf(number)
  const before = outlookOf(number, state, raw) + ((unitsFree(state) * price) >> 6)
  if (before == 0) return packing(shape, state, number, kind, raw, empty) >> 2
  const footprint = footprintOf(shape)
  copyState(AFTER_PARTS, state)
  apply(footprint, AFTER_PARTS, kind)
  if (devicesAsked(footprint) > 0) sortDevices(AFTER_PARTS)
  const free = unitsFree(AFTER_PARTS)
  const after = outlookOf(number, AFTER_PARTS, hashOf(number, AFTER_PARTS)) + ((free * price) >> 6)
  const loss = ((before - after) << 5) + (free >> 3) + MARGIN
  return WITH_OUTLOOK + <u32>min(max(loss, 0), MOST)
}

function unitsFree(state: usize): i32 {
  const from = state + (<usize>deviceColumn << 2)
  let free = 0
  for (let device = 0; device < devices; device++) free += load<i32>(from + (<usize>device << 2))
  return free
}
