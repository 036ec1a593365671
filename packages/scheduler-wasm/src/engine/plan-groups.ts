import type { GroupRule, PlanAsk } from '../types.ts'
import type { Unit } from './plan-units.ts'

interface Group {
  readonly rule: GroupRule
  /** Members by host, as the moves so far leave them. */
  readonly members: Map<string, number>
}

/** Where the members of groups are while a plan is made. */
export class PlanGroups {
  readonly #groups = new Map<string, Group>()

  constructor(rules: PlanAsk['groups']) {
    for (const [name, rule] of Object.entries(rules)) {
      const members = new Map<string, number>()
      for (const { hostId, count } of rule.members) add(members, hostId, count)
      this.#groups.set(name, { rule, members })
    }
  }

  /** The rule of a unit's group without the unit: nobody is in its own way. */
  without({ group, keys }: Unit, hostId: string): GroupRule | undefined {
    const found = group === undefined ? undefined : this.#groups.get(group)
    if (found === undefined) return undefined
    const members = new Map(found.members)
    add(members, hostId, -keys.length)
    return { ...found.rule, members: rowsOf(members) }
  }

  move({ group, keys }: Unit, from: string, to: string): void {
    const found = group === undefined ? undefined : this.#groups.get(group)
    if (found === undefined) return
    add(found.members, from, -keys.length)
    add(found.members, to, keys.length)
  }
}

function add(members: Map<string, number>, hostId: string, count: number): void {
  members.set(hostId, (members.get(hostId) ?? 0) + count)
}

function rowsOf(members: ReadonlyMap<string, number>): GroupRule['members'] {
  return [...members].filter(([, count]) => count > 0).map(([hostId, count]) => ({ hostId, count }))
}
