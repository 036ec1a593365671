import { amountOf, resourcesOf } from './amounts.ts'
import type { AllocationView, FleetTotals, Resources } from './api.ts'
import { liveFootprint } from './release.ts'
import type { FleetState } from './state.ts'

/** What is used of a host, by column. */
export function usedRow({ kernel, kinds, columns }: FleetState, slot: number): Int32Array {
  const used = columns.row(kinds.at(kernel.kindOf(slot)).capacity, kernel.frame.resources)
  const free = kernel.state(slot)
  for (let column = 0; column < used.length; column++) {
    used[column] = (used[column] as number) - (free[column] as number)
  }
  return used
}

/** What is used of a host, by class: those that it has, and those used all the same. */
export function usageOf(state: FleetState, hostId: string): Resources | undefined {
  const { hosts, kernel, kinds, columns, labels } = state
  const slot = typeof hostId === 'string' ? hosts.find(hostId) : -1
  if (slot < 0) return undefined
  const { capacity } = kinds.at(kernel.kindOf(slot))
  const free = kernel.state(slot)
  const rows: [string, number][] = []
  for (let column = 0; column < columns.size; column++) {
    const name = columns.at(column)
    const has = amountOf(capacity, name)
    const used = has - (free[column] as number)
    if (has > 0 || used > 0) rows.push([labels.classes.at(name), used])
  }
  return resourcesOf(rows)
}

/** What is known of a live allocation. */
export function allocationOf(state: FleetState, allocation: number): AllocationView | undefined {
  const footprint = liveFootprint(state, allocation)
  if (footprint < 0) return undefined
  const { kernel, hosts, footprints } = state
  const parts = kernel.partsOf(allocation)
  const { ask } = footprints.templateOf(footprint)
  return {
    hostId: hosts.idOf(kernel.hostOf(allocation)) as string,
    resources: ask.resources,
    devices: bitsOf(parts & 0xffff),
    cells: bitsOf((parts >> 16) & 0xff),
    ...(ask.app === undefined ? {} : { app: ask.app }),
    ...(ask.group?.id === undefined ? {} : { group: ask.group.id }),
    ...(ask.group?.part === undefined ? {} : { part: ask.group.part }),
    priority: ask.priority ?? 0,
  }
}

export function bitsOf(mask: number): number[] {
  const bits: number[] = []
  for (let bit = 0; mask >> bit !== 0; bit++) if (((mask >> bit) & 1) === 1) bits.push(bit)
  return bits
}

/** Sums over all hosts. */
export function totalsOf(state: FleetState): FleetTotals {
  const { hosts, kernel, kinds, columns, labels } = state
  const width = columns.size
  const total = new Float64Array(width)
  const free = new Float64Array(width)
  let enabledHosts = 0
  let usedHosts = 0
  for (let kind = 0; kind < kinds.size; kind++) {
    const count = kinds.hosts[kind] as number
    if (count === 0) continue
    if (kinds.signatureOf(kind).enabled) enabledHosts += count
    const { names, amounts } = kinds.at(kind).capacity
    for (const [index, name] of names.entries()) {
      const column = columns.of(name)
      if (column >= 0)
        total[column] = (total[column] as number) + count * (amounts[index] as number)
    }
  }
  for (let slot = 0; slot < hosts.slots; slot++) {
    if (hosts.idOf(slot) === undefined) continue
    const row = kernel.state(slot)
    for (let column = 0; column < width; column++) {
      free[column] = (free[column] as number) + (row[column] as number)
    }
    if (!isEmpty(state, slot, row)) usedHosts++
  }
  const rows = (of: (column: number) => number): [string, number][] => {
    const named: [string, number][] = []
    for (let column = 0; column < width; column++) {
      const used = (total[column] as number) - (free[column] as number)
      if ((total[column] as number) === 0 && used === 0) continue
      named.push([labels.classes.at(columns.at(column)), of(column)])
    }
    return named
  }
  return {
    hosts: hosts.size,
    enabledHosts,
    usedHosts,
    total: resourcesOf(rows((column) => total[column] as number)),
    used: resourcesOf(rows((column) => (total[column] as number) - (free[column] as number))),
  }
}

/** Whether nothing of a host is taken. */
export function isEmpty(
  { kernel, kinds, columns }: FleetState,
  slot: number,
  row: Int32Array,
): boolean {
  const { capacity } = kinds.at(kernel.kindOf(slot))
  for (let column = 0; column < columns.size; column++) {
    if (amountOf(capacity, columns.at(column)) !== row[column]) return false
  }
  return kernel.allocationsOf(slot).length === 0
}
