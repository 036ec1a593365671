import { resourcesOf } from './amounts.ts'
import type { Ask, Resources } from './api.ts'
import { checkList } from './check.ts'
import { fits } from './fits.ts'
import { footprintOf } from './footprints.ts'
import { fleetLimits } from './limits.ts'
import { checked, roomOf } from './place.ts'
import type { FleetState } from './state.ts'

/** How well what is free can be used for one ask. */
export interface AskFragmentation {
  /** Instances that fit. */
  readonly room: number
  /** Instances that would fit if all that is free lay on one host: the least of free ÷ amount. */
  readonly ideal: number
  /** 1 − room ÷ ideal: 0 = nothing is lost, 1 = nothing fits. 0 if `ideal` is. */
  readonly lost: number
  /** What is free on hosts that take not even one, by class. */
  readonly stranded: Resources
}

export interface FragmentationReport {
  /** Free on enabled hosts, by class; use beyond capacity counts as 0. */
  readonly free: Resources
  /** The largest free amount of a class on one enabled host. */
  readonly largest: Resources
  /** What is free on enabled hosts that take none of the asks: no good to anybody. */
  readonly stranded: Resources
  /** In the order of the asks. */
  readonly asks: readonly AskFragmentation[]
}

/** How much of what is free is of use for typical asks. */
export function fragmentation(state: FleetState, asks: readonly Ask[]): FragmentationReport {
  checkList(asks, 'asks', fleetLimits.typical)
  const rooms = asks.map((ask) => roomOf(state, ask))
  const rows = asks.map((ask) => {
    const template = checked(state, ask)
    const { filter, missing } = state.shapeOf(template)
    const { labels, columns, frame } = state
    const asked = footprintOf(template, labels.classes, columns, frame)
    return { asked, filter: filter.slice(), possible: missing === undefined }
  })
  const { columns, hosts, kernel, kinds } = state
  const width = columns.size
  const free = new Float64Array(width)
  const largest = new Float64Array(width)
  const stranded = new Float64Array(width)
  const strandedFor = rows.map(() => new Float64Array(width))
  for (let slot = 0; slot < hosts.slots; slot++) {
    if (hosts.idOf(slot) === undefined) continue
    const kind = kernel.kindOf(slot)
    if (!kinds.signatureOf(kind).enabled) continue
    const row = kernel.state(slot)
    let useful = false
    add(free, row)
    for (let column = 0; column < width; column++) {
      largest[column] = Math.max(largest[column] as number, row[column] as number)
    }
    for (const [index, { asked, filter, possible }] of rows.entries()) {
      if (possible && filter[kind] === 0 && fits(state, kind, asked, row)) useful = true
      else add(strandedFor[index] as Float64Array, row)
    }
    if (!useful) add(stranded, row)
  }
  const named = (sums: Float64Array): Resources => byClass(state, sums)
  return {
    free: named(free),
    largest: named(largest),
    stranded: named(stranded),
    asks: rows.map(({ asked, possible }, index) => {
      const room = rooms[index] as number
      const ideal = possible ? idealOf(asked.amounts, free) : 0
      const lost = ideal === 0 ? 0 : Math.max(0, 1 - room / ideal)
      return { room, ideal, lost, stranded: named(strandedFor[index] as Float64Array) }
    }),
  }
}

function add(sums: Float64Array, row: Int32Array): void {
  for (let column = 0; column < sums.length; column++) {
    sums[column] = (sums[column] as number) + Math.max(0, row[column] as number)
  }
}

function idealOf(amounts: Int32Array, free: Float64Array): number {
  let least = Number.POSITIVE_INFINITY
  for (const [column, amount] of amounts.entries()) {
    if (amount > 0) least = Math.min(least, Math.floor((free[column] ?? 0) / amount))
  }
  return Number.isFinite(least) ? least : 0
}

function byClass({ columns, labels }: FleetState, sums: Float64Array): Resources {
  return resourcesOf(
    [...sums].map((sum, column) => [labels.classes.at(columns.at(column)), sum] as const),
  )
}
