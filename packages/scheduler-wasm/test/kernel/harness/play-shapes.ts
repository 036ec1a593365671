import type { Footprint } from '../../../src/kernel.ts'
import { rowOf } from './model.ts'
import { choose, type Play, type Player, setShape as set } from './player.ts'

export const addFootprint: Play<'addFootprint'> = (player, command) => {
  const { frame } = player.model
  const cells = Math.min(command.cells, frame.cells)
  const footprint: Footprint = {
    amounts: rowOf(command.amounts, frame.resources),
    cells,
    cellAmounts: rowOf(cells > 0 ? command.cellAmounts : [], frame.cellClasses),
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

export const setShape: Play<'setShape'> = (player, command) => {
  const { model } = player
  const footprint = choose([...model.footprints.keys()], command.footprint)
  if (footprint === undefined) return
  set(player, command.slot, {
    footprint,
    policy: command.policy % 5,
    weights: Uint8Array.from(rowOf(command.weights, model.frame.resources)),
    filter: Uint8Array.from(command.filter),
  })
}

export const setTypical: Play<'setTypical'> = ({ duel, model }, command) => {
  const ids = [...model.footprints.keys()]
  const picks = command.picks.flatMap((pick) => choose(ids, pick) ?? [])
  const weights = picks.map((_, index) => Math.max(1, command.weights[index] ?? 1))
  duel.call('setTypical', Int32Array.from(picks), Int32Array.from(weights))
  model.typical.picks = picks
  model.typical.weights = weights
}
