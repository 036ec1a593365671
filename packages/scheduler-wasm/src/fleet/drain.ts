import type { Ask, Move } from './api.ts'
import { refuse } from './check.ts'
import { lastBin } from './decide.ts'
import { decideAsk } from './place.ts'
import type { FleetState } from './state.ts'
import type { Template } from './template.ts'
import { tentatively, type Trial } from './tentative.ts'

export interface DrainPlan {
  /** In an order in which they can be carried out one by one. */
  readonly moves: readonly Move[]
  /** Allocations that fit on no other host that they may lie on. */
  readonly stuck: readonly number[]
}

/**
 * How to empty a host: its largest instances first, each to where its policy would place it now.
 * Labels and groups are heeded; lists of hosts, spread and members given with the ask are not, for
 * allocations do not remember them. The members of a hard affinity group go together or stay.
 */
export function drain(state: FleetState, hostId: string): DrainPlan {
  const slot = typeof hostId === 'string' ? state.hosts.find(hostId) : -1
  if (slot < 0) refuse('is not a host', 'hostId', hostId)
  return tentatively(state, (trial) => {
    const stuck: number[] = []
    const moves = emptyHost(state, trial, slot, {
      allows: () => true,
      onStuck: (allocation) => {
        stuck.push(allocation)
        return true
      },
    })
    return reunited(state, trial, slot, { moves, stuck })
  })
}

/** The plan without the moves of hard affinity groups of which a member is stuck. */
function reunited(state: FleetState, trial: Trial, slot: number, plan: DrainPlan): DrainPlan {
  const groups = new Set(plan.stuck.map((each) => boundGroup(templateOf(state, each))))
  const torn = plan.moves.filter(({ allocation }) => {
    const group = boundGroup(templateOf(state, allocation))
    return group >= 0 && groups.has(group)
  })
  if (torn.length === 0) return plan
  for (const { allocation } of torn.toReversed()) {
    trial.lift(allocation)
    state.kernel.move(allocation, slot)
    trial.settle(allocation)
  }
  const back = new Set(torn.map(({ allocation }) => allocation))
  return {
    moves: plan.moves.filter(({ allocation }) => !back.has(allocation)),
    stuck: [...plan.stuck, ...back],
  }
}

export interface Emptying {
  /** Overrides the policy of the asks. */
  readonly policy?: Ask['policy']
  readonly allows: (slot: number) => boolean
  /** Whether to go on. */
  readonly onStuck: (allocation: number) => boolean
}

/** Moves what lies on a host elsewhere, as far as it goes; within a trial. */
export function emptyHost(
  state: FleetState,
  trial: Trial,
  slot: number,
  { policy, allows, onStuck }: Emptying,
): Move[] {
  const { kernel, hosts } = state
  const from = hosts.idOf(slot) as string
  const moves: Move[] = []
  const allocations = ordered(state, slot)
  /** Taken out of their groups, and not put anywhere yet. */
  const lifted = new Set<number>()
  for (const allocation of allocations) {
    const template = templateOf(state, allocation)
    let count = 1
    if (!lifted.has(allocation)) {
      const peers = peersOf(state, template, allocation, allocations)
      count = peers.filter((each) => templateOf(state, each) === template).length
      for (const peer of peers) {
        trial.lift(peer)
        lifted.add(peer)
      }
    }
    const target = targetOf(state, template, allocation, from, count, policy)
    const moved = target >= 0 && allows(target) && kernel.move(allocation, target)
    trial.settle(allocation)
    lifted.delete(allocation)
    if (moved) moves.push({ allocation, from, to: hosts.idOf(target) as string })
    else if (!onStuck(allocation)) break
  }
  for (const allocation of lifted) trial.settle(allocation)
  return moves
}

function templateOf({ footprints, kernel }: FleetState, allocation: number): Template {
  return footprints.templateOf(kernel.footprintOf(allocation))
}

/** Largest first by the share of the host, numbers ascending among equals. */
function ordered(state: FleetState, slot: number): number[] {
  const { kernel, kinds, labels } = state
  const { capacity } = kinds.at(kernel.kindOf(slot))
  const sizes = new Map<number, number>()
  for (const allocation of kernel.allocationsOf(slot).slice()) {
    const { names, amounts } = templateOf(state, allocation)
    let size = 0
    for (const [index, name] of names.entries()) {
      const at = capacity.names.indexOf(labels.classes.find(name))
      if (at >= 0) size += (amounts[index] as number) / Math.max(1, capacity.amounts[at] as number)
    }
    sizes.set(allocation, size)
  }
  return [...sizes].sort(([a, x], [b, y]) => y - x || a - b).map(([allocation]) => allocation)
}

/** The group that keeps all of its members on one host, or −1. */
function boundGroup({ group, ask }: Template): number {
  const bound = ask.group?.policy === 'affinity' && (ask.group.scope ?? 'host') === 'host'
  return bound ? group : -1
}

/** Allocations that leave their host before any of them is placed again. */
function peersOf(
  state: FleetState,
  template: Template,
  allocation: number,
  all: readonly number[],
): number[] {
  const group = boundGroup(template)
  if (group < 0) return [allocation]
  return all.filter((each) => templateOf(state, each).group === group)
}

function targetOf(
  state: FleetState,
  template: Template,
  allocation: number,
  from: string,
  count: number,
  policy: Ask['policy'],
): number {
  const until = timeOf(state, state.kernel.untilOf(allocation))
  const ask: Ask = {
    ...template.ask,
    excludedHostIds: [from],
    ...(policy === undefined ? {} : { policy }),
    ...(until === undefined ? {} : { until }),
  }
  const outcome = decideAsk(state, state.templates.of(ask), ask, count, count, 0)
  return outcome.ok ? (outcome.slots[0] as number) : -1
}

/** A time in a bin, undefined if there is no end. */
function timeOf({ lifetimeBin, origin = 0 }: FleetState, bin: number): number | undefined {
  if (lifetimeBin === 0 || bin >= lastBin) return undefined
  return origin + (bin + 0.5) * lifetimeBin
}
