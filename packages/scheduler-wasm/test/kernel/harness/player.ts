import type { Shape } from '../../../src/kernel.ts'
import type { Command } from './commands.ts'
import type { Duel } from './duel.ts'
import type { Model } from './model.ts'

/** Two kernels, what is known about them, and the last save of both. */
export interface Player {
  readonly duel: Duel
  model: Model
  saved: { readonly bytes: readonly [Uint8Array, Uint8Array]; readonly model: Model } | undefined
}

export type Named<Name extends Command['do']> = Extract<Command, { readonly do: Name }>

/** How one command is played. What does not fit what there is, is left out. */
export type Play<Name extends Command['do']> = (player: Player, command: Named<Name>) => void

/** One of some values, whatever the number. */
export function choose<T>(values: readonly T[], pick: number): T | undefined {
  return values.length === 0 ? undefined : values[pick % values.length]
}

/** One of the slots with a shape. */
export function chooseShape({ model }: Player, pick: number): number | undefined {
  return choose([...model.shapes.keys()], pick)
}

/** A shape with what labels say about the kinds there are now. */
export function setShape({ duel, model }: Player, slot: number, shape: Shape): void {
  model.shapes.set(slot, shape)
  const filter = shape.filter.slice(0, model.kinds.length)
  duel.call('setShape', slot, { ...shape, filter })
}

/** What of each resource class is in use on a host without an allocation. */
export function anonymousUse({ duel, model }: Player, slot: number): number[] {
  const { capacity } = model.kinds[duel.call('kindOf', slot)] ?? { capacity: [] }
  const state = duel.call('state', slot).slice()
  const held = Array.from(duel.call('allocationsOf', slot), (number) =>
    model.footprints.get(duel.call('footprintOf', number)),
  )
  return Array.from({ length: model.frame.resources }, (_, index) =>
    held.reduce(
      (left, footprint) => left - (footprint?.amounts[index] ?? 0),
      (capacity[index] ?? 0) - (state[index] ?? 0),
    ),
  )
}

/** Compares everything that can be asked. */
export function audit(player: Player): void {
  const { duel, model } = player
  for (const slot of model.slots) {
    duel.call('kindOf', slot)
    duel.call('state', slot)
    duel.call('allocationsOf', slot)
  }
  for (const number of model.numbers) {
    duel.call('hostOf', number)
    duel.call('footprintOf', number)
    duel.call('untilOf', number)
    duel.call('partsOf', number)
  }
  for (const shape of model.shapes.keys()) {
    duel.call('explain', shape, false)
    duel.call('explain', shape, true)
    duel.call('room', shape, 2 ** 31 - 1, false, 2 ** 31 - 1)
  }
  duel.call('records')
}
