import type { Footprint } from '../kernel.ts'
import { type Layout, share, word } from './layout.ts'
import { type Kind, type Seat, withUntil } from './world.ts'

/**
 * What a host lacks for one instance. A class of which nothing is asked does not matter, even when
 * more than there is of it is in use.
 */
export interface Lacks {
  /** Resource classes that are short. */
  readonly resources: readonly number[]
  readonly cells: boolean
  readonly devices: boolean
}

export function lacks(layout: Layout, kind: Kind, asked: Footprint, state: Int32Array): Lacks {
  return {
    resources: [...asked.amounts.keys()].filter((index) => isShort(asked, state, index)),
    cells: fittingCells(layout, kind, asked, state).length < asked.cells,
    devices: fittingDevices(layout, asked, state) < asked.devices,
  }
}

export function fits(layout: Layout, kind: Kind, asked: Footprint, state: Int32Array): boolean {
  for (let index = 0; index < layout.resources; index++) {
    if (isShort(asked, state, index)) return false
  }
  return (
    fittingCells(layout, kind, asked, state).length >= asked.cells &&
    fittingDevices(layout, asked, state) >= asked.devices
  )
}

function isShort({ amounts }: Footprint, state: Int32Array, index: number): boolean {
  const amount = word(amounts, index)
  return amount > 0 && word(state, index) < amount
}

const none: readonly number[] = []

/** The numbers of the cells that can give what one cell is asked for. */
function fittingCells(
  layout: Layout,
  kind: Kind,
  asked: Footprint,
  state: Int32Array,
): readonly number[] {
  if (asked.cells === 0) return none
  return Array.from({ length: kind.cells }, (_, cell) => cell).filter((cell) =>
    asked.cellAmounts.every(
      (amount, index) => amount === 0 || word(state, cellColumn(layout, cell) + index) >= amount,
    ),
  )
}

/** How many devices have enough units; they are the first, for devices are sorted. */
function fittingDevices(layout: Layout, asked: Footprint, state: Int32Array): number {
  if (asked.devices === 0) return 0
  let count = 0
  while (count < layout.devices && word(state, layout.devicesAt + count) >= asked.units) count++
  return count
}

function cellColumn(layout: Layout, cell: number): number {
  return layout.cellsAt + cell * layout.cellClasses
}

/** What is left of a seat after one instance, and the parts that it lies on. */
export interface Taken extends Seat {
  readonly parts: number
}

/**
 * Puts one instance on a seat where it fits. Its cells are the fullest that can give enough
 * (equally full: the first), its devices those with the least that is enough (equal: the last in
 * order).
 */
export function take(
  layout: Layout,
  kind: Kind,
  asked: Footprint,
  seat: Seat,
  until: number,
): Taken {
  const cells = chosenCells(layout, kind, asked, seat.state)
  const enough = fittingDevices(layout, asked, seat.state)
  const devices = seat.devices.slice(enough - asked.devices, enough)
  const left = change(layout, asked, seat, { cells, devices }, -1)
  const state =
    layout.untilAt < 0
      ? left.state
      : withUntil(layout, left.state, Math.max(word(left.state, layout.untilAt), until))
  return { state, devices: left.devices, parts: bits(devices) | (bits(cells) << 16) }
}

function chosenCells(
  layout: Layout,
  kind: Kind,
  asked: Footprint,
  state: Int32Array,
): readonly number[] {
  if (asked.cells === 0) return none
  return fittingCells(layout, kind, asked, state)
    .map((cell) => ({ cell, free: cellShare(layout, kind, state, cell) }))
    .sort((a, b) => a.free - b.free || a.cell - b.cell)
    .slice(0, asked.cells)
    .map(({ cell }) => cell)
}

/** Takes (sign −1) or gives back (1) what an instance has of the parts that it lies on. */
export function takeParts(
  layout: Layout,
  asked: Footprint,
  seat: Seat,
  parts: number,
  sign: number,
): Seat {
  const lies = { cells: numbers(parts >> 16), devices: numbers(parts & 0xffff) }
  return change(layout, asked, seat, lies, sign)
}

interface Parts {
  readonly cells: readonly number[]
  readonly devices: readonly number[]
}

function change(layout: Layout, asked: Footprint, seat: Seat, parts: Parts, sign: number): Seat {
  const state = seat.state.slice()
  add(state, 0, asked.amounts, sign)
  for (const cell of parts.cells) add(state, cellColumn(layout, cell), asked.cellAmounts, sign)
  if (parts.devices.length === 0) return { state, devices: seat.devices }
  for (const device of parts.devices) {
    const column = layout.devicesAt + seat.devices.indexOf(device)
    state[column] = word(state, column) + sign * asked.units
  }
  return sortDevices(layout, { state, devices: seat.devices })
}

function add(state: Int32Array, at: number, amounts: Int32Array, sign: number): void {
  for (let index = 0; index < amounts.length; index++) {
    state[at + index] = word(state, at + index) + sign * word(amounts, index)
  }
}

/** Devices with more free units first; equal ones keep their order. */
function sortDevices(layout: Layout, { state, devices }: Seat): Seat {
  const sorted = devices
    .map((device, index) => ({ device, units: word(state, layout.devicesAt + index) }))
    .sort((a, b) => b.units - a.units)
  state.set(
    sorted.map(({ units }) => units),
    layout.devicesAt,
  )
  return { state, devices: sorted.map(({ device }) => device) }
}

/** How free a cell is, all its classes together. */
function cellShare(layout: Layout, kind: Kind, state: Int32Array, cell: number): number {
  let sum = 0
  for (let index = 0; index < layout.cellClasses; index++) {
    const column = cellColumn(layout, cell) + index
    sum += share(word(state, column), word(kind.capacity, column))
  }
  return sum
}

/** How many instances fit one after another, at most `most`. */
export function takes(
  layout: Layout,
  kind: Kind,
  asked: Footprint,
  state: Int32Array,
  most: number,
): number {
  if (most <= 0 || !fits(layout, kind, asked, state)) return 0
  if (asked.cells === 0 && asked.devices === 0) {
    return asked.amounts.reduce(
      (least, amount, index) =>
        amount === 0 ? least : Math.min(least, Math.floor(word(state, index) / amount)),
      most,
    )
  }
  const any = [...asked.amounts, ...asked.cellAmounts].some((amount) => amount > 0)
  if (!any && asked.devices === 0) return most
  const devices = Array.from({ length: layout.devices }, (_, index) => index)
  let seat: Seat = { state, devices }
  let count = 0
  while (count < most && fits(layout, kind, asked, seat.state)) {
    seat = take(layout, kind, asked, seat, 0)
    count++
  }
  return count
}

function bits(of: readonly number[]): number {
  return of.reduce((mask, number) => mask | (1 << number), 0)
}

function numbers(mask: number): number[] {
  const set: number[] = []
  for (let bit = 0; mask >> bit !== 0; bit++) if ((mask >> bit) & 1) set.push(bit)
  return set
}
