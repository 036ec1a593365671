import { stateBytes } from './frame'
import { capacityOf, kindAt, kindHash } from './kind'
import {
  classesAt,
  logAt,
  need,
  REGION_CLASSES,
  REGION_CLASS_MARKS,
  REGION_LOG,
  REGION_TABLE,
  sizeOf,
  tableAt,
} from './memory'
import { copyState, equalStates, rawHash } from './state'

/*
 * A class of hosts of one kind in one state: kind, hash, members, newest member; then the state.
 * Found by an open-addressed table of class numbers + 1. A dead class has no members, its third
 * word names the next dead one.
 */
const CLASS_KIND: usize = 0
export const CLASS_RAW: usize = 4
export const CLASS_COUNT: usize = 8
export const CLASS_HEAD: usize = 12
export const CLASS_STATE: usize = 16

/** Set in the kind of a class whose hosts are empty. */
const EMPTY: u32 = 0x80000000
/** Classes are searched in blocks of so many. */
export const BLOCK_SHIFT = 4
export const BLOCK = 16
/** Places in the log of classes that came to be. */
export const LOG_LENGTH: u32 = 65536

/** Classes that were ever there at once, and room for them. */
export let classHigh: i32 = 0
export let classRoom: i32 = 0
let classLive: i32 = 0
/** Classes that came to be since the beginning, modulo 2³². */
export let logHead: u32 = 0
/** Counts the times that room was made: what is kept per block is void then. */
export let roomAge: i32 = 0
let freeClass: i32 = -1
let classBytes: usize = 0
let tableMask: u32 = 0
let tableShift: u32 = 32

export function resetClasses(): void {
  classBytes = CLASS_STATE + stateBytes
  need(REGION_LOG, <usize>LOG_LENGTH << 2)
}

@inline
export function classAt(index: i32): usize {
  return classesAt + <usize>index * classBytes
}

@inline
export function classCount(at: usize): i32 {
  return load<i32>(at, CLASS_COUNT)
}

@inline
export function classKind(at: usize): i32 {
  return <i32>(load<u32>(at, CLASS_KIND) & ~EMPTY)
}

@inline
export function isEmptyClass(at: usize): bool {
  return (load<u32>(at, CLASS_KIND) & EMPTY) != 0
}

/** Makes what is kept of every search void. */
export function forgetBounds(): void {
  roomAge++
}

/** Makes room for so many more classes. */
export function reserveClasses(more: i32): void {
  const wanted = classLive + more
  if (wanted <= classRoom) return
  let room = classRoom == 0 ? 256 : classRoom
  while (room < wanted) room += room < 65536 ? room : room >> 1
  room = (room + BLOCK - 1) & ~(BLOCK - 1)
  classRoom = room
  roomAge++
  need(REGION_CLASSES, <usize>room * classBytes)
  if (sizeOf(REGION_CLASS_MARKS) > 0) need(REGION_CLASS_MARKS, <usize>room << 2)
  let slots: u32 = 1024
  let shift: u32 = 22
  while (slots < <u32>(room + (room >> 2))) {
    slots <<= 1
    shift--
  }
  if (slots - 1 == tableMask) return
  need(REGION_TABLE, <usize>slots << 2)
  memory.fill(tableAt, 0, <usize>slots << 2)
  tableMask = slots - 1
  tableShift = shift
  for (let index = 0; index < classHigh; index++) {
    const at = classAt(index)
    if (classCount(at) > 0) enter(index, load<u32>(at, CLASS_RAW))
  }
}

@inline
function slotOf(raw: u32): u32 {
  return (raw * 0x9e3779b1) >> tableShift
}

/**
 * The place after one, in a walk that began at `from`. One place is always free: a walk that comes
 * round is in a broken table.
 */
@inline
function placeAfter(slot: u32, from: u32): u32 {
  const next = (slot + 1) & tableMask
  if (next == from) unreachable()
  return next
}

function enter(index: i32, raw: u32): void {
  const home = slotOf(raw)
  let slot = home
  while (load<u32>(tableAt + (<usize>slot << 2)) != 0) slot = placeAfter(slot, home)
  store<u32>(tableAt + (<usize>slot << 2), <u32>index + 1)
}

/**
 * The class of a kind and state, made with no member if there is none. There must be room for it.
 */
export function classOf(kind: i32, state: usize, raw: u32): i32 {
  const home = slotOf(raw)
  let slot = home
  while (true) {
    const found = load<u32>(tableAt + (<usize>slot << 2))
    if (found == 0) break
    const at = classAt(<i32>found - 1)
    if (load<u32>(at, CLASS_RAW) == raw && classKind(at) == kind) {
      if (equalStates(at + CLASS_STATE, state)) return <i32>found - 1
    }
    slot = placeAfter(slot, home)
  }
  const index = create(kind, state, raw)
  store<u32>(tableAt + (<usize>slot << 2), <u32>index + 1)
  return index
}

function create(kind: i32, state: usize, raw: u32): i32 {
  let index = freeClass
  if (index >= 0) freeClass = load<i32>(classAt(index), CLASS_HEAD)
  else index = classHigh++
  classLive++
  const at = classAt(index)
  const empty = equalStates(state, capacityOf(kindAt(kind)))
  store<u32>(at, <u32>kind | (empty ? EMPTY : 0), CLASS_KIND)
  store<u32>(at, raw, CLASS_RAW)
  store<i32>(at, 0, CLASS_COUNT)
  store<i32>(at, -1, CLASS_HEAD)
  copyState(at + CLASS_STATE, state)
  store<i32>(logAt + ((<usize>(logHead & (LOG_LENGTH - 1))) << 2), index)
  logHead++
  return index
}

/** Ends a class that has no member left, closing the gap that it leaves in the table. */
export function endClass(index: i32): void {
  const first = slotOf(load<u32>(classAt(index), CLASS_RAW))
  let gap = first
  while (load<u32>(tableAt + (<usize>gap << 2)) != <u32>index + 1) gap = placeAfter(gap, first)
  const start = gap
  let slot = gap
  while (true) {
    slot = placeAfter(slot, start)
    const other = load<u32>(tableAt + (<usize>slot << 2))
    if (other == 0) break
    const home = slotOf(load<u32>(classAt(<i32>other - 1), CLASS_RAW))
    // It may move into the gap unless its home lies after the gap.
    if (((slot - home) & tableMask) < ((slot - gap) & tableMask)) continue
    store<u32>(tableAt + (<usize>gap << 2), other)
    gap = slot
  }
  store<u32>(tableAt + (<usize>gap << 2), 0)
  store<i32>(classAt(index), freeClass, CLASS_HEAD)
  freeClass = index
  classLive--
}

/** The hash of a state of a kind, from scratch. */
@inline
export function hashOf(kind: i32, state: usize): u32 {
  return rawHash(state, kindHash(kindAt(kind)))
}

export function saveClasses(at: usize): usize {
  store<i32>(at, classHigh, 0)
  store<i32>(at, classRoom, 4)
  store<i32>(at, classLive, 8)
  store<u32>(at, logHead, 12)
  store<i32>(at, freeClass, 16)
  store<u32>(at, tableMask, 20)
  store<u32>(at, tableShift, 24)
  store<i32>(at, roomAge, 28)
  return at + 32
}

export function restoreClasses(at: usize): usize {
  classHigh = load<i32>(at, 0)
  classRoom = load<i32>(at, 4)
  classLive = load<i32>(at, 8)
  logHead = load<u32>(at, 12)
  freeClass = load<i32>(at, 16)
  tableMask = load<u32>(at, 20)
  tableShift = load<u32>(at, 24)
  roomAge = load<i32>(at, 28)
  return at + 32
}
