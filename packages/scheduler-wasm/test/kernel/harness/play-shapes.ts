import { type Footprint, policyNames } from '../../../src/kernel.ts'
import { rowOf } from './model.ts'
import { choose, type Play, type Player, setShape as set } from './player.ts'

export const addFootprint: Play<'addFootprint'> = (player, command) => {
  const { frame } = player.model
  const amounts = rowOf(command.amounts, frame.resources)
  const inCell = rowOf(command.cellAmounts, frame.cellClasses)
  // What takes nothing lies nowhere.
  const any = [...amounts, ...inCell].some((amount) => amount > 0)
  const cells = any ? Math.min(command.cells, frame.cells) : 0
  const footprint: Footprint = {
    amounts,
    cells,
    cellAmounts: cells > 0 ? inCell : new Int32Array(frame.cellClasses),
    devices: Math.min(command.devices, frame.devices),
    units: Math.max(1, command.units),
  }
  for (let twin = 0; twin <= command.twins; twin++) addOne(player, footprint)
}

function addOne({ duel, model }: Player, footprint: Footprint): void {
  model.footprints.set(duel.call('addFootprint', footprint), footprint)
}

/** Only of those that nothing refers to. */
export const dropFootprint: Play<'dropFootprint'> = ({ duel, model }, { pick }) => {
  const used = new Set([
    ...[...model.shapes.values()].map(({ footprint }) => footprint),
    ...[...model.live].map((number) => duel.call('footprintOf', number)),
    ...model.typical.picks,
  ])
  const id = choose(
    [...model.footprints.keys()].filter((each) => !used.has(each)),
    pick,
  )
  if (id === undefined) return
  duel.call('dropFootprint', id)
  model.footprints.delete(id)
}

const weighed = policyNames.indexOf('weighed')

export const setShape: Play<'setShape'> = (player, command) => {
  const { model } = player
  const footprint = choose([...model.footprints.keys()], command.footprint)
  if (footprint === undefined) return
  const policy = command.policy % policyNames.length
  // Only one policy knows weights below 0.
  const weights = command.weights.map((weight) => (policy === weighed ? 2 * weight - 15 : weight))
  set(player, command.slot, {
    footprint,
    policy,
    weights: Int8Array.from(rowOf(weights, model.frame.resources)),
    filter: Uint8Array.from(command.filter),
  })
}

export const setTypical: Play<'setTypical'> = (player, command) => {
  const { model } = player
  const ids = [...model.footprints.keys()]
  const picks = command.picks.flatMap((pick) => choose(ids, pick) ?? [])
  const weights = shareOut(picks.map((_, index) => Math.max(1, command.weights[index] ?? 1)))
  const counts = picks.map((_, index) => command.counts[index] ?? 1)
  model.typical = { picks, weights, counts, filter: command.filter }
  callSetTypical(player)
}

/** Tells both kernels what the model says is typical. */
export function callSetTypical({ duel, model }: Player): void {
  const { picks, weights, counts, filter } = model.typical
  const { length } = model.kinds
  const filters = Uint8Array.from({ length: picks.length * length }, (_, at) => {
    return filter[(5 * Math.floor(at / length) + (at % length)) % filter.length] ?? 0
  })
  duel.call(
    'setTypical',
    Int32Array.from(picks),
    Int32Array.from(weights),
    Int32Array.from(counts),
    filters,
  )
}

/** Weights in proportion to some numbers; they add up to 256. */
function shareOut(numbers: readonly number[]): number[] {
  const total = numbers.reduce((sum, number) => sum + number, 0)
  let before = 0
  let given = 0
  return numbers.map((number) => {
    before += number
    const weight = Math.round((256 * before) / total) - given
    given += weight
    return weight
  })
}
