import {
  BLOCK_LIVE,
  BLOCK_MARK,
  BLOCK_META,
  COLUMN_BYTES,
  IN_ASK_AMOUNT,
  IN_ASK_COLUMN,
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
    for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 4) {
      const meta = load<i32>(block + lane, BLOCK_META)
      if (meta < 0) continue
      increment(OUT_HOSTS)
      const reason = reasonOf(block, lane, meta)
      if (reason < 0) increment(OUT_FEASIBLE)
      else increment(<usize>OUT_REASONS + (<usize>reason << 2))
    }
  }
}

@inline
function increment(counter: usize): void {
  store<i32>(counter, load<i32>(counter) + 1)
}

/** The number of the first reason that rules a host out, or −1. */
function reasonOf(block: usize, lane: usize, meta: i32): i32 {
  if ((meta & META_DISABLED) != 0) return REASON_DISABLED
  const mark = load<i32>(block + lane, BLOCK_MARK)
  if (!isListed(mark)) return REASON_NOT_LISTED
  const label = load<u8>(filter + (meta >> META_SIGNATURE_SHIFT))
  if (label != 0) return <i32>label - 1
  const members = mark >>> MARK_MEMBERS_SHIFT
  if (membersOnly && members == 0) return REASON_GROUP
  if (membersLimit > 0 && members >= membersLimit) return REASON_GROUP
  return isShort(block, lane) ? REASON_RESOURCES : -1
}

/** Counts the host under every class that it is short of. */
function isShort(block: usize, lane: usize): bool {
  let short = false
  for (let p: usize = 0; p < askedBytes; p += 4) {
    const column = load<i32>(p, IN_ASK_COLUMN)
    const free = column < 0 ? 0 : load<i32>(block + <usize>column + lane)
    if (free >= load<i32>(p, IN_ASK_AMOUNT)) continue
    increment(<usize>OUT_SHORT + p)
    short = true
  }
  return short
}
