import { classHigh } from './classes'

/** Rounds of the loops that end only if the structures that they walk are sound. */
let fuel: i64 = 0

/** Rounds that a decision about so many instances can need, and many more. */
@inline
export function refuel(instances: i32): void {
  fuel = 1000000 + 16 * (<i64>classHigh + <i64>instances)
}

/** One more round. Traps when there were too many: a call that would not end is worse. */
@inline
export function burn(): void {
  if (--fuel < 0) unreachable()
}
