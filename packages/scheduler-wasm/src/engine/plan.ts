import type { Ask } from '../fleet/api.ts'
import { decideAsk } from '../fleet/place.ts'
import type { FleetState } from '../fleet/state.ts'
import type { Template } from '../fleet/template.ts'
import { tentatively } from '../fleet/tentative.ts'
import { isEmpty, usedRow } from '../fleet/views.ts'
import type {
  Explanation,
  HostToEmpty,
  PlanAnswer,
  PlanAsk,
  PlannedMove,
  StuckClaim,
} from '../types.ts'
import { explanationOf } from './explanation.ts'
import { PlanGroups } from './plan-groups.ts'
import { rowOf } from './use.ts'
import { type Unit, unitsOf } from './plan-units.ts'

/** Plans moves; the fleet is as before when this returns, ties included. */
export function planMoves(state: FleetState, plan: PlanAsk): PlanAnswer {
  return tentatively(state, () => new Planner(state, plan).run())
}

/** Where one unit would go, and how to take that back. */
interface Taken {
  readonly unit: Unit
  readonly from: string
  readonly to: string
}

/** What found no room. */
interface Refusal {
  readonly template: Template
  readonly ask: Ask
  readonly placed: number
  /** Made when it is asked for. */
  explanation: Explanation | undefined
}

class Planner {
  readonly #state: FleetState
  readonly #plan: PlanAsk
  readonly #groups: PlanGroups
  readonly #moves: PlannedMove[] = []
  readonly #stuck: StuckClaim[] = []
  readonly #freed: string[] = []
  /** In drains, what found no room once finds none later: room only gets less. */
  readonly #hopeless = new Map<Template, Refusal>()
  readonly #drained: readonly string[]

  constructor(state: FleetState, plan: PlanAsk) {
    this.#state = state
    this.#plan = plan
    this.#groups = new PlanGroups(plan.groups)
    this.#drained = plan.mode === 'drain' ? plan.hosts.map(({ hostId }) => hostId) : []
  }

  run(): PlanAnswer {
    const { hosts, mode, most = Infinity } = this.#plan
    for (const host of hosts) {
      if (this.#freed.length >= most) break
      const slot = this.#state.hosts.find(host.hostId)
      if (slot < 0) continue
      if (mode === 'drain') this.#drain(host, slot)
      else this.#empty(host, slot)
    }
    return { moves: this.#moves, stuck: this.#stuck, freed: this.#freed }
  }

  get #left(): number {
    return (this.#plan.moves ?? Infinity) - this.#moves.length
  }

  #drain(host: HostToEmpty, slot: number): void {
    const { hostId } = host
    let complete = this.#holdsOnly(host, slot)
    for (const unit of unitsOf(this.#state, host, slot, this.#plan.groups)) {
      const to = unit.keys.length > this.#left ? undefined : this.#move(unit, hostId)
      if (typeof to === 'string') {
        this.#note({ unit, from: hostId, to })
        continue
      }
      complete = false
      if (to === undefined) continue
      const explanation = this.#explained(to)
      for (const key of unit.keys) this.#stuck.push({ key, hostId, explanation })
    }
    if (complete) this.#freed.push(hostId)
  }

  /** All of a host, or nothing. */
  #empty(host: HostToEmpty, slot: number): void {
    const { claims, hostId } = host
    if (claims.length === 0 || claims.length > this.#left || !this.#holdsOnly(host, slot)) return
    const taken: Taken[] = []
    for (const unit of unitsOf(this.#state, host, slot, this.#plan.groups)) {
      const to = this.#move(unit, hostId)
      if (typeof to === 'string') taken.push({ unit, from: hostId, to })
      else return this.#takeBack(taken)
    }
    for (const each of taken) this.#note(each)
    this.#state.kernel.shift(slot, usedRow(this.#state, slot), -1)
    this.#freed.push(hostId)
  }

  #note({ unit, from, to }: Taken): void {
    for (const key of unit.keys) this.#moves.push({ key, from, to })
  }

  #takeBack(taken: readonly Taken[]): void {
    for (const { unit, from, to } of taken) {
      this.#shift(unit, to, -1)
      this.#groups.move(unit, to, from)
    }
  }

  /** Takes room for a unit on another host, and says which; or what was refused. */
  #move(unit: Unit, from: string): string | Refusal {
    const state = this.#state
    const defragment = this.#plan.mode === 'defragment'
    const ask = this.#askOf(unit, from)
    const template = state.templates.of(ask)
    const hopeless = isPlain(unit) ? this.#hopeless.get(template) : undefined
    if (hopeless !== undefined) return hopeless
    const { ok, placed, slots } = decideAsk(state, template, ask, 1, 1, 0)
    const slot = ok ? (slots[0] as number) : -1
    if (slot < 0 || (defragment && isEmpty(state, slot, state.kernel.state(slot).slice()))) {
      const refusal = { template, ask, placed, explanation: undefined }
      if (!defragment && isPlain(unit)) this.#hopeless.set(template, refusal)
      return refusal
    }
    const to = state.hosts.idOf(slot) as string
    this.#shift(unit, to, 1)
    this.#groups.move(unit, from, to)
    return to
  }

  #askOf(unit: Unit, from: string): Ask {
    const { ask } = unit
    const group = this.#groups.without(unit, from)
    return {
      ...ask,
      excludedHostIds: [...(ask.excludedHostIds ?? []), from, ...this.#drained],
      // Used hosts first, whatever the policy of the claim: taking an empty one gains nothing.
      ...(this.#plan.mode === 'defragment' ? { policy: 'best-fit' } : {}),
      ...(group === undefined ? {} : { group }),
    }
  }

  #explained(refusal: Refusal): Explanation {
    const { template, ask, placed } = refusal
    refusal.explanation ??= explanationOf(this.#state, template, ask, placed)
    return refusal.explanation
  }

  #shift({ ask }: Unit, hostId: string, sign: 1 | -1): void {
    const { kernel, hosts } = this.#state
    kernel.shift(hosts.find(hostId), rowOf(this.#state, ask.resources), sign)
  }

  /** Whether a host is empty when its claims are gone. */
  #holdsOnly({ claims }: HostToEmpty, slot: number): boolean {
    const used = usedRow(this.#state, slot)
    for (const { ask } of claims) {
      const row = rowOf(this.#state, ask.resources)
      for (let column = 0; column < used.length; column++) {
        used[column] = (used[column] as number) - (row[column] as number)
      }
    }
    return used.every((amount) => amount === 0)
  }
}

/** Whether alike units get the same answer: all that is asked is in the template. */
function isPlain({ ask, group }: Unit): boolean {
  return group === undefined && ask.hostIds === undefined && ask.excludedHostIds === undefined
}
