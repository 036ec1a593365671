import type { Command, Script } from './commands.ts'
import { Duel, type MakeKernel } from './duel.ts'
import { emptyModel, frameFrom } from './model.ts'
import { rebuild, restore, save } from './play-copies.ts'
import { decide, domains, explain, move, placeOne, release, room } from './play-decisions.ts'
import { addHosts, addKind, changeKind, clearMarks, dropHost, mark, shift } from './play-hosts.ts'
import { addFootprint, dropFootprint, setShape, setTypical } from './play-shapes.ts'
import { audit, type Play, type Player } from './player.ts'

const plays: { readonly [Name in Command['do']]: Play<Name> } = {
  addKind,
  addHosts,
  changeKind,
  dropHost,
  shift,
  addFootprint,
  dropFootprint,
  setShape,
  setTypical,
  mark,
  clearMarks,
  decide,
  placeOne,
  room,
  domains,
  explain,
  release,
  move,
  reserve: ({ duel }, { hosts, allocations }) => duel.call('reserve', hosts, allocations),
  save,
  restore,
  rebuild,
  audit,
}

/**
 * Plays a script on two kernels.
 *
 * @returns the duel, to be asked for its calls.
 * @throws {Difference} at the first call that they answer differently.
 */
export function play(
  script: Script,
  make: readonly [MakeKernel, MakeKernel],
  keep?: (duel: Duel) => void,
): Duel {
  const frame = frameFrom(script.frame)
  const duel = new Duel(make, frame, keep !== undefined)
  keep?.(duel)
  const player: Player = { duel, model: emptyModel(frame), saved: undefined }
  for (const command of script.commands) playOne(player, command)
  return duel
}

function playOne<Name extends Command['do']>(
  player: Player,
  command: Extract<Command, { readonly do: Name }>,
): void {
  const one: Play<Name> = plays[command.do]
  one(player, command)
}
