import { IO, need, REGION_TYPICAL, typicalAt } from './memory'

/* The typical asks: footprint and weight, in pairs. */

export let typicals: i32 = 0

@inline
export function typicalFootprint(index: i32): i32 {
  return load<i32>(typicalAt + (<usize>index << 3))
}

@inline
export function typicalWeight(index: i32): i32 {
  return load<i32>(typicalAt + (<usize>index << 3), 4)
}

/** In IO: footprints, then weights. */
export function setTypical(count: i32): void {
  need(REGION_TYPICAL, <usize>count << 3)
  typicals = count
  for (let index = 0; index < count; index++) {
    const at = typicalAt + (<usize>index << 3)
    store<i32>(at, load<i32>(IO + (<usize>index << 2)))
    store<i32>(at, load<i32>(IO + (<usize>(count + index) << 2)), 4)
  }
}

export function restoreTypical(count: i32): void {
  typicals = count
}
