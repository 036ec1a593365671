import {
  numberOf,
  recordAt,
  recordFootprint,
  recordHost,
  recordOf,
  recordOlder,
  recordParts,
  records,
  recordUntil,
  importRecords,
  reserveExactly,
  revive,
} from './allocation'
import { touched } from './candidates'
import {
  CLASS_STATE,
  classAt,
  classKind,
  classOf,
  forgetBounds,
  hashOf,
  reserveClasses,
  resetClasses,
} from './classes'
import { decide as decideOn } from './decide'
import { changeKindOf, fitsOn } from './direct'
import { domains as domainsOf } from './explain'
import { setFrame } from './frame'
import { classOfHost, enterNew, leave, newestAllocation, reserveHosts } from './host'
import { capacityOf, kindAt, kinds, setKinds } from './kind'
import { dropMark } from './marks'
import { end, entriesAt, IO, locate, need, numbersAt, REGION_IO, REGION_NUMBERS } from './memory'
import { moveRecord, releaseRecord, takeParts } from './occupy'
import { carryOut, placeOne as placeOneOf } from './place'
import { roomFor } from './room'
import { beginOffers, setOffers } from './rollout/offers'
import { settlePrices } from './rollout/prices'
import { setTime } from './time'
import { setTypical as setTypicalAsks } from './typical'
import { forgetValues } from './value'

export { shiftHost as shift } from './direct'
export { explain } from './explain'
export { addFootprint, dropFootprint } from './footprint'
export { addKind } from './kind'
export { clearMarks, mark } from './marks'
export { restore, save } from './save'
export { setShape } from './shape'
export { exportRecords as records } from './allocation'

/* What the host side calls. Vectors go through IO, whose address never changes. */

/** Sets the columns; before anything else. */
export function begin(r: i32, c: i32, l: i32, g: i32, lifetimes: bool): void {
  setFrame(r, c, l, g, lifetimes)
  locate()
  setKinds(0)
  resetClasses()
  beginOffers()
}

/** Room for so many bytes of input; answers where. */
export function input(bytes: i32): usize {
  need(REGION_IO, <usize>bytes)
  return IO
}

export function reserve(hosts: i32, allocations: i32): void {
  reserveHosts(hosts)
  reserveExactly(allocations)
}

/** Typical asks are in IO: what is kept of any search was worked out by the old ones. */
export function setTypical(count: i32, kinds: i32): void {
  setTypicalAsks(count)
  setOffers(count, kinds)
  forgetValues()
  forgetBounds()
}

export function addHost(slot: i32, kind: i32): void {
  reserveHosts(slot + 1)
  reserveClasses(2)
  const state = capacityOf(kindAt(kind))
  enterNew(slot, classOf(kind, state, hashOf(kind, state)))
}

export function changeKind(slot: i32, kind: i32): void {
  changeKindOf(slot, kind)
}

export function dropHost(slot: i32): void {
  reserveClasses(2)
  while (newestAllocation(slot) >= 0) releaseRecord(newestAllocation(slot))
  leave(slot)
  dropMark(slot)
}

export function kindOf(slot: i32): i32 {
  const index = classOfHost(slot)
  return index < 0 ? -1 : classKind(classAt(index))
}

/** Where the state of a host is. */
export function state(slot: i32): usize {
  return classAt(classOfHost(slot)) + CLASS_STATE
}

/** Answers how many instances are placed, or would be; see `entries` and `numbers`. */
export function decide(
  shape: i32,
  least: i32,
  most: i32,
  limit: i32,
  sharing: i32,
  ranking: i32,
  markedOnly: bool,
  oldestFirst: bool,
  seed: i32,
  until: i32,
  now: i32,
  effect: i32,
  footprint: i32,
): i32 {
  setTime(until, now)
  settlePrices()
  const placed = decideOn(
    shape,
    least,
    most,
    limit,
    sharing,
    ranking,
    markedOnly,
    oldestFirst,
    seed,
    until,
  )
  if (placed >= least && effect > 0) {
    carryOut(shape, placed, effect == 2, footprint, until)
  }
  return placed
}

export function entries(): usize {
  return entriesAt
}

export function entryCount(): i32 {
  return touched
}

export function numbers(): usize {
  return numbersAt
}

export function placeOne(shape: i32, until: i32, now: i32): f64 {
  setTime(until, now)
  settlePrices()
  return placeOneOf(shape, until)
}

/** Instances that fit one after another, at most `cap`. */
export function room(shape: i32, limit: i32, markedOnly: bool, cap: i32): i32 {
  settlePrices()
  return roomFor(shape, limit, markedOnly, cap)
}

/** Room by domain; where the answer is. */
export function domains(shape: i32, limit: i32, kindCount: i32, count: i32, scored: bool): usize {
  settlePrices()
  return domainsOf(shape, limit, kindCount, count, scored)
}

export function hostOf(number: f64): i32 {
  const record = recordOf(number)
  return record < 0 ? -1 : recordHost(recordAt(record))
}

export function footprintOf(number: f64): i32 {
  const record = recordOf(number)
  return record < 0 ? -1 : recordFootprint(recordAt(record))
}

export function untilOf(number: f64): i32 {
  const record = recordOf(number)
  return record < 0 ? -1 : recordUntil(recordAt(record))
}

export function partsOf(number: f64): i32 {
  const record = recordOf(number)
  return record < 0 ? -1 : <i32>recordParts(recordAt(record))
}

export function release(number: f64): bool {
  const record = recordOf(number)
  if (record < 0) return false
  reserveClasses(2)
  releaseRecord(record)
  return true
}

export function move(number: f64, slot: i32): bool {
  const record = recordOf(number)
  if (record < 0) return false
  const at = recordAt(record)
  if (recordHost(at) == slot || !fitsOn(recordFootprint(at), slot)) return false
  reserveClasses(3)
  moveRecord(record, slot)
  return true
}

/** Writes the numbers of a host's allocations, newest first. Answers how many. */
export function allocationsOf(slot: i32): i32 {
  let count = 0
  for (let record = newestAllocation(slot); record >= 0; count++) {
    if (count > records) unreachable()
    record = recordOlder(recordAt(record))
  }
  need(REGION_NUMBERS, <usize>count << 3)
  let out = numbersAt
  for (let record = newestAllocation(slot); record >= 0; out += 8) {
    store<f64>(out, numberOf(record))
    record = recordOlder(recordAt(record))
  }
  return count
}

/** Takes records over from IO: rows, then the live ones in the order of making them anew. */
export function setRecords(rows: i32, live: i32): void {
  importRecords(rows)
  for (let each = 0; each < live; each++) {
    const record = load<i32>(IO + <usize>rows * 20 + (<usize>each << 2))
    const slot = load<i32>(IO + <usize>record * 20)
    reserveClasses(2)
    const at = recordAt(record)
    takeParts(slot, recordFootprint(at), recordUntil(at), recordParts(at))
    revive(record, slot)
  }
}

export function kindCount(): i32 {
  return kinds
}

/** Bytes held. */
export function bytes(): usize {
  return end
}
