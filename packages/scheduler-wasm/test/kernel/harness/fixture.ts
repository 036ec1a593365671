import type { Decision, Footprint, Frame, Kernel, Shape } from '../../../src/kernel.ts'
import { capacityRow } from './model.ts'
import type { MakeKernel } from './duel.ts'

export const any = 2 ** 31 - 1

export const plain: Frame = {
  resources: 2,
  cells: 0,
  cellClasses: 0,
  devices: 0,
  lifetimes: false,
}

/** One of these at a time, on any host. */
export const one: Decision = {
  shape: 0,
  min: 1,
  max: 1,
  limit: any,
  sharing: 0,
  ranking: 0,
  markedOnly: false,
  oldestFirst: false,
  seed: 0,
  until: 0,
  now: 0,
  effect: 2,
}

/** A footprint and the shape that asks for it. */
export type Asked = Partial<Footprint> & Partial<Omit<Shape, 'footprint'>>

/** A kernel with so many hosts of one kind, slots from 0 on. */
export function fleetOf(
  make: MakeKernel,
  hosts: number,
  capacity: readonly number[],
  more: Partial<Frame> & { readonly cell?: readonly number[] } = {},
): Kernel {
  const { cell = [], ...frame } = more
  const kernel = make({ ...plain, resources: capacity.length, ...frame })
  addKind(kernel, capacity, 1, cell)
  for (let slot = 0; slot < hosts; slot++) kernel.addHost(slot, 0)
  return kernel
}

export function addKind(
  kernel: Kernel,
  capacity: readonly number[],
  hash: number,
  cell: readonly number[] = [],
): number {
  const { cells, devices } = kernel.frame
  const kind = { capacity, cell, cells, devices, hash }
  return kernel.addKind(capacityRow(kernel.frame, kernel.width, kind), hash)
}

/** Sets a shape that asks for so much; weights 1, nothing filtered, policy pack. */
export function ask(
  kernel: Kernel,
  slot: number,
  amounts: readonly number[],
  more: Asked = {},
): number {
  const { weights, filter = new Uint8Array(8), policy = 0, ...parts } = more
  const footprint = kernel.addFootprint({
    amounts: Int32Array.from(amounts),
    cells: 0,
    cellAmounts: new Int32Array(kernel.frame.cellClasses),
    devices: 0,
    units: 1,
    ...parts,
  })
  const even = new Int8Array(kernel.frame.resources).fill(1)
  kernel.setShape(slot, { footprint, policy, weights: weights ?? even, filter })
  return footprint
}

/** What was decided as pairs of host and count. */
export function pairs(kernel: Kernel, decision: Partial<Decision>): [number, number][] {
  const { entries } = kernel.decide({ ...one, ...decision })
  return Array.from({ length: entries.length / 2 }, (_, index) => [
    entries[2 * index] ?? -1,
    entries[2 * index + 1] ?? -1,
  ])
}

/** The columns of a host's state. */
export function stateOf(kernel: Kernel, slot: number): number[] {
  const { resources, cells, cellClasses, devices, lifetimes } = kernel.frame
  const columns = resources + cells * cellClasses + devices + (lifetimes ? 1 : 0)
  return [...kernel.state(slot)].slice(0, columns)
}
