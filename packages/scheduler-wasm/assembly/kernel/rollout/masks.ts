import { offersAt } from '../memory'
import {
  allows,
  COLUMN_COUNT,
  COLUMN_MASKS,
  COLUMN_SHIFT,
  COLUMN_STARTS,
  COLUMN_VALUES,
  columnRecord,
  COLUMNS,
  DEVICE_MASKS,
  headed,
  KIND_MASKS,
  KINDS,
  LENGTH,
  located,
  OFFER_AMOUNTS,
  OFFER_DEVICES,
  OFFER_UNITS,
  offerRecord,
  OFFERS,
  ORDER,
  RANK_OF,
  RANKS,
  recordBytes,
  RECORDS,
  ROW_SHIFT,
  SEQUENCES,
  STARTS,
  TIER_BYTES,
  TIER_LIST,
  TIER_MASKS,
  TIER_PLACE,
  tierRecord,
  TIERS,
} from './layout'
import { insert, NO_FIELD, take } from './offers'

const UNITS_MOST = 1000

/** For every limit that a state can set, the offers of each sequence that keep to it. */
export function makeMasks(): void {
  for (let column = 0; column < headed(COLUMNS); column++) maskColumn(column)
  rankUnits()
  listTiers()
  take(DEVICE_MASKS, <usize>SEQUENCES << 3)
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    for (let at = 0; at < LENGTH; at++) maskDevices(sequence, at)
  }
  maskKinds()
}

/** The record of the offer at a place of a sequence. */
@inline
function offerAt(sequence: i32, at: i32): usize {
  return offersAt + <usize>load<u32>(located(ORDER) + (<usize>(sequence * LENGTH + at) << 2))
}

@inline
function setBit(word: usize, bit: i32): void {
  store<u64>(word, load<u64>(word) | ((<u64>1) << <u64>bit))
}

function maskColumn(column: i32): void {
  const ranks = load<i32>(columnRecord(column), COLUMN_COUNT) + 1
  const masks = take(NO_FIELD, <usize>(SEQUENCES * ranks) << 3)
  store<u32>(columnRecord(column), <u32>masks, COLUMN_MASKS)
  const values = offersAt + <usize>load<u32>(columnRecord(column), COLUMN_VALUES)
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    const words = offersAt + masks + (<usize>sequence << 3)
    for (let at = 0; at < LENGTH; at++) {
      const amount = load<i32>(offerAt(sequence, at) + (<usize>column << 2), OFFER_AMOUNTS)
      for (let rank = 0; rank < ranks; rank++) {
        const free = rank > 0 ? load<i32>(values + (<usize>(rank - 1) << 2)) : 0
        if (amount <= free) setBit(words + (<usize>rank << ROW_SHIFT), at)
      }
    }
  }
  listStarts(column)
}

function listStarts(column: i32): void {
  const starts = take(NO_FIELD, STARTS << 1)
  const at = columnRecord(column)
  const count = load<i32>(at, COLUMN_COUNT)
  const values = offersAt + <usize>load<u32>(at, COLUMN_VALUES)
  const largest = load<i32>(values + (<usize>(count - 1) << 2))
  let shift = 0
  while (largest >> shift >= STARTS) shift++
  store<i32>(at, shift, COLUMN_SHIFT)
  store<u32>(at, <u32>starts, COLUMN_STARTS)
  let rank = 0
  for (let upper = 0; upper < STARTS; upper++) {
    while (rank < count && load<i32>(values + (<usize>rank << 2)) >> shift <= upper) rank++
    store<u16>(offersAt + starts + (<usize>upper << 1), <u16>rank)
  }
}

/** Which of the different units asked for a device with so many free can give. */
function rankUnits(): void {
  const offers = headed(OFFERS)
  const list = take(NO_FIELD, <usize>offers << 2)
  let count = 0
  for (let offer = 0; offer < offers; offer++) {
    const units = load<i32>(offerRecord(offer), OFFER_UNITS)
    if (units > 0) count = insert(offersAt + list, count, units)
  }
  store<i32>(offersAt, count + 1, RANKS)
  take(RANK_OF, <usize>(UNITS_MOST + 1) << 1)
  let rank = 0
  for (let free = 0; free <= UNITS_MOST; free++) {
    while (rank < count && load<i32>(offersAt + list + (<usize>rank << 2)) <= free) rank++
    store<u16>(located(RANK_OF) + (<usize>free << 1), <u16>rank)
  }
}

function listTiers(): void {
  const offers = headed(OFFERS)
  const list = take(NO_FIELD, 17 << 2)
  let tiers = 0
  for (let offer = 0; offer < offers; offer++) {
    const devices = load<i32>(offerRecord(offer), OFFER_DEVICES)
    if (devices > 0) tiers = insert(offersAt + list, tiers, devices)
  }
  store<i32>(offersAt, tiers, TIERS)
  take(TIER_LIST, <usize>tiers * TIER_BYTES)
  for (let tier = 0; tier < tiers; tier++) {
    const masks = take(NO_FIELD, <usize>(SEQUENCES * headed(RANKS)) << 3)
    const devices = load<i32>(offersAt + list + (<usize>tier << 2))
    store<i32>(tierRecord(tier), (devices - 1) << 1, TIER_PLACE)
    store<u32>(tierRecord(tier), <u32>masks, TIER_MASKS)
  }
}

function maskDevices(sequence: i32, at: i32): void {
  const offer = offerAt(sequence, at)
  const devices = load<i32>(offer, OFFER_DEVICES)
  if (devices > 0) setBit(located(DEVICE_MASKS) + (<usize>sequence << 3), at)
  let tier = 0
  while (devices > 0 && load<i32>(tierRecord(tier), TIER_PLACE) != (devices - 1) << 1) tier++
  const ranks = headed(RANKS)
  const first = devices > 0 ? rankOfUnits(load<i32>(offer, OFFER_UNITS)) : 0
  const masks = offersAt + <usize>load<u32>(tierRecord(tier), TIER_MASKS)
  for (let rank = first; rank < ranks; rank++) {
    setBit(masks + (<usize>rank << ROW_SHIFT) + (<usize>sequence << 3), at)
  }
}

@inline
function rankOfUnits(free: i32): i32 {
  return <i32>load<u16>(located(RANK_OF) + (<usize>free << 1))
}

function maskKinds(): void {
  const kinds = headed(KINDS)
  take(KIND_MASKS, <usize>((kinds + 1) * SEQUENCES) << 3)
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    for (let at = 0; at < LENGTH; at++) {
      const record = offerAt(sequence, at) - located(RECORDS)
      const offer = <i32>(record / recordBytes())
      for (let kind = 0; kind <= kinds; kind++) {
        if (!allows(offer, kind)) continue
        setBit(located(KIND_MASKS) + (<usize>(kind * SEQUENCES + sequence) << 3), at)
      }
    }
  }
}
