import type { Footprint, Frame, Shape } from '../kernel.ts'
import { Records, type SavedRecords } from './records.ts'
import { emptyWorld, footprintAt, kindFrom, type Mark, setTypical, type World } from './world.ts'
import type { Typical } from './typical.ts'

/** A world in values that JSON knows: rows as arrays of numbers, maps as pairs. */
interface Saved {
  readonly kinds: readonly { readonly capacity: readonly number[]; readonly hash: number }[]
  readonly hosts: readonly {
    readonly slot: number
    readonly kind: number
    readonly state: readonly number[]
    readonly devices: readonly number[]
    readonly entered: number
    readonly records: readonly number[]
  }[]
  readonly footprints: readonly (readonly [number, Rows<Footprint>])[]
  readonly freeFootprints: readonly number[]
  readonly shapes: readonly (readonly [number, Rows<Shape>])[]
  readonly marks: readonly (readonly [number, Mark])[]
  readonly records: SavedRecords
  readonly typical: readonly Omit<Typical, 'asked'>[]
  readonly entries: number
}

/** A value with its typed arrays as plain ones. */
type Rows<T> = {
  readonly [Key in keyof T]: T[Key] extends Int32Array | Int8Array | Uint8Array
    ? readonly number[]
    : T[Key]
}

export function save(world: World): Uint8Array {
  const saved: Saved = {
    kinds: world.kinds.map(({ capacity, hash }) => ({ capacity: [...capacity], hash })),
    hosts: [...world.hosts.values()].map((host) => ({ ...host, state: [...host.state] })),
    footprints: [...world.footprints].map(([id, each]) => [
      id,
      { ...each, amounts: [...each.amounts], cellAmounts: [...each.cellAmounts] },
    ]),
    freeFootprints: world.freeFootprints,
    shapes: [...world.shapes].map(([slot, each]) => [
      slot,
      { ...each, weights: [...each.weights], filter: [...each.filter] },
    ]),
    marks: [...world.marks],
    records: world.records.save(),
    typical: world.typical.map(({ footprint, weight, count, filter }) => {
      return { footprint, weight, count, filter }
    }),
    entries: world.entries,
  }
  return new TextEncoder().encode(JSON.stringify(saved))
}

/** The world that was saved; the frame is the same. */
export function restore(frame: Frame, bytes: Uint8Array): World {
  const saved = JSON.parse(new TextDecoder().decode(bytes)) as Saved
  const world: World = {
    ...emptyWorld(frame),
    records: Records.from(saved.records),
    entries: saved.entries,
  }
  for (const { capacity, hash } of saved.kinds) {
    world.kinds.push(kindFrom(world.layout, Int32Array.from(capacity), hash))
  }
  for (const host of saved.hosts) {
    world.hosts.set(host.slot, { ...host, state: Int32Array.from(host.state) })
  }
  for (const [id, each] of saved.footprints) {
    const { amounts, cellAmounts } = each
    const rows = { amounts: Int32Array.from(amounts), cellAmounts: Int32Array.from(cellAmounts) }
    world.footprints.set(id, { ...each, ...rows })
  }
  setTypical(
    world,
    saved.typical.map((each) => ({ ...each, asked: footprintAt(world, each.footprint) })),
  )
  world.freeFootprints.push(...saved.freeFootprints)
  for (const [slot, each] of saved.shapes) {
    const { weights, filter } = each
    const rows = { weights: Int8Array.from(weights), filter: Uint8Array.from(filter) }
    world.shapes.set(slot, { ...each, ...rows })
  }
  for (const [slot, mark] of saved.marks) world.marks.set(slot, mark)
  return world
}
