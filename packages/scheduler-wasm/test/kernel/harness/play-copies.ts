import type { Frame } from '../../../src/kernel.ts'
import { capacityRow, rowOf } from './model.ts'
import { callSetTypical } from './play-shapes.ts'
import { anonymousUse, type Play, type Player, setShape } from './player.ts'

export const save: Play<'save'> = (player) => {
  player.saved = { bytes: player.duel.save(), model: structuredClone(player.model) }
}

export const restore: Play<'restore'> = (player, { fresh }) => {
  if (!player.saved) return
  player.duel.restore(player.saved.bytes, fresh > 0)
  player.model = structuredClone(player.saved.model)
}

/** Records are numbered below this; the rest of an allocation's number is its generation. */
const records = 2 ** 28

/** Makes everything anew in kernels with a wider frame, with the same allocations. */
export const rebuild: Play<'rebuild'> = (player, { wider }) => {
  const { duel, model } = player
  const frame = widen(model.frame, wider)
  const hosts = model.slots.map((slot) => ({
    slot,
    kind: duel.call('kindOf', slot),
    use: anonymousUse(player, slot),
    numbers: [...duel.call('allocationsOf', slot)].reverse(),
  }))
  const rows = duel.call('records').slice()
  player.saved = undefined
  duel.renew(frame)
  player.model = { ...model, frame, footprints: new Map(), shapes: new Map() }
  for (const kind of model.kinds) {
    duel.call('addKind', capacityRow(frame, duel.width, kind), kind.hash)
  }
  for (const { slot, kind, use } of hosts) {
    duel.call('addHost', slot, kind)
    duel.call('shift', slot, rowOf(use, frame.resources), 1)
  }
  addFootprints(player, model)
  const order = hosts.flatMap(({ numbers }) => numbers.map((number) => number % records))
  duel.call('setRecords', rows, Int32Array.from(order))
  for (const [slot, shape] of model.shapes) {
    const weights = Int8Array.from(rowOf([...shape.weights], frame.resources))
    setShape(player, slot, { ...shape, weights })
  }
  for (const [slot, { members, limit }] of model.marks) duel.call('mark', slot, members, limit)
  callSetTypical(player)
}

/** One more resource class, cell and device, and lifetimes, where the command says so. */
function widen(frame: Frame, [resources, cells, devices, lifetimes]: readonly number[]): Frame {
  const more = (count: number, by: number | undefined, most: number): number =>
    Math.min(most, count + ((by ?? 0) > 0 ? 1 : 0))
  return {
    resources: more(frame.resources, resources, 16),
    cells: frame.cells === 0 ? 0 : more(frame.cells, cells, 8),
    cellClasses: frame.cellClasses,
    devices: more(frame.devices, devices, 16),
    lifetimes: frame.lifetimes || (lifetimes ?? 0) > 0,
  }
}

/** Under the numbers that they had; what lies between is dropped again. */
function addFootprints({ duel, model }: Player, old: Player['model']): void {
  const last = Math.max(-1, ...old.footprints.keys())
  const blank = { amounts: [], cells: 0, cellAmounts: [], devices: 0, units: 1 }
  for (let id = 0; id <= last; id++) {
    const footprint = old.footprints.get(id) ?? blank
    const { frame } = model
    const wide = {
      ...footprint,
      amounts: rowOf([...footprint.amounts], frame.resources),
      cellAmounts: rowOf([...footprint.cellAmounts], frame.cellClasses),
    }
    duel.call('addFootprint', wide)
    model.footprints.set(id, wide)
  }
  for (const id of [...model.footprints.keys()]) {
    if (old.footprints.has(id)) continue
    duel.call('dropFootprint', id)
    model.footprints.delete(id)
  }
}
