import {
  ANSWER_BYTES,
  ANSWER_COUNT,
  ANSWER_SLOT,
  BLOCK_CLASSES,
  BLOCK_DIRTY,
  BLOCK_META,
  CLASS_BYTES,
  CLASS_CAPACITY,
  COLUMN_BYTES,
  IN_ANSWER,
  IN_ASK_AMOUNT,
  IN_ASK_COLUMN,
  IN_HEAP,
  IN_RESERVE,
  LANES,
  META_DISABLED,
  META_EMPTY,
  OUT_ENABLED,
  OUT_HOSTS,
  OUT_PLACED,
  OUT_TOTALS,
  OUT_USED_HOSTS,
  SHARE_LEVEL,
  SHARE_TOGETHER,
  ZONE_BYTES,
} from '../src/layout'
import {
  askedBytes,
  blocks,
  classes,
  impossible,
  max,
  min,
  readAsk,
  readFleet,
  share,
  zones,
  zoneTable,
} from './ask'
import { blockAt } from './block'
import { explain } from './explain'
import {
  copyEntry,
  entryAt,
  heapify,
  heapOf,
  isWorse,
  lengthOf,
  openZone,
  quotaOf,
  setQuota,
  sort,
  takeOf,
  zoneTotal,
} from './heap'
import { answer, fill, level } from './share'
import { sweep } from './sweep'

let entries: i32 = 0

/**
 * Decides the ask of the control area. Returns the number of answer entries, or −1 when it is
 * refused and the explanation is written. Takes what was decided if the ask says so.
 */
export function decide(): i32 {
  readAsk()
  let placed = 0
  if (!impossible) placed = zones > 0 ? decideBalanced() : decideWhole()
  store<i32>(0, placed, OUT_PLACED)
  if (placed < min) {
    explain()
    return -1
  }
  const to = <usize>load<u32>(0, IN_ANSWER)
  const written = answer(<usize>load<u32>(0, IN_HEAP), entries, to)
  if (load<i32>(0, IN_RESERVE) != 0) reserve(to, written)
  return written
}

/**
 * One heap for all zones. Returns how many instances can be placed, and shares them out if they are
 * enough.
 */
function decideWhole(): i32 {
  const heap = <usize>load<u32>(0, IN_HEAP)
  openZone(zoneTable, heap, share == SHARE_TOGETHER ? 1 : max)
  sweep()
  const length = lengthOf(zoneTable)
  let total = zoneTotal(zoneTable)
  if (share == SHARE_TOGETHER) total = length == 0 ? 0 : takeOf(heap)
  const placed = total < <i64>max ? <i32>total : max
  if (placed < min) return placed
  sort(heap, length)
  if (share == SHARE_LEVEL) level(heap, length, placed)
  else fill(heap, length, placed)
  entries = length
  return placed
}

@inline
function zoneNumber(number: i32): usize {
  return zoneTable + <usize>number * ZONE_BYTES
}

/**
 * Zones get equal shares as far as they have room. The first sweep finds what each zone can take
 * and its best host, the second the best hosts of each zone for its share.
 */
function decideBalanced(): i32 {
  const heap = <usize>load<u32>(0, IN_HEAP)
  for (let number = 0; number < zones; number++) {
    openZone(zoneNumber(number), entryAt(heap, number), 1)
  }
  sweep()
  let total: i64 = 0
  for (let number = 0; number < zones; number++) total += zoneTotal(zoneNumber(number))
  const placed = total < <i64>max ? <i32>total : max
  if (placed < min) return placed
  shareZones(placed)
  let next = 0
  for (let number = 0; number < zones; number++) {
    const zone = zoneNumber(number)
    openZone(zone, entryAt(heap, next), quotaOf(zone))
    next += quotaOf(zone)
  }
  sweep()
  gather(heap)
  return placed
}

@inline
function quotaAt(zone: usize, height: i32): i32 {
  const total = zoneTotal(zone)
  return total < <i64>height ? <i32>total : height
}

function quotasAt(height: i32): i64 {
  let sum: i64 = 0
  for (let number = 0; number < zones; number++) sum += quotaAt(zoneNumber(number), height)
  return sum
}

/** The highest equal share that `count` affords, and one more for the zones with the best hosts. */
function shareZones(count: i32): void {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (quotasAt(middle) <= count) low = middle
    else high = middle - 1
  }
  for (let number = 0; number < zones; number++) {
    const zone = zoneNumber(number)
    setQuota(zone, quotaAt(zone, low))
  }
  for (let left = count - <i32>quotasAt(low); left > 0; left--) {
    const zone = bestZoneAt(low)
    setQuota(zone, low + 1)
  }
}

/**
 * Of the zones that stand at this share and have room for one more: the one whose best host is
 * best.
 */
function bestZoneAt(height: i32): usize {
  let best: usize = 0
  for (let number = 0; number < zones; number++) {
    const zone = zoneNumber(number)
    if (quotaOf(zone) != height || zoneTotal(zone) <= <i64>height) continue
    if (best == 0 || isWorse(heapOf(best), heapOf(zone))) best = zone
  }
  return best
}

/**
 * Shares out each zone's quota among its hosts, and makes one list of all of them, in rank order.
 */
function gather(heap: usize): void {
  let kept = 0
  for (let number = 0; number < zones; number++) {
    const zone = zoneNumber(number)
    const own = heapOf(zone)
    const length = lengthOf(zone)
    sort(own, length)
    level(own, length, quotaOf(zone))
    for (let index = 0; index < length; index++) {
      const entry = entryAt(own, index)
      if (takeOf(entry) == 0) continue
      copyEntry(entry, entryAt(heap, kept))
      kept++
    }
  }
  heapify(heap, kept)
  sort(heap, kept)
  entries = kept
}

function reserve(from: usize, length: i32): void {
  for (let index = 0; index < length; index++) {
    const at = from + <usize>index * ANSWER_BYTES
    const slot = load<i32>(at, ANSWER_SLOT)
    const count = load<i32>(at, ANSWER_COUNT)
    const block = blockAt(slot / LANES)
    const lane = <usize>(slot % LANES) << 2
    for (let p: usize = 0; p < askedBytes; p += 4) {
      const free = block + load<u32>(p, IN_ASK_COLUMN) + lane
      store<i32>(free, load<i32>(free) - count * load<i32>(p, IN_ASK_AMOUNT))
    }
    if (askedBytes == 0) continue
    store<i32>(block + lane, load<i32>(block + lane, BLOCK_META) & ~META_EMPTY, BLOCK_META)
    store<i32>(block, 1, BLOCK_DIRTY)
  }
}

/** Writes totals over all hosts: 64-bit floats, two per class, capacity then use. */
export function summarise(): void {
  readFleet()
  memory.fill(OUT_TOTALS, 0, <usize>classes << 4)
  let hosts = 0
  let enabled = 0
  let used = 0
  for (let index = 0; index < blocks; index++) {
    const block = blockAt(index)
    for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 4) {
      const meta = load<i32>(block + lane, BLOCK_META)
      if (meta < 0) continue
      hosts++
      if ((meta & META_DISABLED) == 0) enabled++
      if ((meta & META_EMPTY) == 0) used++
      for (let number = 0; number < classes; number++) {
        const column = block + BLOCK_CLASSES + <usize>number * CLASS_BYTES + lane
        const capacity = <f64>load<i32>(column, CLASS_CAPACITY)
        const free = <f64>load<i32>(column)
        const total = <usize>OUT_TOTALS + (<usize>number << 4)
        store<f64>(total, load<f64>(total) + capacity)
        store<f64>(total, load<f64>(total, 8) + capacity - free, 8)
      }
    }
  }
  store<i32>(0, hosts, OUT_HOSTS)
  store<i32>(0, enabled, OUT_ENABLED)
  store<i32>(0, used, OUT_USED_HOSTS)
}
