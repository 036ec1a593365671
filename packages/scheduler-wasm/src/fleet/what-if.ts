import type { Answer, Ask, FleetTier, HostSpec } from './api.ts'
import { checkObject } from './check.ts'
import { putHosts, removeHosts } from './host-store.ts'
import { placeAsk } from './place.ts'
import { release } from './release.ts'
import { partsOf, snapshotOf } from './snapshot.ts'
import { stateFrom } from './snapshot-content.ts'
import type { FleetState } from './state.ts'
import { rebuild } from './widen.ts'

/** What would be different. Allocations are released first; then hosts go, then hosts come. */
export interface FleetChanges {
  readonly put?: readonly HostSpec[]
  readonly remove?: readonly string[]
  readonly release?: readonly number[]
}

/** The answer that an ask would get on a copy of the fleet with changes made to it. */
export function whatIf(state: FleetState, changes: FleetChanges, ask: Ask): Answer {
  checkObject(changes, 'changes')
  const copy = restored(snapshotOf(state), state.tier)
  if (changes.release !== undefined) release(copy, changes.release)
  if (changes.remove !== undefined) removeHosts(copy, changes.remove)
  if (changes.put !== undefined) putHosts(copy, changes.put)
  return placeAsk(copy, ask, 0)
}

/** A fleet from a snapshot, on a tier of its own if need be. */
export function restored(bytes: Uint8Array, tier: FleetTier): FleetState {
  const { content, kernel } = partsOf(bytes)
  const state = stateFrom(content, kernel, tier)
  if (state.tier !== tier) {
    state.tier = tier
    rebuild(state, state.columns, state.frame, state.kinds.size)
  }
  return state
}
