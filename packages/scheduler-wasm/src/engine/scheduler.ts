import { answerOf, countsOf } from '../fleet/decide.ts'
import { Guard } from '../fleet/guard.ts'
import { putHosts, removeHosts } from '../fleet/host-store.ts'
import { checked, decideAsk, roomOf } from '../fleet/place.ts'
import { FleetState } from '../fleet/state.ts'
import { totalsOf, usageOf } from '../fleet/views.ts'
import type { FleetTier } from '../fleet/api.ts'
import { engineLimits } from '../limits.ts'
import type {
  Claim,
  FleetCapacity,
  HostView,
  InstanceAsk,
  PlacementAnswer,
  PlacementAsk,
  PlanAnswer,
  PlanAsk,
  Resources,
  Scheduler,
} from '../types.ts'
import { checkPlan } from './check-plan.ts'
import { explanationOf } from './explanation.ts'
import { fleetAsk } from './fleet-ask.ts'
import { lightestHosts } from './lightest.ts'
import { planMoves } from './plan.ts'
import { adjustUse, setUse } from './use.ts'
import { checkAsk, checkClaims, checkInstance, checkInteger, checkUsages } from './validate.ts'

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

  room(ask: InstanceAsk): number {
    checkInstance(ask)
    return this.#guard.run(() => roomOf(this.#state, unbounded(ask)))
  }

  lightest(limit: number): readonly string[] {
    checkInteger(limit, 'limit', 0, engineLimits.hosts)
    return this.#guard.run(() => lightestHosts(this.#state, limit))
  }

  plan(ask: PlanAsk): PlanAnswer {
    checkPlan(ask)
    return this.#guard.run(() => planMoves(this.#state, ask))
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
    return { ok: false, explanation: explanationOf(this.#state, template, ask, outcome.placed) }
  }
}

/** An ask without its counts: who asks for room may pass an ask for placement. */
function unbounded(ask: InstanceAsk & Partial<PlacementAsk>): InstanceAsk {
  const { min: _, max: __, ...rest } = ask
  return rest
}
