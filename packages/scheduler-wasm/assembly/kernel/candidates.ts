import { BLOCK_SHIFT, CLASS_HEAD, classAt, classHigh } from './classes'
import {
  boundsWords,
  entriesOf,
  fullScoreOfClass,
  GROUP_SHIFT,
  leastOf,
  NO_ENTRY,
  SCORE_SHIFT,
  supers,
  supersOf,
  tieOf,
} from './bounds'
import { burn } from './fuel'
import { classOfHost, newerThan, olderThan } from './host'
import { isMarked, markAt, marked, markHost, markLimit, markMembers, open } from './marks'
import { copyAt, entriesAt, need, needMore, REGION_COPY, REGION_ENTRIES } from './memory'
import {
  first,
  heap,
  keyOf,
  newNode,
  NODE_CLASS,
  NODE_GIVEN,
  NODE_HOST,
  NODE_HOSTS,
  NODE_LIMIT,
  NODE_MEMBERS,
  NODE_NEXT,
  nodeAt,
  push,
  setRank,
} from './node'
import { unmarkedIn } from './room'
import { NO_SCORE } from './score'
import { shapeAt } from './shape'

/*
 * Candidates in rank order. Blocks of classes are opened only when no candidate found so far comes
 * before the best that they can hold.
 */

/** What goes before the score. */
export const RANK_FEW_MEMBERS = 1
const RANK_MANY_MEMBERS = 2
const MEMBERS_MOST = 0xffffff

/** Orders of hosts that were given something begin here; those of marked hosts at 1. */
export const TOUCHED: u32 = 1 << 24

let slot: i32 = 0
let ranking: i32 = 0
let limit: i32 = 0
let oldestFirst: bool = false
let seed: i32 = 0
let closed: bool = false

/** Hosts given something: pairs (host, count) in REGION_ENTRIES. */
export let touched: i32 = 0

export function prefixOf(members: i32, given: i32): u64 {
  if (ranking == RANK_FEW_MEMBERS) return <u64>min(members + given, MEMBERS_MOST)
  if (ranking == RANK_MANY_MEMBERS) return <u64>(MEMBERS_MOST - min(members, MEMBERS_MOST))
  return 0
}

/** Sets what a decision asks for; nothing is drawn yet. */
export function beginDraw(shape: i32, rank: i32, most: i32, oldest: bool, drawn: i32): void {
  slot = shape
  ranking = rank
  limit = most
  oldestFirst = oldest
  seed = drawn
  touched = 0
}

/** Makes marked hosts candidates, and blocks unless only marked hosts are. */
export function beginCandidates(markedOnly: bool): void {
  closed = markedOnly || limit <= 0
  if (!closed) {
    const bytes = <usize>boundsWords() << 2
    need(REGION_COPY, bytes)
    memory.copy(copyAt, entriesOf(slot), bytes)
  }
  if (open > 0) pushMarks()
}

function pushMarks(): void {
  for (let number = 0; number < marked; number++) {
    const mark = markAt(number)
    if (markLimit(mark) <= 0) continue
    const index = classOfHost(markHost(mark))
    const own = fullScoreOfClass(slot, shapeAt(slot), index)
    if (own == NO_SCORE) continue
    pushNode(index, 1, own, markMembers(mark), markLimit(mark), markHost(mark), 1 + number)
  }
}

function pushNode(
  index: i32,
  hosts: i32,
  score: u32,
  members: i32,
  most: i32,
  host: i32,
  order: u32,
): void {
  const node = newNode()
  const at = nodeAt(node)
  setRank(at, (prefixOf(members, 0) << 26) | <u64>score, tieOf(index), order)
  store<i32>(at, index, NODE_CLASS)
  store<i32>(at, hosts, NODE_HOSTS)
  store<i32>(at, 0, NODE_GIVEN)
  store<i32>(at, members, NODE_MEMBERS)
  store<i32>(at, most, NODE_LIMIT)
  store<i32>(at, host, NODE_HOST)
  store<i32>(at, -1, NODE_NEXT)
  push(node)
}

/** Opens blocks until the first of the heap is the best of all. Answers whether there is one. */
export function settle(): bool {
  while (!closed) {
    burn()
    const above = supersOf(copyAt)
    const least = leastOf(above, (supers() + 3) & ~3)
    if (least == NO_ENTRY) break
    const bound = (prefixOf(0, 0) << 26) | <u64>(least >> SCORE_SHIFT)
    if (heap > 0 && keyOf(nodeAt(first())) < bound) break
    openBlock(above, least)
  }
  return heap > 0
}

/** Takes the block that has an entry out of the copy. */
function takeBlock(above: usize, entry: u32): i32 {
  let group = 0
  while (load<u32>(above + (<usize>group << 2)) != entry) group++
  let block = group << GROUP_SHIFT
  while (load<u32>(copyAt + (<usize>block << 2)) != entry) block++
  store<u32>(copyAt + (<usize>block << 2), NO_ENTRY)
  const from = copyAt + (<usize>group << (GROUP_SHIFT + 2))
  store<u32>(above + (<usize>group << 2), leastOf(from, 1 << GROUP_SHIFT))
  return block
}

/** Makes candidates of the classes of the block that has an entry. */
function openBlock(above: usize, entry: u32): void {
  const block = takeBlock(above, entry)
  const shape = shapeAt(slot)
  const to = min((block + 1) << BLOCK_SHIFT, classHigh)
  for (let index = block << BLOCK_SHIFT; index < to; index++) {
    const own = fullScoreOfClass(slot, shape, index)
    if (own == NO_SCORE) continue
    const hosts = unmarkedIn(index)
    if (hosts > 0) pushNode(index, hosts, own, 0, limit, -1, 0)
  }
}

/**
 * The best class, time heeded, or −1: blocks are looked at as long as one may be better.
 *
 * @param unmarked only classes with members that are not marked.
 */
export function bestSearched(shape: i32, unmarked: bool): i32 {
  slot = shape
  const bytes = <usize>boundsWords() << 2
  need(REGION_COPY, bytes)
  memory.copy(copyAt, entriesOf(slot), bytes)
  const above = supersOf(copyAt)
  let best = NO_SCORE
  let winner = -1
  while (true) {
    burn()
    const least = leastOf(above, (supers() + 3) & ~3)
    if (least == NO_ENTRY || least >> SCORE_SHIFT > best) return winner
    const block = takeBlock(above, least)
    const to = min((block + 1) << BLOCK_SHIFT, classHigh)
    for (let index = block << BLOCK_SHIFT; index < to; index++) {
      const own = fullScoreOfClass(slot, shapeAt(slot), index)
      if (own > best || own == NO_SCORE) continue
      if (unmarked && unmarkedIn(index) == 0) continue
      if (own == best && tieOf(index) >= tieOf(winner)) continue
      best = own
      winner = index
    }
  }
}

/** Writes one more host that is given something. */
export function touch(host: i32, count: i32): void {
  needMore(REGION_ENTRIES, <usize>(touched + 1) << 3)
  const at = entriesAt + (<usize>touched << 3)
  store<i32>(at, host, 0)
  store<i32>(at, count, 4)
  touched++
}

/**
 * Draws so many hosts from those of a node that were given nothing yet, each to be given `count`.
 * @param left instances still to give before this draw.
 */
export function draw(node: i32, hosts: i32, count: i32, left: i32): void {
  const own = load<i32>(nodeAt(node), NODE_HOST)
  if (own >= 0) {
    touch(own, count)
    return
  }
  let cursor = load<i32>(nodeAt(node), NODE_NEXT)
  for (let each = 0; each < hosts; each++) {
    cursor = cursor < 0 ? begin(load<i32>(nodeAt(node), NODE_CLASS), left) : following(cursor)
    touch(cursor, count)
  }
  store<i32>(nodeAt(node), cursor, NODE_NEXT)
}

/** The member of a class to draw first. */
export function begin(index: i32, left: i32): i32 {
  const newest = load<i32>(classAt(index), CLASS_HEAD)
  let cursor = oldestFirst ? newerThan(newest) : newest
  if (marked != 0 && isMarked(cursor)) cursor = following(cursor)
  const spare = unmarkedIn(index) - left
  for (let skip = min(seed & 7, max(spare, 0)); skip > 0; skip--) cursor = following(cursor)
  return cursor
}

/** The next unmarked member. There must be one. */
function following(host: i32): i32 {
  let cursor = host
  do {
    burn()
    cursor = oldestFirst ? newerThan(cursor) : olderThan(cursor)
  } while (marked != 0 && isMarked(cursor))
  return cursor
}
