import { assignDomains } from './assign-domains.ts'
import { type DomainRoom, partialDomains, wholeDomains } from './domain-room.ts'

/** In which order the members of a part are tried. */
export type MemberOrder = 'large-first' | 'small-first'

/** Where a part goes. */
export interface PartPlan {
  /** −1 when no domain takes a single member. */
  readonly domain: number
  /** Members that fit there. */
  readonly placed: number
  /** The order in which so many fit. */
  readonly order: MemberOrder
}

export interface PartPlanning {
  /**
   * By part and shape: members. Parts are planned in this order; the most demanding should lead.
   * Every part gets a domain of its own.
   */
  readonly needs: readonly ArrayLike<number>[]
  /** Domains allowed, with their room now. */
  readonly domains: readonly DomainRoom[]
  /**
   * Tries a part in a domain, and leaves nothing behind.
   *
   * @returns Members that fit.
   */
  readonly trial: (part: number, domain: number, order: MemberOrder) => number
  /** Whether a part that fits nowhere whole is planned as far as it fits. */
  readonly partial: boolean
}

/**
 * Plans a group whose members lie in domains: with affinity the group is one part, with fault
 * domains every number is a part, and different parts never share a domain. A part goes whole into
 * the tightest domain that takes it; parts make room for one another by moving on to their next
 * choice. What fits nowhere whole then goes, where that is wanted, into the domain that takes most
 * of its members.
 *
 * @returns By part, in the order of `needs`.
 */
export function planParts(planning: PartPlanning): readonly PartPlan[] {
  const { needs, domains, partial, trial } = planning
  const sizes = needs.map(total)
  const chosen = assignDomains(
    needs.map((need) => wholeDomains(domains, need)),
    (part, domain) => trial(part, domain, 'large-first') === sizes[part],
  )
  const used = new Set(chosen)
  return needs.map((need, part) => {
    const domain = chosen[part] ?? -1
    if (domain >= 0) return { domain, placed: sizes[part] ?? 0, order: 'large-first' as const }
    if (!partial) return { domain: -1, placed: 0, order: 'large-first' as const }
    const free = domains.filter((each) => !used.has(each.domain))
    const plan = planPartly(part, need, free, trial)
    used.add(plan.domain)
    return plan
  })
}

/** Small members first often fit in greater number; large ones first leave less unused. */
const orders: readonly MemberOrder[] = ['large-first', 'small-first']

function planPartly(
  part: number,
  need: ArrayLike<number>,
  domains: readonly DomainRoom[],
  trial: PartPlanning['trial'],
): PartPlan {
  let best: PartPlan = { domain: -1, placed: 0, order: 'large-first' }
  for (const { domain, most } of partialDomains(domains, need)) {
    // Sorted by the most that they may take: no later one can do better.
    if (most <= best.placed) break
    for (const order of orders) {
      const placed = trial(part, domain, order)
      if (placed > best.placed) best = { domain, placed, order }
    }
  }
  return best
}

function total(need: ArrayLike<number>): number {
  let sum = 0
  for (let shape = 0; shape < need.length; shape++) sum += need[shape] ?? 0
  return sum
}
