import type { Frame, Kernel } from '../kernel.ts'
import { capacityRow, cellClassesOf, classesOf, type Columns, frameFor } from './columns.ts'
import { addFootprint, footprintOf } from './footprints.ts'
import { kindHash } from './kinds.ts'
import { makeKernel } from './make-kernel.ts'
import { recordStep } from './release.ts'
import type { FleetState } from './state.ts'

/** The columns that the kinds from `from` on need, and those there are. */
export function columnsFor({ kinds, columns }: FleetState, from: number): Columns {
  const names = new Set<number>()
  const inCells = new Set<number>()
  for (let kind = from; kind < kinds.size; kind++) {
    for (const name of classesOf(kinds.at(kind))) names.add(name)
    for (const name of cellClassesOf(kinds.at(kind))) inCells.add(name)
  }
  return columns.with(names, inCells, 'hosts')
}

/** Tells the kernel of the kinds from `from` on. */
export function addKinds(state: FleetState, from: number): void {
  if (state.kinds.size === from) return
  addKindsTo(state.kernel, state, state.columns, from, state.kinds.size)
  state.epoch++
}

function addKindsTo(
  kernel: Kernel,
  { kinds, labels }: FleetState,
  columns: Columns,
  from: number,
  to: number,
): void {
  for (let number = from; number < to; number++) {
    const kind = kinds.at(number)
    const row = capacityRow(kind, columns, kernel.frame, kernel.width)
    kernel.addKind(row, kindHash(kind, kinds.signatureOf(number), labels))
  }
}

/** A kernel of another frame, if columns or the kinds from `from` on need one. */
export function widen(state: FleetState, from: number, columns: Columns): void {
  const { frame, kinds } = state
  let { cells, devices } = frame
  for (let kind = from; kind < kinds.size; kind++) {
    cells = Math.max(cells, kinds.at(kind).cells.length)
    devices = Math.max(devices, kinds.at(kind).devices)
  }
  const fits =
    cells === frame.cells &&
    devices === frame.devices &&
    columns.size <= frame.resources &&
    state.columns.isPrefixOf(columns) &&
    !wanted(state, columns)
  if (!fits) rebuild(state, columns, frameFor(columns, cells, devices, frame.lifetimes), from)
  else if (columns !== state.columns) {
    state.columns = columns
    state.epoch++
  }
}

/** Whether a footprint that the kernel knows lacks a class that there is a column for now. */
function wanted({ footprints, labels, columns: old }: FleetState, columns: Columns): boolean {
  if (columns === old) return false
  return footprints.all().some(({ names }) =>
    names.some((name) => {
      const number = labels.classes.find(name)
      return old.of(number) < 0 && columns.of(number) >= 0
    }),
  )
}

/**
 * Moves all into a kernel of another frame: the first `kinds` kinds, hosts with what is taken of
 * them, and allocations with their numbers. In ties, hosts count as having come in the order of
 * their slots.
 */
export function rebuild(state: FleetState, columns: Columns, frame: Frame, kinds: number): void {
  const { kernel: old, hosts, footprints, labels } = state
  const next = makeKernel(state.tier, frame)
  next.reserve(hosts.size, footprints.live)
  addKindsTo(next, state, columns, 0, kinds)
  const rows = old.records().slice()
  const order: number[] = []
  const anonymous = new AnonymousUse(state)
  for (let slot = 0; slot < hosts.slots; slot++) {
    if (hosts.idOf(slot) === undefined) continue
    next.addHost(slot, old.kindOf(slot))
    const allocations = old.allocationsOf(slot).slice()
    const use = anonymous.of(slot, allocations)
    if (use.some((amount) => amount !== 0))
      next.shift(slot, moved(use, state.columns, columns, frame), 1)
    for (const allocation of allocations.reverse()) order.push(allocation % recordStep)
  }
  const numbers = footprints.renumber((each) => addFootprint(next, each, labels.classes, columns))
  for (let at = 0; at < rows.length; at += 5) {
    if ((rows[at] as number) >= 0) rows[at + 1] = numbers[rows[at + 1] as number] as number
  }
  next.setRecords(rows, Int32Array.from(order))
  state.kernel = next
  state.columns = columns
  state.marks = undefined
  state.epoch++
  state.applyTypical()
}

/** What is taken of hosts without an allocation. */
export class AnonymousUse {
  readonly #state: FleetState
  readonly #amounts = new Map<number, Int32Array>()

  constructor(state: FleetState) {
    this.#state = state
  }

  /** By column: capacity that is neither free nor of an allocation. */
  of(slot: number, allocations: ArrayLike<number>): Int32Array {
    const { kernel, kinds, columns } = this.#state
    const { resources } = kernel.frame
    const use = columns.row(kinds.at(kernel.kindOf(slot)).capacity, resources)
    subtract(use, kernel.state(slot))
    for (let index = 0; index < allocations.length; index++) {
      subtract(use, this.#amountsOf(kernel.footprintOf(allocations[index] as number)))
    }
    return use
  }

  #amountsOf(footprint: number): Int32Array {
    const known = this.#amounts.get(footprint)
    if (known !== undefined) return known
    const { footprints, labels, columns, kernel } = this.#state
    const template = footprints.templateOf(footprint)
    const { amounts } = footprintOf(template, labels.classes, columns, kernel.frame)
    this.#amounts.set(footprint, amounts)
    return amounts
  }
}

function subtract(from: Int32Array, amounts: Int32Array): void {
  for (let column = 0; column < from.length; column++) {
    from[column] = (from[column] as number) - (amounts[column] as number)
  }
}

/** A row in other columns. */
function moved(row: Int32Array, from: Columns, to: Columns, frame: Frame): Int32Array {
  const result = new Int32Array(frame.resources)
  for (let column = 0; column < from.size; column++) {
    result[to.of(from.at(column))] = row[column] as number
  }
  return result
}
