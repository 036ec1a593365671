import { allocate, numberOf, reserveRecords } from './allocation'
import { bestClass, refresh } from './bounds'
import { CLASS_HEAD, classAt, reserveClasses } from './classes'
import { lifetimes } from './frame'
import { refuel } from './fuel'
import { transfer } from './host'
import { bestSearched, touched } from './candidates'
import { entriesAt, need, numbersAt, REGION_NUMBERS } from './memory'
import { forget, occupy, successor, take } from './occupy'
import { footprintId, isPlainShape, isTimed, shapeAt } from './shape'

/** Places one instance: its number, or −1 when it fits nowhere. */
export function placeOne(slot: i32, until: i32): f64 {
  reserveClasses(2)
  reserveRecords(1)
  refuel(1)
  refresh(slot)
  const shape = shapeAt(slot)
  const best = isTimed(shape) ? bestSearched(slot, false) : bestClass(slot)
  if (best < 0) return -1
  const host = load<i32>(classAt(best), CLASS_HEAD)
  let parts: u32 = 0
  if (isPlainShape(shape) && !lifetimes) transfer(host, best, successor(best, shape, 1))
  else parts = take(host, footprintId(shape), until)
  return numberOf(allocate(host, footprintId(shape), until, parts))
}

/** Carries a decision out: reserves and, if asked to, makes allocations of a footprint. */
export function carryOut(slot: i32, placed: i32, record: bool, footprint: i32, until: i32): void {
  reserveClasses(touched + 2)
  if (record) {
    reserveRecords(placed)
    need(REGION_NUMBERS, <usize>placed << 3)
  }
  forget()
  const shape = shapeAt(slot)
  const id = footprint < 0 ? footprintId(shape) : footprint
  let out: usize = record ? numbersAt : 0
  for (let each = 0; each < touched; each++) {
    const at = entriesAt + (<usize>each << 3)
    const count = load<i32>(at, 4)
    occupy(load<i32>(at), shape, id, count, until, out)
    if (out != 0) out += <usize>count << 3
  }
}
