import { offersAt } from '../memory'

/*
 * What rollouts need, worked out once when typical asks are set: a header of offsets from its own
 * beginning, then what they lead to.
 */

/** Sequences of offers, and offers in each: one bit of a word. */
export const SEQUENCES = 16
export const LENGTH = 64

/** Offers: typical asks that are asked for; 0 when none of them asks for devices. */
export const OFFERS: usize = 0
/** Resource classes that offers ask for. */
export const COLUMNS: usize = 4
/** The fewest units of a device that an offer asks for. */
export const LEAST_UNITS: usize = 8
/** Different numbers of devices that offers ask for. */
export const TIERS: usize = 12
/** Ranks of units: how many of the different units asked for a device can give; 0 too. */
export const RANKS: usize = 16
/** Kinds that the filters know. */
export const KINDS: usize = 20
/** By sequence and place in it, the offer (offset of its record). */
export const ORDER: usize = 24
export const COLUMN_LIST: usize = 28
export const TIER_LIST: usize = 32
/** By kind and sequence, the offers that the kind may take; past the last kind, all of them. */
export const KIND_MASKS: usize = 36
/** By sequence, the offers that ask for devices. */
export const DEVICE_MASKS: usize = 40
/** By units 0…1,000, their rank, 16 bits. */
export const RANK_OF: usize = 44
/** By kind, what 64 free units of a device are worth. */
export const PRICES: usize = 48
/** By offer, a byte for every kind: 0 = allowed. */
export const FILTERS: usize = 52
export const RECORDS: usize = 56
export const HEADER_BYTES: usize = 64

/*
 * An offer: devices, units of each, all units, how often, worth when it asks for several devices,
 * devices that it may take (64-bit floating point); its amounts.
 */
export const OFFER_DEVICES: usize = 0
export const OFFER_UNITS: usize = 4
export const OFFER_GAIN: usize = 8
export const OFFER_COUNT: usize = 12
export const OFFER_MULTIPLE: usize = 16
export const OFFER_OPEN: usize = 24
export const OFFER_AMOUNTS: usize = 32

/*
 * A column: its offset in a state; the different amounts asked for, ascending; by rank (how many of
 * them are free) and sequence, the offers for which there is enough; by the upper bits of what is
 * free, past so many lower ones, the highest rank that it may have, 16 bits.
 */
export const COLUMN_OFFSET: usize = 0
export const COLUMN_COUNT: usize = 4
export const COLUMN_VALUES: usize = 8
export const COLUMN_MASKS: usize = 12
export const COLUMN_SHIFT: usize = 16
export const COLUMN_STARTS: usize = 20
export const COLUMN_BYTES: usize = 32
/** Upper bits that are told apart: so many values. */
export const STARTS = 256

/*
 * A tier: where the level of its last device is among 16-bit levels; by rank of that and sequence,
 * the offers that ask for so many devices and find them. Offers without devices are in the first.
 */
export const TIER_PLACE: usize = 0
export const TIER_MASKS: usize = 4
export const TIER_BYTES: usize = 8

/** Bytes of the words of all sequences, as a power of two. */
export const ROW_SHIFT: usize = 7

/** A number of the header. */
@inline
export function headed(field: usize): i32 {
  return load<i32>(offersAt + field)
}

/** Where something lies that the header has the offset of. */
@inline
export function located(field: usize): usize {
  return offersAt + <usize>load<u32>(offersAt + field)
}

@inline
export function recordBytes(): usize {
  return OFFER_AMOUNTS + (<usize>headed(COLUMNS) << 2)
}

@inline
export function offerRecord(index: i32): usize {
  return located(RECORDS) + <usize>index * recordBytes()
}

@inline
export function columnRecord(index: i32): usize {
  return located(COLUMN_LIST) + <usize>index * COLUMN_BYTES
}

@inline
export function tierRecord(index: i32): usize {
  return located(TIER_LIST) + <usize>index * TIER_BYTES
}

/** Whether a kind may take an offer; kinds that came later may take any. */
export function allows(offer: i32, kind: i32): bool {
  const kinds = headed(KINDS)
  if (kind >= kinds) return true
  return load<u8>(located(FILTERS) + <usize>(offer * kinds + kind)) == 0
}
