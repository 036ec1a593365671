import type { Answer, Ask } from './api.ts'
import { checkCall } from './check-ask.ts'
import { refuse } from './check.ts'
import { answerOf, countsOf, decide, type Effect, type Outcome, placeOne } from './decide.ts'
import { explainAsk } from './explain.ts'
import { decideInDomains, domainsOf, roomInDomains } from './in-domains.ts'
import { anyNumber, applyRules } from './rules.ts'
import type { FleetState } from './state.ts'
import type { Template } from './template.ts'
import { copyOf } from './templates.ts'

/** Decides an ask that is checked; `domain` is the zone or rack that was chosen for it, if any. */
export function decideAsk(
  state: FleetState,
  template: Template,
  ask: Ask,
  min: number,
  max: number,
  effect: Effect,
  domain?: number,
): Outcome {
  state.demand.learn(state)
  return domainsOf(ask) === undefined
    ? decide(state, template, ask, min, max, effect)
    : decideInDomains(state, template, ask, min, max, effect, domain)
}

/** The template of an ask, with all of the ask checked. @throws EngineError naming the field. */
export function checked(state: FleetState, ask: Ask): Template {
  const template = state.templates.of(ask)
  checkCall(ask)
  if (ask.spread !== undefined && ask.group?.scope !== undefined && ask.group.scope !== 'host') {
    refuse('not together with a group of zones or racks', 'spread', 'group.scope host')
  }
  return template
}

/** Places, or with effect 0 only says where it would. */
export function placeAsk(state: FleetState, ask: Ask, effect: 0 | 2): Answer {
  const template = checked(state, ask)
  if (effect === 2 && isSingle(ask, template)) {
    const allocation = placeOne(state, template, ask.until, ask.now)
    if (allocation >= 0) {
      const hostId = state.hosts.idOf(state.kernel.hostOf(allocation)) as string
      return { ok: true, placed: 1, assignments: [{ hostId, count: 1 }], allocations: [allocation] }
    }
    return { ok: false, explanation: explainAsk(state, template, ask, 0) }
  }
  const [min, max] = countsOf(ask)
  const outcome = decideAsk(state, template, ask, min, max, effect)
  if (outcome.ok) return answerOf(state, outcome)
  return { ok: false, explanation: explainAsk(state, template, ask, outcome.placed) }
}

/** One instance, by no rules. */
function isSingle(ask: Ask, template: Template): boolean {
  return (
    template.bare === template &&
    (ask.count === undefined || ask.count === 1) &&
    (ask.max === undefined || ask.max === 1) &&
    (ask.min === undefined || ask.min === 1) &&
    ask.hostIds === undefined &&
    ask.excludedHostIds === undefined &&
    ask.spread === undefined &&
    (ask.seed === undefined || ask.seed === 0)
  )
}

/** Instances that an ask could have at most, whatever its counts say. */
export function roomOf(state: FleetState, ask: Ask): number {
  const template = checked(state, ask)
  if (domainsOf(ask) !== undefined) return roomInDomains(state, template, ask)
  const shape = state.shapeOf(template)
  if (shape.missing !== undefined) return 0
  const { sharing, limit, markedOnly } = applyRules(state, template, ask)
  // On one host only: the most that any takes.
  if (sharing === 2) return decide(state, template, ask, anyNumber, anyNumber, 0).placed
  return state.kernel.room(shape.slot, limit, markedOnly, anyNumber)
}

/** A copy of an ask that the caller cannot change. */
export function ownAsk(ask: Ask): Ask {
  const { hostIds, excludedHostIds, group, spread, ...rest } = ask
  return {
    ...rest,
    ...copyOf(ask),
    ...(hostIds === undefined ? {} : { hostIds: [...hostIds] }),
    ...(excludedHostIds === undefined ? {} : { excludedHostIds: [...excludedHostIds] }),
    ...(spread === undefined ? {} : { spread: { ...spread } }),
    ...(group === undefined ? {} : { group: ownGroup(group) }),
  }
}

function ownGroup(group: NonNullable<Ask['group']>): NonNullable<Ask['group']> {
  const { members } = group
  if (members === undefined) return { ...group }
  return { ...group, members: members.map((each) => ({ ...each })) }
}
