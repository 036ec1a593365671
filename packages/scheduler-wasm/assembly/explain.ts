import {
  BLOCK_LIVE,
  BLOCK_MARK,
  BLOCK_MARKED,
  BLOCK_META,
  BLOCK_SAME,
  COLUMN_BYTES,
  IN_ASK_AMOUNT,
  IN_ASK_COLUMN,
  LANES,
  MARK_MEMBERS_SHIFT,
  META_DISABLED,
  META_SIGNATURE_SHIFT,
  OUT_FEASIBLE,
  OUT_HOSTS,
  OUT_REASONS,
  OUT_SHORT,
  REASON_DISABLED,
  REASON_GROUP,
  REASON_NOT_LISTED,
  REASON_RESOURCES,
  REASONS,
} from '../src/layout'
import { askedBytes, blocks, filter, membersLimit, membersOnly } from './ask'
import { blockAt, refresh } from './block'
import { isListed } from './sweep'

/** Counts every host under the first reason that rules it out, or as feasible. */
export function explain(): void {
  memory.fill(OUT_HOSTS, 0, 8 + 4 * REASONS)
  memory.fill(OUT_SHORT, 0, askedBytes)
  for (let index = 0; index < blocks; index++) {
    const block = blockAt(index)
    refresh(block)
    if (load<i32>(block, BLOCK_LIVE) == 0) continue
    // Equal hosts of which the ask names none have one reason.
    if (load<i32>(block, BLOCK_SAME) != 0 && load<i32>(block, BLOCK_MARKED) == 0) {
      count(block, 0, LANES)
      continue
    }
    for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 4) {
      if (load<i32>(block + lane, BLOCK_META) >= 0) count(block, lane, 1)
    }
  }
}

/** Counts so many hosts as the one in a lane. */
function count(block: usize, lane: usize, hosts: i32): void {
  add(OUT_HOSTS, hosts)
  const reason = reasonOf(block, lane, hosts)
  if (reason < 0) add(OUT_FEASIBLE, hosts)
  else add(<usize>OUT_REASONS + (<usize>reason << 2), hosts)
}

@inline
function add(counter: usize, hosts: i32): void {
  store<i32>(counter, load<i32>(counter) + hosts)
}

/** The number of the first reason that rules a host out, or −1. */
function reasonOf(block: usize, lane: usize, hosts: i32): i32 {
  const meta = load<i32>(block + lane, BLOCK_META)
  if ((meta & META_DISABLED) != 0) return REASON_DISABLED
  const mark = load<i32>(block + lane, BLOCK_MARK)
  if (!isListed(mark)) return REASON_NOT_LISTED
  const label = load<u8>(filter + (meta >> META_SIGNATURE_SHIFT))
  if (label != 0) return <i32>label - 1
  const members = mark >>> MARK_MEMBERS_SHIFT
  if (membersOnly && members == 0) return REASON_GROUP
  if (membersLimit > 0 && members >= membersLimit) return REASON_GROUP
  return isShort(block, lane, hosts) ? REASON_RESOURCES : -1
}

/** Counts the hosts under every class that they are short of. */
function isShort(block: usize, lane: usize, hosts: i32): bool {
  let short = false
  for (let p: usize = 0; p < askedBytes; p += 4) {
    const column = load<i32>(p, IN_ASK_COLUMN)
    const free = column < 0 ? 0 : load<i32>(block + <usize>column + lane)
    if (free >= load<i32>(p, IN_ASK_AMOUNT)) continue
    add(<usize>OUT_SHORT + p, hosts)
    short = true
  }
  return short
}
