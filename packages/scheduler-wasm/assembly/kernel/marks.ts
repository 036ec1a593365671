import { classRoom } from './classes'
import { classOfHost, hostHigh } from './host'
import {
  classMarksAt,
  hostMarksAt,
  marksAt,
  need,
  needMore,
  REGION_CLASS_MARKS,
  REGION_HOST_MARKS,
  REGION_MARKS,
} from './memory'

/*
 * Marks: hosts that a decision treats on their own. Each has host, members and limit; a host knows
 * the number of its mark + 1, a class how many of its members are marked.
 */
const MARK_HOST: usize = 0
const MARK_MEMBERS: usize = 4
const MARK_LIMIT: usize = 8
const MARK_BYTES: usize = 12

/** Marks set; those of them with a limit above 0; and those of these without members. */
export let marked: i32 = 0
export let open: i32 = 0
export let idle: i32 = 0

@inline
export function isMarked(slot: i32): bool {
  return load<i32>(hostMarksAt + (<usize>slot << 2)) != 0
}

@inline
export function addMarked(index: i32, more: i32): void {
  const at = classMarksAt + (<usize>index << 2)
  store<i32>(at, load<i32>(at) + more)
}

/** Members of a class that are marked. */
@inline
export function markedIn(index: i32): i32 {
  return marked == 0 ? 0 : load<i32>(classMarksAt + (<usize>index << 2))
}

@inline
export function markAt(number: i32): usize {
  return marksAt + <usize>number * MARK_BYTES
}

@inline
export function markHost(at: usize): i32 {
  return load<i32>(at, MARK_HOST)
}

@inline
export function markMembers(at: usize): i32 {
  return load<i32>(at, MARK_MEMBERS)
}

@inline
export function markLimit(at: usize): i32 {
  return load<i32>(at, MARK_LIMIT)
}

/** The mark of a host, or 0 if it has none. */
function findMark(slot: i32): usize {
  if (marked == 0) return 0
  const number = load<i32>(hostMarksAt + (<usize>slot << 2))
  return number == 0 ? 0 : markAt(number - 1)
}

export function mark(slot: i32, members: i32, limit: i32): void {
  const index = classOfHost(slot)
  if (index < 0) return
  need(REGION_HOST_MARKS, <usize>hostHigh << 2)
  need(REGION_CLASS_MARKS, <usize>classRoom << 2)
  let at = findMark(slot)
  if (at == 0) {
    needMore(REGION_MARKS, <usize>(marked + 1) * MARK_BYTES)
    at = markAt(marked++)
    store<i32>(at, slot, MARK_HOST)
    store<i32>(hostMarksAt + (<usize>slot << 2), marked)
    addMarked(index, 1)
  } else count(at, -1)
  store<i32>(at, members, MARK_MEMBERS)
  store<i32>(at, limit, MARK_LIMIT)
  count(at, 1)
}

function count(at: usize, sign: i32): void {
  if (markLimit(at) <= 0) return
  open += sign
  if (markMembers(at) == 0) idle += sign
}

/** The mark of a host that goes. */
export function dropMark(slot: i32): void {
  const at = findMark(slot)
  if (at == 0) return
  count(at, -1)
  store<i32>(at, -1, MARK_HOST)
  store<i32>(at, 0, MARK_LIMIT)
  store<i32>(hostMarksAt + (<usize>slot << 2), 0)
}

export function clearMarks(): void {
  for (let number = 0; number < marked; number++) {
    const slot = markHost(markAt(number))
    if (slot < 0) continue
    store<i32>(hostMarksAt + (<usize>slot << 2), 0)
    const index = classOfHost(slot)
    if (index >= 0) store<i32>(classMarksAt + (<usize>index << 2), 0)
  }
  marked = 0
  open = 0
  idle = 0
}

export function saveMarks(at: usize): usize {
  store<i32>(at, marked, 0)
  store<i32>(at, open, 4)
  store<i32>(at, idle, 8)
  return at + 12
}

export function restoreMarks(at: usize): usize {
  marked = load<i32>(at, 0)
  open = load<i32>(at, 4)
  idle = load<i32>(at, 8)
  return at + 12
}
