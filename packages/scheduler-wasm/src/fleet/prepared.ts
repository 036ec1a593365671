import type { Ask } from './api.ts'
import { checkInteger, checkTime, refuse } from './check.ts'
import { decideOn, placeOne } from './decide.ts'
import { checked, decideAsk, ownAsk } from './place.ts'
import type { Guard } from './guard.ts'
import { fleetLimits } from './limits.ts'
import { applyRules } from './rules.ts'
import type { FleetState } from './state.ts'
import type { Template } from './template.ts'

/** An ask that is compiled once; its names are not looked at again. */
export interface PreparedAsk {
  /**
   * Places one instance.
   *
   * @param until Its expected end, and the time of now, in the unit of `lifetimeBin`.
   * @returns its allocation, or −1 when it fits nowhere.
   */
  place(until?: number, now?: number): number
  /**
   * Places `count` instances, all or none, and writes their allocations to `out`.
   *
   * @returns how many: `count` or 0.
   */
  placeMany(count: number, out: Float64Array): number
}

export class Prepared implements PreparedAsk {
  readonly #state: FleetState
  readonly #guard: Guard
  readonly #ask: Ask
  /** Nothing but what a bare template says. */
  readonly #direct: boolean
  #template: Template

  /** @throws EngineError for what an ask must not say. */
  constructor(state: FleetState, guard: Guard, ask: Ask) {
    this.#state = state
    this.#guard = guard
    this.#template = checked(state, ask)
    this.#ask = ownAsk(ask)
    const { hostIds, excludedHostIds, spread, seed } = ask
    const rules = [hostIds, excludedHostIds, spread, seed]
    this.#direct =
      this.#template.bare === this.#template && rules.every((rule) => rule === undefined)
  }

  place(until?: number, now?: number): number {
    if (this.#guard.trapped) throw this.#guard.refusal()
    if (until !== undefined) checkTime(until, 'until')
    if (now !== undefined) checkTime(now, 'now')
    try {
      if (!this.#direct) return this.#placeByRules(until, now)
      return placeOne(this.#state, this.#current(), until, now)
    } catch (error) {
      throw this.#guard.caught(error)
    }
  }

  placeMany(count: number, out: Float64Array): number {
    checkInteger(count, 'count', 1, fleetLimits.instances)
    if (!(out instanceof Float64Array)) refuse('must be a Float64Array', 'out', 'Float64Array')
    if (out.length < count) refuse('is too short', 'out', count)
    return this.#guard.run(() => {
      const template = this.#current()
      if (!this.#direct) {
        const outcome = decideAsk(this.#state, template, this.#ask, count, count, 2)
        out.set(outcome.allocations)
        return outcome.allocations.length
      }
      this.#state.demand.learn(this.#state)
      const shape = this.#state.shapeOf(template)
      if (shape.missing !== undefined) return 0
      const rules = applyRules(this.#state, template, this.#ask)
      const { slot } = shape
      const placed = decideOn(this.#state, template, slot, rules, count, count, this.#ask, 2)
      if (placed.placed < count) return 0
      out.set(placed.allocations)
      return count
    })
  }

  #placeByRules(until: number | undefined, now: number | undefined): number {
    const { until: _, now: _now, ...ask } = this.#ask
    const timed: Ask = {
      ...ask,
      ...(until === undefined ? {} : { until }),
      ...(now === undefined ? {} : { now }),
    }
    const { allocations } = decideAsk(this.#state, this.#current(), timed, 1, 1, 2)
    return allocations[0] ?? -1
  }

  /** One that left the cache has given its numbers back. */
  #current(): Template {
    if (!this.#template.cached) this.#template = this.#state.templates.of(this.#ask)
    return this.#template
  }
}
