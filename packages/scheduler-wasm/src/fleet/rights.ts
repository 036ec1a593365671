import { checkInteger, checkName, checkNames, refuse } from './check.ts'
import { fleetLimits } from './limits.ts'
import { countMembers } from './decide.ts'
import { liveFootprint } from './release.ts'
import type { FleetState } from './state.ts'

/** A host with any of an application holds at most `max` of another; null lifts the limit. */
export function setLimit(state: FleetState, app: string, other: string, max: number | null): void {
  checkName(app, 'app')
  checkName(other, 'other')
  if (max !== null) checkInteger(max, 'max', 0, fleetLimits.members)
  const { apps, limits } = state
  const known = limits.has(apps.find(app), apps.find(other))
  if (max === null) {
    if (!known) return
    const [one, two] = [apps.find(app), apps.find(other)]
    limits.lift(one, two)
    apps.letGo(one)
    apps.letGo(two)
    return
  }
  if (known) limits.set(apps.find(app), apps.find(other), max)
  else limits.set(apps.hold(app), apps.hold(other), max)
}

/** Hosts of an aggregate take only some tenants; null lets all in again. */
export function isolate(
  state: FleetState,
  aggregate: string,
  tenants: readonly string[] | null,
): void {
  checkName(aggregate, 'aggregate')
  if (tenants !== null) checkNames(tenants, 'tenants')
  const number = state.labels.aggregates.intern(aggregate)
  if (tenants === null) state.isolation.delete(number)
  else state.isolation.set(number, new Set(tenants))
  state.epoch++
}

/**
 * Puts an allocation on another host: whoever asks has reasons, so labels, groups and limits are
 * not looked at.
 */
export function moveTo(state: FleetState, allocation: number, hostId: string): void {
  const { kernel, hosts, footprints } = state
  const footprint = liveFootprint(state, allocation)
  if (footprint < 0) refuse('is not a live allocation', 'allocation', String(allocation))
  const slot = typeof hostId === 'string' ? hosts.find(hostId) : -1
  if (slot < 0) refuse('is not a host', 'hostId', hostId)
  const from = kernel.hostOf(allocation)
  if (from === slot) return
  if (!kernel.move(allocation, slot)) refuse('has no room for it', 'hostId', hostId)
  const template = footprints.templateOf(footprint)
  countMembers(state, template, [from], [1], -1)
  countMembers(state, template, [slot], [1], 1)
}
