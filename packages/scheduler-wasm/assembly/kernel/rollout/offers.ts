import {
  amountsOf,
  devicesAsked,
  footprintAt,
  unitsAsked,
} from '../footprint'
import { kinds } from '../kind'
import { IO, need, needMore, offersAt, REGION_OFFERS } from '../memory'
import { resources } from '../frame'
import {
  COLUMN_BYTES,
  COLUMN_COUNT,
  COLUMN_LIST,
  COLUMN_OFFSET,
  COLUMN_VALUES,
  columnRecord,
  COLUMNS,
  FILTERS,
  headed,
  HEADER_BYTES,
  KINDS,
  LEAST_UNITS,
  located,
  OFFER_AMOUNTS,
  OFFER_COUNT,
  OFFER_DEVICES,
  OFFER_GAIN,
  OFFER_MULTIPLE,
  OFFER_UNITS,
  offerRecord,
  OFFERS,
  PRICES,
  recordBytes,
  RECORDS,
  SEQUENCES,
} from './layout'
import { forgetPrices } from './prices'
import { drawOrder } from './order'
import { makeMasks } from './masks'

/** Bytes for a hundred offers of different amounts. */
const ROOM: usize = 1 << 17

let cursor: usize = HEADER_BYTES

/** The header is always there. */
export function beginOffers(): void {
  need(REGION_OFFERS, HEADER_BYTES)
}

/** Takes room behind what was taken before; it is zero. The header gets its offset. */
export function take(field: usize, bytes: usize): usize {
  const offset = cursor
  cursor = (cursor + bytes + 15) & ~(<usize>15)
  needMore(REGION_OFFERS, cursor)
  memory.fill(offersAt + offset, 0, cursor - offset)
  if (field < HEADER_BYTES) store<u32>(offersAt + field, <u32>offset)
  return offset
}

/** For room of which no field of the header has the offset. */
export const NO_FIELD: usize = HEADER_BYTES

/**
 * In IO: footprints of typical asks, weights, how often each is asked for, then for each a row
 * of a byte for every kind. Without an ask for devices nothing is kept.
 */
export function setOffers(typicals: i32, row: i32): void {
  const known = min(row, kinds)
  cursor = HEADER_BYTES
  memory.fill(offersAt, 0, HEADER_BYTES)
  let asked = 0
  let withDevices: u64 = 0
  for (let typical = 0; typical < typicals; typical++) {
    const count = countOf(typicals, typical)
    if (count <= 0) continue
    asked++
    if (devicesAsked(footprintOfTypical(typical)) > 0) withDevices += <u64>count
  }
  if (withDevices == 0) return
  // At once: what lies behind is large.
  need(REGION_OFFERS, ROOM)
  store<i32>(offersAt, asked, OFFERS)
  store<i32>(offersAt, known, KINDS)
  listColumns(typicals)
  take(RECORDS, <usize>asked * recordBytes())
  take(FILTERS, <usize>(asked * known))
  take(PRICES, <usize>known << 2)
  let offer = 0
  for (let typical = 0; typical < typicals; typical++) {
    if (countOf(typicals, typical) <= 0) continue
    const filter = IO + (<usize>(3 * typicals) << 2) + <usize>typical * <usize>row
    memory.copy(located(FILTERS) + <usize>(offer * known), filter, <usize>known)
    record(typicals, typical, offer++, withDevices)
  }
  drawOrder()
  makeMasks()
  forgetPrices()
}

@inline
function footprintOfTypical(typical: i32): usize {
  return footprintAt(load<i32>(IO + (<usize>typical << 2)))
}

@inline
function countOf(typicals: i32, typical: i32): i32 {
  return load<i32>(IO + (<usize>(2 * typicals + typical) << 2))
}

/** The resource classes that any offer asks for, and the different amounts of each. */
function listColumns(typicals: i32): void {
  take(COLUMN_LIST, <usize>resources * COLUMN_BYTES)
  let columns = 0
  for (let column = 0; column < resources; column++) {
    const values = take(NO_FIELD, <usize>typicals << 2)
    let count = 0
    for (let typical = 0; typical < typicals; typical++) {
      if (countOf(typicals, typical) <= 0) continue
      const amount = load<i32>(amountsOf(footprintOfTypical(typical)) + (<usize>column << 2))
      if (amount > 0) count = insert(offersAt + values, count, amount)
    }
    if (count == 0) continue
    const at = columnRecord(columns++)
    store<u32>(at, <u32>column << 2, COLUMN_OFFSET)
    store<i32>(at, count, COLUMN_COUNT)
    store<u32>(at, <u32>values, COLUMN_VALUES)
  }
  store<i32>(offersAt, columns, COLUMNS)
}

/** Puts a number into an ascending list, unless it is there. Answers how many there are. */
export function insert(list: usize, count: i32, value: i32): i32 {
  let at = count
  while (at > 0 && load<i32>(list + (<usize>(at - 1) << 2)) > value) at--
  if (at > 0 && load<i32>(list + (<usize>(at - 1) << 2)) == value) return count
  const from = list + (<usize>at << 2)
  memory.copy(from + 4, from, <usize>(count - at) << 2)
  store<i32>(from, value)
  return count + 1
}

function record(typicals: i32, typical: i32, offer: i32, withDevices: u64): void {
  const footprint = footprintOfTypical(typical)
  const at = offerRecord(offer)
  const devices = devicesAsked(footprint)
  const units = devices > 0 ? unitsAsked(footprint) : 0
  const count = countOf(typicals, typical)
  store<i32>(at, devices, OFFER_DEVICES)
  store<i32>(at, units, OFFER_UNITS)
  store<i32>(at, devices * units, OFFER_GAIN)
  store<i32>(at, count, OFFER_COUNT)
  if (devices > 0) {
    const least = headed(LEAST_UNITS)
    if (least == 0 || units < least) store<i32>(offersAt, units, LEAST_UNITS)
  }
  if (devices > 1) {
    const worth = (<u64>SEQUENCES * <u64>(devices * units) * <u64>count) / withDevices
    store<i32>(at, <i32>worth, OFFER_MULTIPLE)
  }
  for (let column = 0; column < headed(COLUMNS); column++) {
    const offset = load<u32>(columnRecord(column), COLUMN_OFFSET)
    const amount = load<i32>(amountsOf(footprint) + <usize>offset)
    store<i32>(at + (<usize>column << 2), max(amount, 0), OFFER_AMOUNTS)
  }
}
