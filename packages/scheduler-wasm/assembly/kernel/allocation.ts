import { newestAllocation, setNewestAllocation } from './host'
import { allocationsAt, IO, need, REGION_ALLOCATIONS, REGION_IO, sizeOf } from './memory'

/*
 * An allocation: host or −1, footprint, next older and next newer of the host, parts (bits 0…15
 * devices, 16…23 cells), expected end and generation. A free record names the next free one as its
 * older.
 */
const RECORD_HOST: usize = 0
const RECORD_FOOTPRINT: usize = 4
const RECORD_OLDER: usize = 8
const RECORD_NEWER: usize = 12
const RECORD_PARTS: usize = 16
const RECORD_UNTIL: usize = 20
const RECORD_GENERATION: usize = 22
const RECORD_BYTES: usize = 24

/** A number is record + this × generation. */
const GENERATION: f64 = 268435456

export let records: i32 = 0
let liveRecords: i32 = 0
let freeRecord: i32 = -1

@inline
export function recordAt(record: i32): usize {
  return allocationsAt + <usize>record * RECORD_BYTES
}

@inline
export function recordHost(at: usize): i32 {
  return load<i32>(at, RECORD_HOST)
}

@inline
export function recordFootprint(at: usize): i32 {
  return load<i32>(at, RECORD_FOOTPRINT)
}

@inline
export function recordOlder(at: usize): i32 {
  return load<i32>(at, RECORD_OLDER)
}

@inline
export function recordParts(at: usize): u32 {
  return load<u32>(at, RECORD_PARTS)
}

@inline
export function setParts(at: usize, parts: u32): void {
  store<u32>(at, parts, RECORD_PARTS)
}

@inline
export function recordUntil(at: usize): i32 {
  return <i32>load<u16>(at, RECORD_UNTIL)
}

@inline
export function numberOf(record: i32): f64 {
  return <f64>record + GENERATION * <f64>load<u16>(recordAt(record), RECORD_GENERATION)
}

/** The record of a live allocation's number, or −1. */
export function recordOf(number: f64): i32 {
  const generation = Math.floor(number / GENERATION)
  const record = <i32>(number - generation * GENERATION)
  if (!(generation >= 0 && generation < 65536) || record >= records) return -1
  const at = recordAt(record)
  if (recordHost(at) < 0 || <f64>load<u16>(at, RECORD_GENERATION) != generation) return -1
  return record
}

export function reserveRecords(more: i32): void {
  if (liveRecords + more <= records) return
  const bytes = <usize>(liveRecords + more) * RECORD_BYTES
  // The largest region: what is spare costs more than growing does.
  if (bytes > sizeOf(REGION_ALLOCATIONS)) need(REGION_ALLOCATIONS, bytes + (bytes >> 5) + 4096)
}

export function reserveExactly(count: i32): void {
  need(REGION_ALLOCATIONS, <usize>count * RECORD_BYTES)
}

/** A new allocation, the newest of its host. There must be room for it. */
export function allocate(slot: i32, footprint: i32, until: i32, parts: u32): i32 {
  let record = freeRecord
  if (record >= 0) freeRecord = recordOlder(recordAt(record))
  else record = records++
  liveRecords++
  const at = recordAt(record)
  store<i32>(at, footprint, RECORD_FOOTPRINT)
  store<u32>(at, parts, RECORD_PARTS)
  store<u16>(at, <u16>until, RECORD_UNTIL)
  attach(record, slot)
  return record
}

/** Makes a record the newest of a host. */
export function attach(record: i32, slot: i32): void {
  const at = recordAt(record)
  const older = newestAllocation(slot)
  store<i32>(at, slot, RECORD_HOST)
  store<i32>(at, older, RECORD_OLDER)
  store<i32>(at, -1, RECORD_NEWER)
  if (older >= 0) store<i32>(recordAt(older), record, RECORD_NEWER)
  setNewestAllocation(slot, record)
}

export function detach(record: i32): void {
  const at = recordAt(record)
  const older = recordOlder(at)
  const newer = load<i32>(at, RECORD_NEWER)
  if (older >= 0) store<i32>(recordAt(older), newer, RECORD_NEWER)
  if (newer >= 0) store<i32>(recordAt(newer), older, RECORD_OLDER)
  else setNewestAllocation(recordHost(at), older)
}

/** Frees a detached record. */
export function free(record: i32): void {
  const at = recordAt(record)
  store<i32>(at, -1, RECORD_HOST)
  store<i32>(at, freeRecord, RECORD_OLDER)
  store<u16>(at, load<u16>(at, RECORD_GENERATION) + 1, RECORD_GENERATION)
  freeRecord = record
  liveRecords--
}

/** The latest expected end of a host's allocations, one apart. */
export function latestUntil(slot: i32, except: i32): i32 {
  let latest = 0
  let seen = 0
  for (let record = newestAllocation(slot); record >= 0; ) {
    if (seen++ > records) unreachable()
    const at = recordAt(record)
    if (record != except && recordUntil(at) > latest) latest = recordUntil(at)
    record = recordOlder(at)
  }
  return latest
}

export function saveRecords(at: usize): usize {
  store<i32>(at, records, 0)
  store<i32>(at, liveRecords, 4)
  store<i32>(at, freeRecord, 8)
  return at + 12
}

export function restoreRecords(at: usize): usize {
  records = load<i32>(at, 0)
  liveRecords = load<i32>(at, 4)
  freeRecord = load<i32>(at, 8)
  return at + 12
}

/** Five words of every record into IO: host, footprint, until, parts, generation. */
export function exportRecords(): i32 {
  need(REGION_IO, <usize>records * 20)
  for (let record = 0; record < records; record++) {
    const at = recordAt(record)
    const row = IO + <usize>record * 20
    store<i32>(row, recordHost(at), 0)
    store<i32>(row, recordFootprint(at), 4)
    store<i32>(row, recordUntil(at), 8)
    store<u32>(row, recordParts(at), 12)
    store<i32>(row, <i32>load<u16>(at, RECORD_GENERATION), 16)
  }
  return records
}

/** Takes rows of `exportRecords` over from IO: all are free first, the lowest to be used first. */
export function importRecords(count: i32): void {
  need(REGION_ALLOCATIONS, <usize>count * RECORD_BYTES)
  records = count
  liveRecords = 0
  freeRecord = -1
  for (let record = count - 1; record >= 0; record--) {
    const at = recordAt(record)
    const row = IO + <usize>record * 20
    store<i32>(at, load<i32>(row, 4), RECORD_FOOTPRINT)
    store<u16>(at, <u16>load<i32>(row, 8), RECORD_UNTIL)
    store<i32>(at, load<i32>(row, 12), RECORD_PARTS)
    store<u16>(at, <u16>load<i32>(row, 16), RECORD_GENERATION)
    store<i32>(at, -1, RECORD_HOST)
    if (load<i32>(row) >= 0) continue
    store<i32>(at, freeRecord, RECORD_OLDER)
    freeRecord = record
  }
}

/** Counts a record that was taken over and is given to its host. */
export function revive(record: i32, slot: i32): void {
  liveRecords++
  attach(record, slot)
}
