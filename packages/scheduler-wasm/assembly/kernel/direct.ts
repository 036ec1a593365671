import { CLASS_STATE, classAt, classKind, classOf, hashOf, reserveClasses } from './classes'
import { amountsOf, cellsAsked, cellsFit, devicesAsked, footprintAt, unitsAsked } from './footprint'
import { deviceColumn, resources, stateBytes } from './frame'
import { classOfHost, transfer } from './host'
import { capacityOf, countHosts, kindAt } from './kind'
import { IO, SCRATCH } from './memory'
import { copyState } from './state'

/** Whether one instance of a footprint fits on a host, labels apart. */
export function fitsOn(id: i32, slot: i32): bool {
  const at = classAt(classOfHost(slot))
  const state = at + CLASS_STATE
  const footprint = footprintAt(id)
  const amounts = amountsOf(footprint)
  for (let column: usize = 0; column < <usize>resources << 2; column += 4) {
    const amount = load<i32>(amounts + column)
    if (amount > 0 && load<i32>(state + column) < amount) return false
  }
  const asked = devicesAsked(footprint)
  if (asked > 0) {
    const column = state + (<usize>(deviceColumn + asked - 1) << 2)
    if (load<i32>(column) < unitsAsked(footprint)) return false
  }
  return cellsAsked(footprint) == 0 || cellsFit(footprint, state, kindAt(classKind(at)))
}

/** Takes the amounts in IO so many times. False, and nothing done, when that cannot be. */
export function shiftHost(slot: i32, times: i32): bool {
  reserveClasses(2)
  const from = classOfHost(slot)
  const at = classAt(from)
  const kind = classKind(at)
  const capacity = capacityOf(kindAt(kind))
  copyState(SCRATCH, at + CLASS_STATE)
  for (let column: usize = 0; column < <usize>resources << 2; column += 4) {
    const left = <i64>load<i32>(SCRATCH + column) - <i64>times * <i64>load<i32>(IO + column)
    if (left > <i64>load<i32>(capacity + column) || left < <i64>i32.MIN_VALUE + 1) return false
    store<i32>(SCRATCH + column, <i32>left)
  }
  transfer(slot, from, classOf(kind, SCRATCH, hashOf(kind, SCRATCH)))
  return true
}

/** Gives a host another kind; use stays. */
export function changeKindOf(slot: i32, kind: i32): void {
  reserveClasses(2)
  const from = classOfHost(slot)
  const at = classAt(from)
  const before = classKind(at)
  const old = capacityOf(kindAt(before))
  const fresh = capacityOf(kindAt(kind))
  for (let column: usize = 0; column < stateBytes; column += 4) {
    const used = load<i32>(old + column) - load<i32>(at + CLASS_STATE + column)
    store<i32>(SCRATCH + column, load<i32>(fresh + column) - used)
  }
  countHosts(before, -1)
  countHosts(kind, 1)
  transfer(slot, from, classOf(kind, SCRATCH, hashOf(kind, SCRATCH)))
}
