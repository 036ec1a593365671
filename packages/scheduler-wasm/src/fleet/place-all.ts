import type { Accepted, Ask, FleetExplanation } from './api.ts'
import { checkList, checkObject, refuse } from './check.ts'
import { answerOf, countsOf, nothing } from './decide.ts'
import { explainAsk } from './explain.ts'
import { takeBack } from './fill-domain.ts'
import { hardestFirst, sizesOf } from './gang-order.ts'
import { type GangGroup, groupsOf, placeGroup, type Placements } from './gang-parts.ts'
import { fleetLimits } from './limits.ts'
import { checked, decideAsk } from './place.ts'
import type { FleetState } from './state.ts'

export type GangAnswer =
  | { readonly ok: true; readonly parts: readonly Accepted[] }
  | { readonly ok: false; readonly part: number; readonly explanation: FleetExplanation }

export interface GangOptions {
  /**
   * As many instances as fit, whatever the least numbers of the asks: then the answer is always
   * `ok`, and each of its parts says how many were placed, none being possible. Default false: all
   * asks, or none.
   */
  readonly partial?: boolean
}

/**
 * Places all asks, or none: the hardest instances first, and if that way one is left over, in the
 * order given. Groups that lie in zones or racks are planned as a whole, with all of their parts.
 * What was placed is taken back in reverse.
 */
export function placeAll(
  state: FleetState,
  asks: readonly Ask[],
  options: GangOptions = {},
): GangAnswer {
  checkList(asks, 'asks', fleetLimits.hostIds)
  checkObject(options, 'options')
  const { partial = false } = options
  if (typeof partial !== 'boolean') refuse('must be true or false', 'partial', 'boolean')
  for (const ask of asks) checked(state, ask)
  const given = [...asks.keys()]
  const sizes = sizesOf(asks)
  const hardest = hardestFirst(asks, sizes)
  const sorted = hardest.some((index, at) => index !== at)
  if (!sorted) return new Gang(state, asks, given, sizes, partial).place()
  const first = new Gang(state, asks, hardest, sizes, partial).place()
  return first.ok ? first : new Gang(state, asks, given, sizes, partial).place()
}

/** One attempt at a gang, in one order. */
class Gang {
  readonly #state: FleetState
  readonly #asks: readonly Ask[]
  readonly #order: readonly number[]
  readonly #sizes: readonly number[]
  readonly #partial: boolean
  /** By index of the ask, in the order of placing. */
  readonly #done: Placements = new Map()

  constructor(
    state: FleetState,
    asks: readonly Ask[],
    order: readonly number[],
    sizes: readonly number[],
    partial: boolean,
  ) {
    this.#state = state
    this.#asks = asks
    this.#order = order
    this.#sizes = sizes
    this.#partial = partial
  }

  place(): GangAnswer {
    const state = this.#state
    state.demand.learn(state)
    const groups = groupsOf(state, this.#asks, this.#order, this.#sizes)
    const met = new Set<number>()
    for (const index of this.#order) {
      if (met.has(index)) continue
      const group = groups.get(index)
      if (group === undefined) this.#placeOne(index)
      else {
        for (const [each, outcome] of placeGroup(state, group, this.#partial)) {
          this.#done.set(each, outcome)
        }
        for (const { members } of group.parts) for (const each of members) met.add(each.index)
      }
      const refused = this.#partial ? undefined : this.#missing(index, group)
      if (refused !== undefined) return this.#refuse(refused)
    }
    return { ok: true, parts: this.#asks.map((_, index) => this.#answer(index)) }
  }

  #placeOne(index: number): void {
    const ask = this.#asks[index] as Ask
    const [min, max] = countsOf(ask)
    const template = this.#state.templates.of(ask)
    const least = this.#partial ? 1 : min
    const outcome = decideAsk(this.#state, template, ask, least, max, 2)
    if (outcome.ok) this.#done.set(index, outcome)
  }

  /** The first ask of a step that was not placed. */
  #missing(index: number, group: GangGroup | undefined): number | undefined {
    if (group === undefined) return this.#done.has(index) ? undefined : index
    return group.parts
      .flatMap(({ members }) => members.map((each) => each.index))
      .find((each) => !this.#done.has(each))
  }

  #refuse(index: number): GangAnswer {
    const ask = this.#asks[index] as Ask
    const template = this.#state.templates.of(ask)
    const [min, max] = countsOf(ask)
    const { placed } = decideAsk(this.#state, template, ask, min, max, 0)
    const explanation = explainAsk(this.#state, template, ask, placed)
    takeBack(this.#state, this.#done)
    return { ok: false, part: index, explanation }
  }

  #answer(index: number): Accepted {
    return answerOf(this.#state, this.#done.get(index) ?? nothing(0))
  }
}
