import type { HostSpec } from './api.ts'
import { checkHostIds, checkList, refuse } from './check.ts'
import { fleetLimits } from './limits.ts'
import { forget } from './release.ts'
import { SpecReader } from './spec-reader.ts'
import type { FleetState } from './state.ts'
import { usedRow } from './views.ts'
import { addKinds, columnsFor, widen } from './widen.ts'

/**
 * Adds hosts, or replaces all that is known of them but what they hold. Of a host named twice, the
 * last word counts.
 */
export function putHosts(state: FleetState, hosts: readonly HostSpec[]): void {
  checkList(hosts, 'hosts', fleetLimits.hosts)
  const { kinds } = state
  const before = kinds.size
  const numbers = new Int32Array(hosts.length)
  // Read once: whoever answers otherwise when asked again must not change what was checked.
  const ids: string[] = []
  let columns = state.columns
  try {
    const reader = new SpecReader(state.labels, kinds, hosts.length)
    for (let index = 0; index < hosts.length; index++) {
      numbers[index] = reader.read(hosts[index] as HostSpec, index)
      ids.push(reader.id)
    }
    checkRoom(state, ids)
    checkChanges(state, ids, numbers)
    columns = columnsFor(state, before)
  } catch (error) {
    kinds.truncate(before)
    throw error
  }
  widen(state, before, columns)
  addKinds(state, before)
  state.hosts.reserve(state.hosts.size + ids.length)
  state.layout++
  for (let index = 0; index < ids.length; index++) {
    putHost(state, ids[index] as string, numbers[index] as number)
  }
}

function checkRoom({ hosts: known }: FleetState, ids: readonly string[]): void {
  if (known.size + ids.length <= fleetLimits.hosts) return
  const fresh = new Set<string>()
  for (const id of ids) if (known.find(id) < 0) fresh.add(id)
  if (known.size + fresh.size > fleetLimits.hosts) {
    refuse('too many hosts', 'hosts', fleetLimits.hosts)
  }
}

/** Allocations lie on cells and devices: a host that holds any keeps as many. */
function checkChanges(state: FleetState, ids: readonly string[], numbers: Int32Array): void {
  if (state.hosts.size === 0) return
  for (let index = 0; index < ids.length; index++) {
    const slot = state.hosts.find(ids[index] as string)
    if (slot < 0) continue
    const old = state.kernel.kindOf(slot)
    const kind = numbers[index] as number
    if (old === kind || sameParts(state, old, kind)) continue
    if (state.kernel.allocationsOf(slot).length === 0) continue
    const field = state.kinds.at(old).devices === state.kinds.at(kind).devices ? 'cells' : 'devices'
    refuse('of a host with allocations stay as many', `hosts[${index}].${field}`, 'as before')
  }
}

function sameParts({ kinds }: FleetState, a: number, b: number): boolean {
  const one = kinds.at(a)
  const two = kinds.at(b)
  return one.devices === two.devices && one.cells.length === two.cells.length
}

function putHost(state: FleetState, id: string, kind: number): void {
  const { hosts, kernel, kinds } = state
  const slot = hosts.find(id)
  if (slot < 0) {
    kernel.addHost(hosts.add(id), kind)
    kinds.hosts[kind] = (kinds.hosts[kind] as number) + 1
    return
  }
  const old = kernel.kindOf(slot)
  if (old === kind) return
  if (sameParts(state, old, kind)) kernel.changeKind(slot, kind)
  else swap(state, slot, kind)
  kinds.hosts[old] = (kinds.hosts[old] as number) - 1
  kinds.hosts[kind] = (kinds.hosts[kind] as number) + 1
}

/** A host without allocations becomes another; what was taken without one stays taken. */
function swap(state: FleetState, slot: number, kind: number): void {
  const used = usedRow(state, slot)
  state.kernel.dropHost(slot)
  state.kernel.addHost(slot, kind)
  state.kernel.shift(slot, used, 1)
}

/** Forgets hosts and what they hold. Ids that are not there are ignored. */
export function removeHosts(state: FleetState, ids: readonly string[]): void {
  checkHostIds(ids, 'ids', fleetLimits.hosts)
  const { hosts, kernel, kinds } = state
  state.layout++
  for (const id of ids) {
    const slot = hosts.find(id)
    if (slot < 0) continue
    const footprints = Array.from(kernel.allocationsOf(slot).slice(), (allocation) =>
      kernel.footprintOf(allocation),
    )
    const kind = kernel.kindOf(slot)
    kinds.hosts[kind] = (kinds.hosts[kind] as number) - 1
    // A footprint goes with its last allocation: the kernel must not need it any more by then.
    kernel.dropHost(slot)
    for (const footprint of footprints) forget(state, footprint, slot)
    hosts.remove(id)
  }
  if (state.marks !== undefined) state.clearMarks()
}
