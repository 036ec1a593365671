import { stateBytes } from './frame'

/* A state: `width` 32-bit integers at an address. */

export function copyState(to: usize, from: usize): void {
  if (ASC_FEATURE_SIMD) {
    for (let at: usize = 0; at < stateBytes; at += 16) v128.store(to + at, v128.load(from + at))
    return
  }
  for (let at: usize = 0; at < stateBytes; at += 8) store<u64>(to + at, load<u64>(from + at))
}

export function equalStates(a: usize, b: usize): bool {
  if (ASC_FEATURE_SIMD) {
    for (let at: usize = 0; at < stateBytes; at += 16) {
      if (v128.any_true(v128.xor(v128.load(a + at), v128.load(b + at)))) return false
    }
    return true
  }
  for (let at: usize = 0; at < stateBytes; at += 8) {
    if (load<u64>(a + at) != load<u64>(b + at)) return false
  }
  return true
}

/** to = from − times × amounts, column by column. */
export function subtract(to: usize, from: usize, amounts: usize, times: i32): void {
  if (ASC_FEATURE_SIMD) {
    const factor = i32x4.splat(times)
    for (let at: usize = 0; at < stateBytes; at += 16) {
      const taken = i32x4.mul(v128.load(amounts + at), factor)
      v128.store(to + at, i32x4.sub(v128.load(from + at), taken))
    }
    return
  }
  for (let at: usize = 0; at < stateBytes; at += 4) {
    store<i32>(to + at, load<i32>(from + at) - times * load<i32>(amounts + at))
  }
}

/** Whether every column is at least as large as is needed. */
@inline
export function covers(state: usize, needs: usize): bool {
  if (ASC_FEATURE_SIMD) {
    let short = i32x4.lt_s(v128.load(state), v128.load(needs))
    for (let at: usize = 16; at < stateBytes; at += 16) {
      short = v128.or(short, i32x4.lt_s(v128.load(state + at), v128.load(needs + at)))
    }
    return !v128.any_true(short)
  }
  for (let at: usize = 0; at < stateBytes; at += 4) {
    if (load<i32>(state + at) < load<i32>(needs + at)) return false
  }
  return true
}

/**
 * The sum of words × powers of an odd number: linear in every word, so that what an instance takes
 * changes it by a constant.
 */
export function rawHash(state: usize, seed: u32): u32 {
  let raw = seed
  let factor: u32 = 1
  for (let at: usize = 0; at < stateBytes; at += 4) {
    factor *= 0x9e3779b1
    raw += load<u32>(state + at) * factor
  }
  return raw
}

/** The finaliser of MurmurHash3. */
@inline
export function stir(value: u32): u32 {
  let hash = value
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35
  return hash ^ (hash >> 16)
}
