import { refuse } from './check.ts'
import { addMembers } from './rules.ts'
import type { FleetState } from './state.ts'

/** Records of a kernel are numbered below this; the generation is the rest of the number. */
export const recordStep = 2 ** 28
const numbersEnd = recordStep * 2 ** 16

/** Whether a value can be an allocation's number at all; the kernel knows which ones live. */
export function isNumber(allocation: unknown): allocation is number {
  return (
    Number.isInteger(allocation) &&
    (allocation as number) >= 0 &&
    (allocation as number) < numbersEnd
  )
}

/** The footprint of a live allocation, −1 for anything else. */
export function liveFootprint({ kernel }: FleetState, allocation: number): number {
  return isNumber(allocation) ? kernel.footprintOf(allocation) : -1
}

/** Takes an allocation that was released out of all counts. */
export function forget(state: FleetState, footprint: number, slot: number): void {
  const { group, app } = state.footprints.templateOf(footprint)
  if (group >= 0) addMembers(state, state.groups.of(group), slot, -1)
  if (app >= 0) addMembers(state, state.apps.of(app), slot, -1)
  state.footprints.add(footprint, -1)
}

/** Releases one. @throws EngineError if it is not live. */
export function releaseOne(state: FleetState, allocation: number): void {
  const { kernel, footprints } = state
  const footprint = liveFootprint(state, allocation)
  if (footprint < 0) refuse('is not a live allocation', 'allocation', String(allocation))
  const { group, app } = footprints.templateOf(footprint)
  const slot = group >= 0 || app >= 0 ? kernel.hostOf(allocation) : -1
  kernel.release(allocation)
  if (slot < 0) footprints.add(footprint, -1)
  else forget(state, footprint, slot)
}

/** Bits of records met in a list; empty between calls. */
let seen = new Uint8Array(1_024)

/** Releases all of a list, or none. @throws EngineError if one is not live, or named twice. */
export function release(state: FleetState, allocations: ArrayLike<number>): void {
  if (!Array.isArray(allocations) && !ArrayBuffer.isView(allocations)) {
    refuse('must be an array', 'allocations', 'array')
  }
  let met = 0
  let fault: 'dead' | 'twice' | undefined
  while (met < allocations.length && fault === undefined) {
    const allocation = allocations[met] as number
    if (liveFootprint(state, allocation) < 0) fault = 'dead'
    else if (!meet(allocation % recordStep)) fault = 'twice'
    else met++
  }
  for (let index = 0; index < met; index++) {
    seen[((allocations[index] as number) % recordStep) >> 3] = 0
  }
  if (fault !== undefined) {
    const message = fault === 'dead' ? 'is not a live allocation' : 'is named twice'
    refuse(message, `allocations[${met}]`, String(allocations[met]))
  }
  for (let index = 0; index < met; index++) releaseOne(state, allocations[index] as number)
}

/** False if the record was met before. */
function meet(record: number): boolean {
  const at = record >> 3
  if (at >= seen.length) {
    const longer = new Uint8Array(2 * at)
    longer.set(seen)
    seen = longer
  }
  const bit = 1 << (record & 7)
  const before = seen[at] as number
  seen[at] = before | bit
  return (before & bit) === 0
}
