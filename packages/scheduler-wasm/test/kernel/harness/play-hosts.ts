import { capacityRow, type KindModel, type Model, rowOf } from './model.ts'
import { anonymousUse, choose, type Play, type Player, setShape } from './player.ts'

export const addKind: Play<'addKind'> = (player, command) => {
  const { duel, model } = player
  const hashes = new Set(model.kinds.map((each) => each.hash))
  let hash = command.hash | 0
  while (hashes.has(hash)) hash = (hash + 1) | 0
  const kind = { ...command, hash }
  duel.call('addKind', capacityRow(model.frame, duel.width, kind), hash)
  model.kinds.push(kind)
  for (const [slot, shape] of model.shapes) setShape(player, slot, shape)
}

export const addHosts: Play<'addHosts'> = ({ duel, model }, { count, kind, gap, use }) => {
  if (model.kinds.length === 0) return
  for (let index = 0; index < count; index++) {
    const slot = model.nextSlot + gap
    model.nextSlot = slot + 1
    model.slots.push(slot)
    duel.call('addHost', slot, (kind + (use.length > 0 ? index : 0)) % model.kinds.length)
    if (use.length === 0) continue
    const amounts = use.map((amount) => Math.floor((amount * (index + 1)) / (count + 1)))
    duel.call('shift', slot, rowOf(amounts, model.frame.resources), 1)
  }
}

export const changeKind: Play<'changeKind'> = ({ duel, model }, command) => {
  const slot = choose(model.slots, command.host)
  if (slot === undefined) return
  const old = model.kinds[duel.call('kindOf', slot)]
  if (!old) return
  const alike = [...model.kinds.keys()].filter((kind) => isAlike(model, old, model.kinds[kind]))
  const kind = choose(alike, command.kind) ?? 0
  const state = duel.call('state', slot)
  const before = capacityRow(model.frame, duel.width, old)
  const after = capacityRow(model.frame, duel.width, model.kinds[kind] ?? old)
  const lowest = Math.min(
    ...Array.from(state, (free, at) => free + (after[at] ?? 0) - (before[at] ?? 0)),
  )
  if (lowest > -(2 ** 31)) duel.call('changeKind', slot, kind)
}

/** As many devices, and as many cells, counted up to the last with a capacity. */
function isAlike({ frame }: Model, kind: KindModel, other: KindModel | undefined): boolean {
  if (!other) return false
  const lastCell = ({ cells, cell }: KindModel): number => {
    const words = cell.slice(0, Math.min(cells, frame.cells) * frame.cellClasses)
    return Math.ceil((words.findLastIndex((amount) => amount > 0) + 1) / frame.cellClasses)
  }
  const devices = ({ devices: count }: KindModel): number => Math.min(count, frame.devices)
  const sameCells = frame.cells === 0 || lastCell(kind) === lastCell(other)
  return sameCells && devices(kind) === devices(other)
}

export const dropHost: Play<'dropHost'> = ({ duel, model }, { host }) => {
  const slot = choose(model.slots, host)
  if (slot === undefined) return
  for (const number of duel.call('allocationsOf', slot)) model.live.delete(number)
  duel.call('dropHost', slot)
  model.slots.splice(model.slots.indexOf(slot), 1)
  model.marks.delete(slot)
  // Used again by the next host, as often as not.
  if (host % 2 === 0 && slot === model.nextSlot - 1) model.nextSlot = slot
}

export const shift: Play<'shift'> = (player, { host, amounts, times, back }) => {
  const { duel, model } = player
  const slot = choose(model.slots, host)
  if (slot === undefined) return
  const row = rowOf(amounts, model.frame.resources)
  if (back > 0 && !canGiveBack(player, slot, row, times)) return
  duel.call('shift', slot, row, back > 0 ? -times : times)
}

/** Whether it is not what allocations hold, or so much that the kernel says no. */
function canGiveBack(player: Player, slot: number, row: Int32Array, times: number): boolean {
  const { duel, model } = player
  const anonymous = anonymousUse(player, slot)
  if (row.every((amount, index) => amount * times <= (anonymous[index] ?? 0))) return true
  const { capacity } = model.kinds[duel.call('kindOf', slot)] ?? { capacity: [] }
  const state = duel.call('state', slot)
  return row.some((amount, index) => amount * times > (capacity[index] ?? 0) - (state[index] ?? 0))
}

/** Also of a host that is not there yet, which does nothing. */
export const mark: Play<'mark'> = ({ duel, model }, { host, members, limit }) => {
  const slot = choose([...model.slots, model.nextSlot], host)
  if (slot === undefined) return
  duel.call('mark', slot, members, limit)
  if (slot !== model.nextSlot) model.marks.set(slot, { members, limit })
}

export const clearMarks: Play<'clearMarks'> = ({ duel, model }) => {
  duel.call('clearMarks')
  model.marks.clear()
}
