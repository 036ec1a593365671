import { answerOf, countsOf } from '../fleet/decide.ts'
import { explainAsk } from '../fleet/explain.ts'
import { Guard } from '../fleet/guard.ts'
import { putHosts, removeHosts } from '../fleet/host-store.ts'
import { checked, decideAsk } from '../fleet/place.ts'
import { FleetState } from '../fleet/state.ts'
import { totalsOf, usageOf } from '../fleet/views.ts'
import type { FleetTier } from '../fleet/api.ts'
import {
  type Claim,
  type Explanation,
  type FleetCapacity,
  type HostView,
  type PlacementAnswer,
  type PlacementAsk,
  refusalReasons,
  type RefusalReason,
  type Resources,
  type Scheduler,
} from '../types.ts'
import { fleetAsk } from './fleet-ask.ts'
import { adjustUse, setUse } from './use.ts'
import { checkAsk, checkClaims, checkUsages } from './validate.ts'

/**
 * The Scheduler port over the parts of a fleet: what is placed is taken without allocations, for
 * whoever asks keeps them elsewhere and gives them back by amounts.
 */
export class FleetScheduler implements Scheduler {
  readonly #guard = new Guard()
  readonly #state: FleetState

  constructor(tier: FleetTier) {
    this.#state = new FleetState(tier, 0)
  }

  putHosts(hosts: readonly HostView[]): void {
    this.#guard.run(() => putHosts(this.#state, hosts))
  }

  removeHosts(hostIds: readonly string[]): void {
    this.#guard.run(() => removeHosts(this.#state, hostIds))
  }

  setUsage(usages: readonly { readonly hostId: string; readonly used: Resources }[]): void {
    checkUsages(usages)
    this.#guard.run(() => setUse(this.#state, usages))
  }

  adjust(claims: readonly Claim[], sign: 1 | -1): void {
    checkClaims(claims, sign)
    this.#guard.run(() => adjustUse(this.#state, claims, sign))
  }

  place(ask: PlacementAsk): PlacementAnswer {
    return this.#guard.run(() => this.#decide(ask, 1))
  }

  preview(ask: PlacementAsk): PlacementAnswer {
    return this.#guard.run(() => this.#decide(ask, 0))
  }

  capacity(): FleetCapacity {
    return this.#guard.run(() => totalsOf(this.#state))
  }

  usage(hostId: string): Resources | undefined {
    return this.#guard.run(() => usageOf(this.#state, hostId))
  }

  #decide(given: PlacementAsk, effect: 0 | 1): PlacementAnswer {
    checkAsk(given)
    const ask = fleetAsk(given)
    const template = checked(this.#state, ask)
    const [min, max] = countsOf(ask)
    const outcome = decideAsk(this.#state, template, ask, min, max, effect)
    if (outcome.ok) {
      const { assignments, placed } = answerOf(this.#state, outcome)
      return { ok: true, assignments, placed }
    }
    const { alone: _, ...why } = explainAsk(this.#state, template, ask, outcome.placed)
    return { ok: false, explanation: { ...why, ruledOut: byReason(why.ruledOut) } }
  }
}

function byReason(ruledOut: Readonly<Record<RefusalReason, number>>): Explanation['ruledOut'] {
  return Object.fromEntries(refusalReasons.map((reason) => [reason, ruledOut[reason]])) as Record<
    RefusalReason,
    number
  >
}
