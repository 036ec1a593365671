import { deviceColumn, devices } from '../frame'
import { offersAt, ROLLOUT } from '../memory'
import {
  allows,
  COLUMN_COUNT,
  COLUMN_LIST,
  COLUMN_BYTES,
  COLUMN_MASKS,
  COLUMN_OFFSET,
  COLUMN_SHIFT,
  COLUMN_STARTS,
  COLUMN_VALUES,
  COLUMNS,
  DEVICE_MASKS,
  headed,
  KIND_MASKS,
  KINDS,
  LEAST_UNITS,
  LENGTH,
  located,
  OFFER_AMOUNTS,
  OFFER_DEVICES,
  OFFER_GAIN,
  OFFER_MULTIPLE,
  OFFER_UNITS,
  offerRecord,
  OFFERS,
  ORDER,
  RANK_OF,
  ROW_SHIFT,
  SEQUENCES,
  TIER_BYTES,
  TIER_LIST,
  TIER_MASKS,
  TIER_PLACE,
  TIERS,
} from './layout'

/*
 * What a rollout is at: 16-bit levels of the devices, largest first, 0 past the last that any offer
 * can use; by column what is free and its rank. And the same as each sequence begins with it, then
 * the offers that each sequence begins with.
 */
const LEVELS: usize = ROLLOUT
const COLUMNS_AT: usize = ROLLOUT + 32
const BEGIN: usize = 160
const RESTS: usize = ROLLOUT + 2 * BEGIN
const UNITS_MOST = 1000

/** Devices that some offer can use. */
let held: i32 = 0
let leastUnits: i32 = 0
let rankOf: usize = 0
let columnsFrom: usize = 0
let columnsTo: usize = 0
let tiersFrom: usize = 0
let tiersTo: usize = 0

/** Whether no device of a state is of use for any offer. */
@inline
export function isHopeless(state: usize): bool {
  return load<i32>(state + (<usize>deviceColumn << 2)) < headed(LEAST_UNITS)
}

/**
 * What typical asks for devices can be expected to take of a state of a kind, in units × 16: the
 * sum of what each sequence of offers takes when every offer that fits is accepted, always of the
 * devices with the least that is enough; and what asks for several devices could take if they came
 * alone, as often as they do.
 */
export function rollOut(kind: i32, state: usize): i32 {
  if (!beginDevices(state)) return 0
  beginColumns(state)
  beginRests(kind)
  let total = multiples(kind, state)
  const first = held
  const two = headed(COLUMNS) == 2
  const wantedMasks = located(DEVICE_MASKS)
  const bytes: usize = 32 + ((columnsTo - columnsFrom) / COLUMN_BYTES) * 8
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    const each = <usize>sequence << 3
    const wanted = load<u64>(wantedMasks + each)
    const rest = load<u64>(RESTS + each)
    if ((rest & wanted) == 0) continue
    if (two) {
      total += followTwo(sequence, rest, wanted)
      held = first
      for (let at: usize = 0; at < 32; at += 8) {
        store<u64>(LEVELS + at, load<u64>(LEVELS + BEGIN + at))
      }
      continue
    }
    total += follow(sequence, rest, wanted)
    held = first
    for (let at: usize = 0; at < bytes; at += 8) {
      store<u64>(ROLLOUT + at, load<u64>(ROLLOUT + BEGIN + at))
    }
  }
  return total
}

function beginDevices(state: usize): bool {
  leastUnits = headed(LEAST_UNITS)
  rankOf = located(RANK_OF)
  tiersFrom = located(TIER_LIST)
  tiersTo = tiersFrom + <usize>headed(TIERS) * TIER_BYTES
  const from = state + (<usize>deviceColumn << 2)
  held = 0
  memory.fill(LEVELS, 0, 32)
  while (held < devices) {
    const level = load<i32>(from + (<usize>held << 2))
    if (level < leastUnits) break
    store<u16>(LEVELS + (<usize>held << 1), <u16>min(level, UNITS_MOST))
    held++
  }
  memory.copy(LEVELS + BEGIN, LEVELS, 32)
  return held > 0
}

function beginColumns(state: usize): void {
  columnsFrom = located(COLUMN_LIST)
  columnsTo = columnsFrom + <usize>headed(COLUMNS) * COLUMN_BYTES
  let at = COLUMNS_AT
  for (let column = columnsFrom; column < columnsTo; column += COLUMN_BYTES) {
    const free = load<i32>(state + <usize>load<u32>(column, COLUMN_OFFSET))
    store<i32>(at, free)
    store<i32>(at, rankIn(column, free, load<i32>(column, COLUMN_COUNT)), 4)
    at += 8
  }
  memory.copy(COLUMNS_AT + BEGIN, COLUMNS_AT, at - COLUMNS_AT)
}

/** How many of a column's amounts are free, at most so many. */
@inline
function rankIn(column: usize, free: i32, most: i32): i32 {
  const below = offersAt + <usize>load<u32>(column, COLUMN_VALUES) - 4
  let rank = most
  if (rank == 0 || load<i32>(below + (<usize>rank << 2)) <= free) return rank
  if (free <= 0) return 0
  const upper = <usize>(free >> load<i32>(column, COLUMN_SHIFT)) << 1
  rank = min(rank, <i32>load<u16>(offersAt + <usize>load<u32>(column, COLUMN_STARTS) + upper))
  while (rank > 0 && load<i32>(below + (<usize>rank << 2)) > free) rank--
  return rank
}

/** Offers that each sequence begins with: those for which all that is free suffices. */
function beginRests(kind: i32): void {
  const kindMasks = located(KIND_MASKS) + (<usize>min(kind, headed(KINDS)) << ROW_SHIFT)
  for (let each: usize = 0; each < <usize>SEQUENCES << 3; each += 8) {
    let rest = load<u64>(kindMasks + each) & devicesMask(each)
    let at = COLUMNS_AT
    for (let column = columnsFrom; column < columnsTo; column += COLUMN_BYTES) {
      rest &= load<u64>(rowOf(column, load<i32>(at, 4)) + each)
      at += 8
    }
    store<u64>(RESTS + each, rest)
  }
}

@inline
function rowOf(column: usize, rank: i32): usize {
  return offersAt + <usize>load<u32>(column, COLUMN_MASKS) + (<usize>rank << ROW_SHIFT)
}

/** Offers of a sequence (its offset) that ask for no device, or find those that they ask for. */
@inline
function devicesMask(each: usize): u64 {
  let mask: u64 = 0
  for (let tier = tiersFrom; tier < tiersTo; tier += TIER_BYTES) {
    const level = <usize>load<u16>(LEVELS + <usize>load<u32>(tier, TIER_PLACE))
    // Later tiers ask for more devices. (The first has those for none.)
    if (level == 0 && tier != tiersFrom) break
    const rank = <usize>load<u16>(rankOf + (level << 1))
    mask |= load<u64>(offersAt + <usize>load<u32>(tier, TIER_MASKS) + (rank << ROW_SHIFT) + each)
  }
  return mask
}

/** Accepts every offer of a sequence that fits, as long as one for devices is left. */
function follow(sequence: i32, begin: u64, wanted: u64): i32 {
  const order = located(ORDER) + (<usize>(sequence * LENGTH) << 2)
  const each = <usize>sequence << 3
  let rest = begin
  let total = 0
  do {
    const offer = offersAt + <usize>load<u32>(order + (<usize>ctz(rest) << 2))
    rest &= rest - 1
    rest &= takeAmounts(each, offer)
    const asked = load<i32>(offer, OFFER_DEVICES)
    if (asked == 0) continue
    total += load<i32>(offer, OFFER_GAIN)
    takeDevices(asked, load<i32>(offer, OFFER_UNITS))
    rest &= devicesMask(each)
  } while ((rest & wanted) != 0)
  return total
}

/** As `follow`, for the commonest number of columns: nothing of them is written down. */
function followTwo(sequence: i32, begin: u64, wanted: u64): i32 {
  const order = located(ORDER) + (<usize>(sequence * LENGTH) << 2)
  const each = <usize>sequence << 3
  const a = columnsFrom
  const b = columnsFrom + COLUMN_BYTES
  const rowsA = rowOf(a, 0) + each
  const rowsB = rowOf(b, 0) + each
  let freeA = load<i32>(COLUMNS_AT)
  let rankA = load<i32>(COLUMNS_AT, 4)
  let freeB = load<i32>(COLUMNS_AT, 8)
  let rankB = load<i32>(COLUMNS_AT, 12)
  let rest = begin
  let total = 0
  do {
    const offer = offersAt + <usize>load<u32>(order + (<usize>ctz(rest) << 2))
    freeA -= load<i32>(offer, OFFER_AMOUNTS)
    freeB -= load<i32>(offer, OFFER_AMOUNTS + 4)
    rankA = rankIn(a, freeA, rankA)
    rankB = rankIn(b, freeB, rankB)
    rest &= rest - 1
    rest &= load<u64>(rowsA + (<usize>rankA << ROW_SHIFT))
    rest &= load<u64>(rowsB + (<usize>rankB << ROW_SHIFT))
    const asked = load<i32>(offer, OFFER_DEVICES)
    if (asked == 0) continue
    total += load<i32>(offer, OFFER_GAIN)
    if ((rest & wanted) == 0) break
    takeDevices(asked, load<i32>(offer, OFFER_UNITS))
    rest &= devicesMask(each)
  } while ((rest & wanted) != 0)
  return total
}

/** Takes an offer's amounts. Answers the offers of a sequence for which there is enough left. */
@inline
function takeAmounts(each: usize, offer: usize): u64 {
  let mask: u64 = -1
  let at = COLUMNS_AT
  let amounts = offer + OFFER_AMOUNTS
  for (let column = columnsFrom; column < columnsTo; column += COLUMN_BYTES) {
    const free = load<i32>(at) - load<i32>(amounts)
    const rank = rankIn(column, free, load<i32>(at, 4))
    store<i32>(at, free)
    store<i32>(at, rank, 4)
    mask &= load<u64>(rowOf(column, rank) + each)
    at += 8
    amounts += 4
  }
  return mask
}

@inline
function levelAt(place: i32): i32 {
  return <i32>load<u16>(LEVELS + (<usize>place << 1))
}

/** Takes units of so many devices, those with the least that is enough. They stay sorted. */
@inline
function takeDevices(asked: i32, units: i32): void {
  let last = held - 1
  while (levelAt(last) < units) last--
  for (let place = last; place > last - asked; place--) {
    const left = levelAt(place) - units
    let to = place
    while (to + 1 < held && levelAt(to + 1) > left) {
      store<u16>(LEVELS + (<usize>to << 1), <u16>levelAt(to + 1))
      to++
    }
    if (left < leastUnits) held--
    store<u16>(LEVELS + (<usize>to << 1), <u16>(left < leastUnits ? 0 : left))
  }
}

/** What asks for several devices could take if each came alone, as often as it is asked for. */
function multiples(kind: i32, state: usize): i32 {
  const columns = headed(COLUMNS)
  let total = 0
  for (let index = 0; index < headed(OFFERS); index++) {
    const offer = offerRecord(index)
    const worth = load<i32>(offer, OFFER_MULTIPLE)
    if (worth == 0 || !allows(index, kind)) continue
    const asked = load<i32>(offer, OFFER_DEVICES)
    if (held < asked) continue
    const units = load<i32>(offer, OFFER_UNITS)
    let enough = 0
    while (enough < held && levelAt(enough) >= units) enough++
    let times = enough / asked
    for (let column = 0; column < columns && times > 0; column++) {
      const amount = load<i32>(offer + (<usize>column << 2), OFFER_AMOUNTS)
      if (amount == 0) continue
      const free = load<i32>(COLUMNS_AT + (<usize>column << 3))
      times = min(times, max(free, 0) / amount)
    }
    total += times * worth
  }
  return total
}
