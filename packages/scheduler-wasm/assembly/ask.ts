import {
  ASK_MULTIPLIER,
  ASK_SHIFT,
  IN_ASKED,
  IN_ASK_AMOUNT,
  IN_BLOCKS,
  IN_BLOCK_BYTES,
  IN_CLASSES,
  IN_FILTER,
  IN_HOST_LIMIT,
  IN_IMPOSSIBLE,
  IN_LISTED_ONLY,
  IN_MAX,
  IN_MEMBERS_LIMIT,
  IN_MEMBERS_ONLY,
  IN_MIN,
  IN_POLICY,
  IN_RANK,
  IN_SEED,
  IN_SHARE,
  IN_ZONES,
  IN_ZONE_OF,
  IN_ZONE_TABLE,
  POLICY_PACK,
  SHARE_LEVEL,
} from '../src/layout'

/* The ask of the call that runs, out of the control area. */
export let blocks: i32 = 0
export let blockBytes: i32 = 0
export let classes: i32 = 0
/** Bytes of each list of asked classes: four per class. */
export let askedBytes: usize = 0
export let min: i32 = 0
export let max: i32 = 0
export let packing: bool = false
/** Scores are made for all the instances a host would take, else for one. */
export let scoreWhole: bool = false
export let share: i32 = 0
export let ranking: i32 = 0
export let zones: i32 = 0
export let zoneOf: usize = 0
export let zoneTable: usize = 0
export let filter: usize = 0
export let hostLimit: i32 = 0
export let membersLimit: i32 = 0
export let membersOnly: bool = false
export let listedOnly: bool = false
export let impossible: bool = false
export let seed: i32 = 0

export function readFleet(): void {
  blocks = load<i32>(0, IN_BLOCKS)
  blockBytes = load<i32>(0, IN_BLOCK_BYTES)
  classes = load<i32>(0, IN_CLASSES)
}

export function readAsk(): void {
  readFleet()
  askedBytes = (<usize>load<u32>(0, IN_ASKED)) << 2
  min = load<i32>(0, IN_MIN)
  max = load<i32>(0, IN_MAX)
  packing = load<i32>(0, IN_POLICY) == POLICY_PACK
  share = load<i32>(0, IN_SHARE)
  scoreWhole = packing && share != SHARE_LEVEL
  ranking = load<i32>(0, IN_RANK)
  zones = load<i32>(0, IN_ZONES)
  zoneOf = load<u32>(0, IN_ZONE_OF)
  zoneTable = load<u32>(0, IN_ZONE_TABLE)
  filter = load<u32>(0, IN_FILTER)
  hostLimit = load<i32>(0, IN_HOST_LIMIT)
  membersLimit = load<i32>(0, IN_MEMBERS_LIMIT)
  membersOnly = load<i32>(0, IN_MEMBERS_ONLY) != 0
  listedOnly = load<i32>(0, IN_LISTED_ONLY) != 0
  impossible = load<i32>(0, IN_IMPOSSIBLE) != 0
  seed = load<i32>(0, IN_SEED)
  for (let p: usize = 0; p < askedBytes; p += 4) readDivisor(p)
}

/**
 * Division by a number that is the same for all hosts becomes a multiplication: with 2^(l−1) < d ≤
 * 2^l and m = ceil(2^(31+l) / d), floor(n / d) = n × m >> (31+l) for every n < 2³¹ (Granlund and
 * Montgomery, 1994).
 */
function readDivisor(p: usize): void {
  const amount = <u64>load<u32>(p, IN_ASK_AMOUNT)
  let length: u64 = 0
  while ((<u64>1) << length < amount) length++
  const shift: u64 = 31 + length
  store<u32>(p, <u32>((((<u64>1) << shift) + amount - 1) / amount), ASK_MULTIPLIER)
  store<u32>(p, <u32>shift, ASK_SHIFT)
}
