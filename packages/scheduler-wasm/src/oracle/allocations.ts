import { word } from './layout.ts'
import { fits, take, takeParts } from './seat.ts'
import { enter, footprintAt, hostAt, kindAt, untilOfHost, withUntil, type World } from './world.ts'

/** What is put on hosts. */
export interface Load {
  readonly footprint: number
  /** The footprint that allocations are recorded under, −1 if none are. It takes the same. */
  readonly recorded: number
  readonly until: number
}

/**
 * Puts instances on a host, one after another; each fits. The host enters its new state once.
 *
 * @returns their allocations' numbers; none unless they are to be recorded.
 */
export function put(world: World, slot: number, count: number, load: Load): number[] {
  const { layout, records } = world
  const { recorded: footprint, until } = load
  const asked = footprintAt(world, load.footprint)
  const host = hostAt(world, slot)
  const kind = kindAt(world, host.kind)
  const added: number[] = []
  let { state, devices } = host
  for (let index = 0; index < count; index++) {
    const taken = take(layout, kind, asked, { state, devices }, until)
    if (footprint >= 0) added.push(records.add({ slot, footprint, until, parts: taken.parts }))
    ;({ state, devices } = taken)
  }
  enter(world, { ...host, state, devices, records: [...host.records, ...added] })
  return added.map((record) => records.numberOf(record))
}

/** Makes allocations anew that another kernel had, with the parts that they lie on there. */
export function adopt(world: World, order: Int32Array): void {
  const { layout, records } = world
  for (const record of order) {
    const { slot, footprint, parts } = records.at(record)
    const host = hostAt(world, slot)
    const seat = takeParts(layout, footprintAt(world, footprint), host, parts, -1)
    const kept = [...host.records, record]
    const state = withUntil(layout, seat.state, untilOfHost(world, kept))
    enter(world, { ...host, state, devices: seat.devices, records: kept })
  }
}

/** Takes a live record off its host; the record itself stays. */
function lift(world: World, record: number): void {
  const { layout } = world
  const { slot, footprint, parts } = world.records.at(record)
  const host = hostAt(world, slot)
  const records = host.records.filter((each) => each !== record)
  const seat = takeParts(layout, footprintAt(world, footprint), host, parts, 1)
  const state = withUntil(layout, seat.state, untilOfHost(world, records))
  enter(world, { ...host, state, devices: seat.devices, records })
}

/** False, and nothing done, for a number that is not of a live allocation. */
export function release(world: World, number: number): boolean {
  const record = world.records.find(number)
  if (record < 0) return false
  lift(world, record)
  world.records.free(record)
  return true
}

/** Puts a live allocation on another host; it is the newest there and keeps its number. */
export function move(world: World, number: number, slot: number): boolean {
  const { layout, records } = world
  const record = records.find(number)
  if (record < 0 || records.at(record).slot === slot) return false
  const allocation = records.at(record)
  const asked = footprintAt(world, allocation.footprint)
  const kind = kindAt(world, hostAt(world, slot).kind)
  if (!fits(layout, kind, asked, hostAt(world, slot).state)) return false
  lift(world, record)
  const target = hostAt(world, slot)
  const { state, devices, parts } = take(layout, kind, asked, target, allocation.until)
  records.replace(record, { ...allocation, slot, parts })
  enter(world, { ...target, state, devices, records: [...target.records, record] })
  return true
}

/** The numbers of a host's allocations, newest first. */
export function allocationsOf(world: World, slot: number): number[] {
  const { records } = hostAt(world, slot)
  return records.map((record) => world.records.numberOf(record)).reverse()
}

/**
 * Takes or gives back without a record. False, and nothing done, when more than the capacity would
 * be free or so little that a word would not hold it or its negative.
 */
export function shift(world: World, slot: number, amounts: Int32Array, times: number): boolean {
  const host = hostAt(world, slot)
  const { capacity } = kindAt(world, host.kind)
  const columns = Array.from({ length: world.layout.resources }, (_, index) => index)
  const free = columns.map((index) => word(host.state, index) - word(amounts, index) * times)
  if (free.some((value, index) => value > word(capacity, index) || value <= -(2 ** 31)))
    return false
  const state = host.state.slice()
  state.set(free)
  enter(world, { ...host, state })
  return true
}
