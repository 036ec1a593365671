import { inversesOf } from '../kind'
import { ASKED_BYTES, askedAmount, askedColumn, askedFrom, askedTo, askedWeight } from '../shape'

const MOST: u32 = 1 << 24

/** Worst fit: the largest free shares left first. */
export function spread(shape: usize, state: usize, kind: usize): u32 {
  const inverses = inversesOf(kind)
  let sum: u32 = 0
  const to = askedTo(shape)
  for (let at = askedFrom(shape); at < to; at += ASKED_BYTES) {
    const column = askedColumn(at)
    const left = <u32>(load<i32>(state + column) - askedAmount(at))
    sum += ((left * load<u32>(inverses + column)) >> 16) * askedWeight(at)
  }
  return MOST - sum
}
