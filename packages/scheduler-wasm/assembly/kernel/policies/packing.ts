import { typicals } from '../typical'
import { bestFit } from './best-fit'
import { pack } from './pack'

/** Least waste; without typical asks, best fit. */
@inline
export function packing(
  shape: usize,
  state: usize,
  number: i32,
  kind: usize,
  raw: u32,
  empty: bool,
): u32 {
  return typicals == 0
    ? bestFit(shape, state, kind, empty)
    : pack(shape, state, number, kind, raw, empty)
}
