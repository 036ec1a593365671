import { twinsOf } from './model.ts'
import { choose, chooseShape, type Play, type Player } from './player.ts'

export const decide: Play<'decide'> = (player, command) => {
  const { duel, model } = player
  const shape = chooseShape(player, command.shape)
  if (shape === undefined) return
  const twins = twinsOf(model, model.shapes.get(shape)?.footprint ?? -1)
  const footprint = command.footprint > 0 ? choose(twins, command.footprint) : undefined
  const { max, limit, seed, until, now } = command
  const { allocations } = duel.call('decide', {
    shape,
    min: Math.min(command.min, max),
    max,
    limit,
    sharing: choose([0, 1, 2] as const, command.sharing) ?? 0,
    ranking: choose([0, 1, 2] as const, command.ranking) ?? 0,
    markedOnly: command.markedOnly > 0,
    oldestFirst: command.oldestFirst > 0,
    seed,
    until: model.frame.lifetimes ? until : 0,
    now: model.frame.lifetimes ? now : 0,
    effect: choose([0, 1, 2] as const, command.effect) ?? 0,
    ...(footprint === undefined ? {} : { footprint }),
  })
  for (const number of allocations) remember(player, number)
}

export const placeOne: Play<'placeOne'> = (player, { shape: pick, until, now, times }) => {
  const { duel, model } = player
  const shape = chooseShape(player, pick)
  if (shape === undefined) return
  const bins = model.frame.lifetimes ? ([until, now] as const) : ([0, 0] as const)
  for (let time = 0; time < times; time++) {
    const number = duel.call('placeOne', shape, ...bins)
    if (number >= 0) remember(player, number)
  }
}

function remember({ model }: Player, number: number): void {
  model.numbers.push(number)
  model.live.add(number)
}

export const release: Play<'release'> = ({ duel, model }, { picks, any }) => {
  for (const pick of picks) {
    const invented = [pick, pick * 2 ** 11, -1]
    const number = choose(any > 0 ? [...model.numbers, ...invented] : [...model.live], pick)
    if (number === undefined) continue
    duel.call('hostOf', number)
    duel.call('release', number)
    model.live.delete(number)
  }
}

export const move: Play<'move'> = ({ duel, model }, { pick, host, any }) => {
  const slot = choose(model.slots, host)
  const number = choose(any > 0 ? model.numbers : [...model.live], pick)
  if (slot !== undefined && number !== undefined) duel.call('move', number, slot)
}

export const room: Play<'room'> = (player, { shape: pick, limit, markedOnly, cap }) => {
  const shape = chooseShape(player, pick)
  if (shape !== undefined) player.duel.call('room', shape, limit, markedOnly > 0, cap)
}

export const domains: Play<'domains'> = (player, { shape: pick, limit, domainOf, count }) => {
  const { duel, model } = player
  const shape = chooseShape(player, pick)
  if (shape === undefined) return
  const of = model.kinds.map((_, kind) => ((domainOf[kind] ?? 0) % (count + 1)) - 1)
  duel.call('domains', shape, limit, Int32Array.from(of), count)
}

export const explain: Play<'explain'> = (player, { shape: pick, markedOnly }) => {
  const shape = chooseShape(player, pick)
  if (shape !== undefined) player.duel.call('explain', shape, markedOnly > 0)
}
