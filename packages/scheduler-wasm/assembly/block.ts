import {
  BLOCK_CLASSES,
  BLOCK_DIRTY,
  BLOCK_LABEL,
  BLOCK_LARGEST,
  BLOCK_LIVE,
  BLOCK_META,
  BLOCK_SAME,
  CLASS_BYTES,
  CLASS_INVERSE,
  COLUMN_BYTES,
  CONTROL_BYTES,
  LANES,
  META_EMPTY,
} from '../src/layout'
import { blockBytes, classes } from './ask'

@inline
export function blockAt(index: i32): usize {
  return <usize>CONTROL_BYTES + <usize>index * <usize>blockBytes
}

/** Makes the header's summary afresh if the block was written since. */
export function refresh(block: usize): void {
  if (load<i32>(block, BLOCK_DIRTY) == 0) return
  store<i32>(block, 0, BLOCK_DIRTY)
  let same = summariseLabels(block)
  for (let number = 0; number < classes; number++) {
    const column = block + BLOCK_CLASSES + <usize>number * CLASS_BYTES
    store<i32>(block + (<usize>number << 2), largest(column), BLOCK_LARGEST)
    same = same && constant(column) && constant(column + CLASS_INVERSE)
  }
  store<i32>(block, same ? 1 : 0, BLOCK_SAME)
}

/**
 * Counts live lanes and finds what their labels have in common. Returns whether all lanes are
 * alike.
 */
function summariseLabels(block: usize): bool {
  let live = 0
  let label = -2
  for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 4) {
    const meta = load<i32>(block + lane, BLOCK_META)
    if (meta < 0) continue
    live++
    const own = meta & ~META_EMPTY
    label = label == -2 || label == own ? own : -1
  }
  store<i32>(block, live, BLOCK_LIVE)
  store<i32>(block, live == 0 ? -1 : label, BLOCK_LABEL)
  return live == LANES && constant(block + BLOCK_META)
}

function largest(column: usize): i32 {
  if (ASC_FEATURE_SIMD) {
    let top = v128.load(column)
    for (let lane: usize = 16; lane < <usize>COLUMN_BYTES; lane += 16) {
      top = i32x4.max_s(top, v128.load(column + lane))
    }
    top = i32x4.max_s(top, v128.shuffle<i32>(top, top, 2, 3, 0, 1))
    top = i32x4.max_s(top, v128.shuffle<i32>(top, top, 1, 0, 3, 2))
    return i32x4.extract_lane(top, 0)
  }
  let top = load<i32>(column)
  for (let lane: usize = 4; lane < <usize>COLUMN_BYTES; lane += 4) {
    const free = load<i32>(column + lane)
    if (free > top) top = free
  }
  return top
}

function constant(column: usize): bool {
  if (ASC_FEATURE_SIMD) {
    const first = v128.load_splat<i32>(column)
    for (let lane: usize = 0; lane < <usize>COLUMN_BYTES; lane += 16) {
      if (!i32x4.all_true(i32x4.eq(v128.load(column + lane), first))) return false
    }
    return true
  }
  const first = load<i32>(column)
  for (let lane: usize = 4; lane < <usize>COLUMN_BYTES; lane += 4) {
    if (load<i32>(column + lane) != first) return false
  }
  return true
}
