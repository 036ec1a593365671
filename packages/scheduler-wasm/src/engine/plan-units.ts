import { amountOf } from '../fleet/amounts.ts'
import { fleetLimits } from '../fleet/limits.ts'
import type { FleetState } from '../fleet/state.ts'
import type { HostToEmpty, MovableClaim, PlanAsk, Resources } from '../types.ts'

/** Claims that move together: one, or all of a host that are bound to each other. */
export interface Unit {
  readonly keys: readonly string[]
  /** What they take together, and where all of them may lie. */
  readonly ask: MovableClaim['ask']
  readonly group: string | undefined
}

/** The units of a host, the largest first by the part of the host that they take. */
export function unitsOf(
  state: FleetState,
  { claims }: HostToEmpty,
  slot: number,
  groups: PlanAsk['groups'],
): Unit[] {
  const bound = new Map<string, MovableClaim[]>()
  const units: Unit[] = []
  for (const claim of claims) {
    const { group, key, ask } = claim
    if (group === undefined || groups[group]?.policy !== 'affinity') {
      units.push({ keys: [key], ask, group })
    } else {
      const peers = bound.get(group) ?? []
      if (peers.length === 0) bound.set(group, peers)
      peers.push(claim)
    }
  }
  for (const [group, peers] of bound) {
    units.push({ keys: peers.map(({ key }) => key), ask: joined(peers), group })
  }
  const sizes = new Map(units.map((unit) => [unit, sizeOf(state, slot, unit.ask.resources)]))
  return units.sort((a, b) => (sizes.get(b) as number) - (sizes.get(a) as number))
}

function sizeOf({ kinds, kernel, labels }: FleetState, slot: number, given: Resources): number {
  const { capacity } = kinds.at(kernel.kindOf(slot))
  let size = 0
  for (const [name, amount] of Object.entries(given)) {
    size += amount / Math.max(1, amountOf(capacity, labels.classes.find(name)))
  }
  return size
}

/**
 * One ask that takes and wants what several do: exact, since amounts on one host add up. More than
 * a host can have is for none.
 */
function joined(peers: readonly MovableClaim[]): MovableClaim['ask'] {
  const asks = peers.map(({ ask }) => ask)
  const first = asks[0] as MovableClaim['ask']
  if (asks.length === 1) return first
  const resources: Record<string, number> = {}
  for (const each of asks) {
    for (const [name, amount] of Object.entries(each.resources)) {
      resources[name] = (resources[name] ?? 0) + amount
    }
  }
  for (const amount of Object.values(resources)) {
    if (amount > fleetLimits.amount) return { ...first, hostIds: [] }
  }
  return {
    resources,
    requiredTraits: union(asks.map((ask) => ask.requiredTraits)),
    forbiddenTraits: union(asks.map((ask) => ask.forbiddenTraits)),
    notMemberOf: union(asks.map((ask) => ask.notMemberOf)),
    excludedHostIds: union(asks.map((ask) => ask.excludedHostIds)),
    memberOf: asks.flatMap((ask) => ask.memberOf ?? []),
    ...both(
      'zones',
      asks.map((ask) => ask.zones),
    ),
    ...both(
      'hostIds',
      asks.map((ask) => ask.hostIds),
    ),
    policy: first.policy,
    seed: first.seed,
  }
}

type Lists = readonly (readonly string[] | undefined)[]

function union(lists: Lists): string[] {
  return [...new Set(lists.flatMap((list) => list ?? []))]
}

/** What all lists have in common; a list that is not there has everything. */
function both<Name extends 'zones' | 'hostIds'>(
  name: Name,
  lists: Lists,
): { readonly [Key in Name]?: string[] } {
  const given = lists.filter((list) => list !== undefined)
  if (given.length === 0) return {}
  const [first, ...rest] = given as [readonly string[], ...(readonly string[])[]]
  const common = first.filter((each) => rest.every((list) => list.includes(each)))
  return { [name]: common } as { readonly [Key in Name]?: string[] }
}
