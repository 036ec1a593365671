import { blocks, entriesOf, NO_ENTRY, refresh } from './bounds'
import {
  BLOCK_SHIFT,
  CLASS_RAW,
  CLASS_STATE,
  classAt,
  classCount,
  classHigh,
  classKind,
  isEmptyClass,
} from './classes'
import { cellsAsked, cellsFit, devicesAsked, unitsAsked } from './footprint'
import { deviceColumn, resources } from './frame'
import { classOfHost } from './host'
import { kindAt } from './kind'
import { markAt, marked, markHost, markLimit } from './marks'
import { IO, need, REGION_IO } from './memory'
import { takes, unmarkedIn } from './room'
import { fits, score } from './score'
import {
  ASKED_BYTES,
  askedAmount,
  askedColumn,
  askedFrom,
  askedTo,
  failures,
  footprintOf,
  passes,
  shapeAt,
} from './shape'

/*
 * The tally in IO: hosts, feasible, ten counts in order, ten alone, what hosts are short of, and as
 * 64-bit floats what is free by resource class.
 */
const BITS = 10
const BIT_MARKS = 8
const BIT_RESOURCES = 9
/** Of a domain in which nothing fits. */
const NO_BEST: u32 = (1 << 26) - 1
const TALLY_HOSTS: usize = 0
const TALLY_FEASIBLE: usize = 4
const TALLY_ORDER: usize = 8
const TALLY_ALONE: usize = 8 + 4 * BITS
const TALLY_SHORT: usize = 8 + 8 * BITS

/** Counts every host by what rules it out. */
export function explain(slot: i32, markedOnly: bool): void {
  const bytes = freeOffset() + (<usize>resources << 3)
  need(REGION_IO, bytes)
  memory.fill(IO, 0, bytes)
  const shape = shapeAt(slot)
  for (let index = 0; index < classHigh; index++) {
    if (classCount(classAt(index)) == 0) continue
    const hosts = unmarkedIn(index)
    if (hosts > 0) tally(slot, shape, index, hosts, markedOnly)
  }
  for (let number = 0; number < marked; number++) {
    const mark = markAt(number)
    if (markHost(mark) < 0) continue
    tally(slot, shape, classOfHost(markHost(mark)), 1, markLimit(mark) <= 0)
  }
}

@inline
function freeOffset(): usize {
  return (TALLY_SHORT + (<usize>(resources + 2) << 2) + 7) & ~(<usize>7)
}

@inline
function count(offset: usize, hosts: i32): void {
  store<i32>(IO + offset, load<i32>(IO + offset) + hosts)
}

function tally(slot: i32, shape: usize, index: i32, hosts: i32, barred: bool): void {
  const at = classAt(index)
  const number = classKind(at)
  const state = at + CLASS_STATE
  const room = fits(shape, state, kindAt(number))
  const reasons =
    failures(slot, number) | (barred ? 1 << BIT_MARKS : 0) | (room ? 0 : 1 << BIT_RESOURCES)
  count(TALLY_HOSTS, hosts)
  if (reasons == 0) {
    count(TALLY_FEASIBLE, hosts)
    addFree(shape, state, hosts)
    return
  }
  count(TALLY_ORDER + (<usize>ctz(reasons) << 2), hosts)
  for (let left = reasons; left != 0; left &= left - 1) {
    count(TALLY_ALONE + (<usize>ctz(left) << 2), hosts)
  }
  if (reasons == 1 << BIT_RESOURCES) tallyShort(shape, state, kindAt(number), hosts)
}

function addFree(shape: usize, state: usize, hosts: i32): void {
  const sums = IO + freeOffset()
  const to = askedTo(shape)
  for (let at = askedFrom(shape); at < to; at += ASKED_BYTES) {
    const sum = sums + (askedColumn(at) << 1)
    const free = <f64>hosts * <f64>load<i32>(state + askedColumn(at))
    store<f64>(sum, load<f64>(sum) + free)
  }
}

function tallyShort(shape: usize, state: usize, kind: usize, hosts: i32): void {
  const to = askedTo(shape)
  for (let at = askedFrom(shape); at < to; at += ASKED_BYTES) {
    const column = askedColumn(at)
    if (load<i32>(state + column) < askedAmount(at)) count(TALLY_SHORT + column, hosts)
  }
  const footprint = footprintOf(shape)
  const after = TALLY_SHORT + (<usize>resources << 2)
  if (cellsAsked(footprint) > 0 && !cellsFit(footprint, state, kind)) count(after, hosts)
  const asked = devicesAsked(footprint)
  if (asked == 0) return
  const column = <usize>(deviceColumn + asked - 1) << 2
  if (load<i32>(state + column) < unitsAsked(footprint)) count(after + 4, hosts)
}

/**
 * By domain in IO: room, hosts, best score if it is asked for, each as so many words; before them
 * by kind its domain or −1.
 */
export function domains(
  slot: i32,
  limit: i32,
  kinds: i32,
  domainCount: i32,
  scored: bool,
): usize {
  const table = IO
  const rooms = IO + (<usize>kinds << 2)
  const bytes = <usize>domainCount << 2
  need(REGION_IO, (<usize>kinds << 2) + 3 * bytes)
  memory.fill(rooms, 0, 2 * bytes)
  for (let each: usize = 0; each < bytes; each += 4) store<u32>(rooms + 2 * bytes + each, NO_BEST)
  if (limit > 0) {
    refresh(slot)
    const entries = entriesOf(slot)
    for (let block = 0; block < blocks(); block++) {
      if (load<u32>(entries + (<usize>block << 2)) == NO_ENTRY) continue
      const to = min((block + 1) << BLOCK_SHIFT, classHigh)
      for (let index = block << BLOCK_SHIFT; index < to; index++) {
        const hosts = classCount(classAt(index)) == 0 ? 0 : unmarkedIn(index)
        if (hosts > 0) addToDomain(slot, index, hosts, limit, table, rooms, bytes, scored)
      }
    }
  }
  for (let number = 0; number < marked; number++) {
    const mark = markAt(number)
    if (markLimit(mark) <= 0) continue
    const index = classOfHost(markHost(mark))
    addToDomain(slot, index, 1, markLimit(mark), table, rooms, bytes, scored)
  }
  return rooms
}

function addToDomain(
  slot: i32,
  index: i32,
  hosts: i32,
  limit: i32,
  table: usize,
  rooms: usize,
  bytes: usize,
  scored: bool,
): void {
  const at = classAt(index)
  const number = classKind(at)
  const domain = load<i32>(table + (<usize>number << 2))
  if (domain < 0 || !passes(slot, number)) return
  const shape = shapeAt(slot)
  const state = at + CLASS_STATE
  const kind = kindAt(number)
  const each = takes(shape, state, kind, limit)
  if (each == 0) return
  const place = rooms + (<usize>domain << 2)
  const sum = <i64>load<i32>(place) + <i64>each * <i64>hosts
  store<i32>(place, <i32>min<i64>(sum, i32.MAX_VALUE))
  store<i32>(place + bytes, load<i32>(place + bytes) + hosts)
  if (!scored) return
  const own = score(shape, state, number, kind, load<u32>(at, CLASS_RAW), isEmptyClass(at))
  if (own < load<u32>(place + 2 * bytes)) store<u32>(place + 2 * bytes, own)
}
