import type { Ranking, Sharing } from '../kernel.ts'
import type { Ask } from './api.ts'
import type { Members } from './groups.ts'
import type { FleetState } from './state.ts'
import type { Template } from './template.ts'

export const anyNumber = 2 ** 31 - 1

/** How instances are shared out among hosts, besides what marks say. */
export interface Rules {
  readonly sharing: Sharing
  readonly ranking: Ranking
  /** The most on a host that is not marked. */
  readonly limit: number
  readonly markedOnly: boolean
}

/** Which of an ask's words about single hosts count. */
export type Scope = 'all' | 'lists'

const byPolicy = {
  affinity: { sharing: 2, ranking: 0 },
  'anti-affinity': { sharing: 0, ranking: 0 },
  'soft-affinity': { sharing: 0, ranking: 2 },
  'soft-anti-affinity': { sharing: 1, ranking: 1 },
} as const

const filled: Rules = { sharing: 0, ranking: 0, limit: anyNumber, markedOnly: false }
const levelled: Rules = { sharing: 1, ranking: 0, limit: anyNumber, markedOnly: false }

/** Marks hosts in the kernel as an ask has it, and says how to share out. */
export function applyRules(
  state: FleetState,
  template: Template,
  ask: Ask,
  scope: Scope = 'all',
): Rules {
  const group = scope === 'all' ? ask.group : undefined
  const onHosts = group !== undefined && (group.scope ?? 'host') === 'host'
  const lists = ask.hostIds !== undefined || ask.excludedHostIds !== undefined
  const app = scope === 'all' && template.app >= 0
  if (!lists && !app && !onHosts) {
    if (state.marks !== undefined) state.clearMarks()
    return isLevel(ask.policy) ? levelled : filled
  }
  if (onHosts && !lists && !app && group.members === undefined && template.group >= 0) {
    return groupRules(state, template, ask)
  }
  return new Marking(state, template, ask, scope).write()
}

/** The most instances of an ask that each host may take by lists, group and limits. */
export function limitsOf(
  state: FleetState,
  template: Template,
  ask: Ask,
): (slot: number) => number {
  return new Marking(state, template, ask, 'all').limits()
}

/** The rules of a group whose members the fleet counts: marks are kept between its asks. */
function groupRules(state: FleetState, template: Template, ask: Ask): Rules {
  const members = state.groups.of(template.group)
  const { hosts } = members
  const { policy, maxPerHost = 1 } = ask.group as NonNullable<Ask['group']>
  const limit = policy === 'anti-affinity' ? maxPerHost : anyNumber
  const kept = state.marks
  const same =
    kept !== undefined &&
    kept.members === members &&
    kept.version === members.version &&
    kept.policy === policy &&
    kept.limit === limit
  if (!same) {
    if (kept !== undefined) state.clearMarks()
    for (let index = 0; index < hosts.size; index++) {
      markMember(state, hosts.slotAt(index), hosts.countAt(index), limit)
    }
    state.marks = { members, version: members.version, policy, limit }
  }
  const sharing = sharingOf(ask, byPolicy[policy].sharing)
  const markedOnly = policy === 'affinity' && hosts.size > 0
  return { sharing, ranking: byPolicy[policy].ranking, limit, markedOnly }
}

/** Whether hosts are ranked anew after each instance. */
export function isLevel(policy: Ask['policy']): boolean {
  return policy === 'spread' || policy === 'weighed'
}

/** Anti-affinity shares out as the policy does. */
function sharingOf({ group, policy }: Ask, sharing: Sharing): Sharing {
  return group?.policy === 'anti-affinity' && isLevel(policy) ? 1 : sharing
}

function markMember({ kernel }: FleetState, slot: number, members: number, limit: number): void {
  kernel.mark(slot, members, limit === anyNumber ? limit : Math.max(0, limit - members))
}

/** Counts members that were placed, and keeps the marks of their group right. */
export function addMembers(state: FleetState, members: Members, slot: number, count: number): void {
  const { marks } = state
  const kept = marks !== undefined && marks.members === members && marks.version === members.version
  const now = members.add(slot, count)
  if (!kept || count < 0) return
  markMember(state, slot, now, marks.limit)
  marks.version = members.version
}

/** Puts together what lists, a group and limits between applications say of single hosts. */
class Marking {
  readonly #state: FleetState
  readonly #template: Template
  readonly #ask: Ask
  readonly #scope: Scope
  readonly #members = new Map<number, number>()
  readonly #limits = new Map<number, number>()
  /** The most on a host of which nothing else is said. */
  #limit = anyNumber

  constructor(state: FleetState, template: Template, ask: Ask, scope: Scope) {
    this.#state = state
    this.#template = template
    this.#ask = ask
    this.#scope = scope
  }

  /** Marks hosts in the kernel. */
  write(): Rules {
    const { rules, only } = this.#weigh()
    this.#mark(only)
    return rules
  }

  /** The most that each host may take, without a word to the kernel. */
  limits(): (slot: number) => number {
    const { only } = this.#weigh()
    return (slot) => (only === undefined || only.has(slot) ? this.#limitOn(slot) : 0)
  }

  #limitOn(slot: number): number {
    return Math.min(this.#limit, this.#limits.get(slot) ?? anyNumber)
  }

  #weigh(): { readonly rules: Rules; readonly only: ReadonlySet<number> | undefined } {
    const { hostIds, excludedHostIds, group } = this.#ask
    const rules = this.#scope === 'all'
    const bound = rules && group !== undefined && this.#addGroup(group)
    if (rules && this.#template.app >= 0) this.#addApp(this.#template.app)
    const only = this.#candidates(hostIds, bound)
    for (const id of excludedHostIds ?? []) {
      const slot = this.#state.hosts.find(id)
      if (slot >= 0) this.#limits.set(slot, 0)
    }
    const onHosts = rules && group !== undefined && (group.scope ?? 'host') === 'host'
    const { sharing, ranking } = onHosts
      ? byPolicy[group.policy]
      : isLevel(this.#ask.policy)
        ? levelled
        : filled
    const shared = sharingOf(this.#ask, sharing)
    const markedOnly = only !== undefined
    return { rules: { sharing: shared, ranking, limit: this.#limit, markedOnly }, only }
  }

  /** The hosts that may be taken at all, if not every one. */
  #candidates(
    hostIds: readonly string[] | undefined,
    bound: boolean,
  ): ReadonlySet<number> | undefined {
    if (hostIds === undefined) return bound ? new Set(this.#members.keys()) : undefined
    const listed = hostIds.map((id) => this.#state.hosts.find(id)).filter((slot) => slot >= 0)
    return new Set(bound ? listed.filter((slot) => this.#members.has(slot)) : listed)
  }

  /** @returns whether only hosts with members may be taken. */
  #addGroup(group: NonNullable<Ask['group']>): boolean {
    const { policy, scope = 'host', maxPerHost = 1, members = [] } = group
    if (scope !== 'host') return false
    const add = (slot: number, count: number): void => {
      if (slot >= 0) this.#members.set(slot, (this.#members.get(slot) ?? 0) + count)
    }
    if (this.#template.group >= 0) {
      const { hosts } = this.#state.groups.of(this.#template.group)
      for (let index = 0; index < hosts.size; index++)
        add(hosts.slotAt(index), hosts.countAt(index))
    }
    let given = 0
    for (const { hostId, count } of members) {
      given += count
      if (count > 0) add(this.#state.hosts.find(hostId), count)
    }
    if (policy === 'anti-affinity') {
      this.#limit = Math.min(this.#limit, maxPerHost)
      for (const [slot, count] of this.#members) this.#bound(slot, maxPerHost - count)
    }
    return policy === 'affinity' && (this.#members.size > 0 || given > 0)
  }

  #addApp(app: number): void {
    const { limits, apps } = this.#state
    const own = apps.of(app).hosts
    for (const [other, max] of limits.imposedBy(app)) {
      const { hosts } = apps.of(other)
      if (other === app) continue
      for (let index = 0; index < hosts.size; index++) {
        if (hosts.countAt(index) > max) this.#bound(hosts.slotAt(index), 0)
      }
    }
    for (const [other, max] of limits.imposedOn(app)) {
      const { hosts } = apps.of(other)
      if (other === app) this.#limit = Math.min(this.#limit, max)
      for (let index = 0; index < hosts.size; index++) {
        const slot = hosts.slotAt(index)
        this.#bound(slot, max - own.get(slot))
      }
    }
  }

  #bound(slot: number, limit: number): void {
    const known = this.#limits.get(slot) ?? anyNumber
    this.#limits.set(slot, Math.max(0, Math.min(known, limit)))
  }

  #mark(only: ReadonlySet<number> | undefined): void {
    const { kernel } = this.#state
    this.#state.clearMarks()
    const slots = new Set([...this.#members.keys(), ...this.#limits.keys(), ...(only ?? [])])
    for (const slot of slots) {
      const taken = only === undefined || only.has(slot) ? this.#limitOn(slot) : 0
      kernel.mark(slot, Math.min(this.#members.get(slot) ?? 0, mostMembers), taken)
    }
    this.#state.marks = { members: undefined, version: 0, policy: '', limit: 0 }
  }
}

/** A rank has 24 bits for members. */
const mostMembers = 2 ** 24 - 2
