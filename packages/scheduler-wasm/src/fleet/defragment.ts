import type { Move } from './api.ts'
import { checkInteger, checkObject } from './check.ts'
import { emptyHost } from './drain.ts'
import { fleetLimits } from './limits.ts'
import type { FleetState } from './state.ts'
import { tentatively, type Trial } from './tentative.ts'
import { isEmpty, usedRow } from './views.ts'
import { AnonymousUse } from './widen.ts'

export interface DefragmentBudget {
  /** Moves at most. */
  readonly moves: number
  /** Hosts to free at most; any number if not said. */
  readonly hosts?: number
}

export interface DefragmentPlan {
  readonly moves: readonly Move[]
  readonly freedHosts: readonly string[]
}

/**
 * Which hosts to empty so that most become free with few moves: those with the fewest allocations
 * first (the least used among equals). A host is emptied wholly, onto hosts that are in use, by the
 * policy `best-fit`, or left alone. At most four hosts are tried for every move that may be made.
 */
export function defragment(state: FleetState, budget: DefragmentBudget): DefragmentPlan {
  checkObject(budget, 'budget')
  checkInteger(budget.moves, 'budget.moves', 0, fleetLimits.instances)
  if (budget.hosts !== undefined) {
    checkInteger(budget.hosts, 'budget.hosts', 0, fleetLimits.hosts)
  }
  const most = budget.hosts ?? fleetLimits.hosts
  return tentatively(state, (trial) => {
    const moves: Move[] = []
    const freedHosts: string[] = []
    for (const slot of candidates(state, budget.moves)) {
      if (freedHosts.length >= most) break
      const left = budget.moves - moves.length
      const count = state.kernel.allocationsOf(slot).length
      if (count > left) continue
      const freed = tryHost(state, trial, slot)
      if (freed === undefined) continue
      moves.push(...freed)
      freedHosts.push(state.hosts.idOf(slot) as string)
    }
    return { moves, freedHosts }
  })
}

/** Hosts worth a try, the cheapest first. */
function candidates(state: FleetState, moves: number): number[] {
  const { hosts, kernel, kinds } = state
  const rows: { readonly slot: number; readonly count: number; readonly share: number }[] = []
  const anonymous = new AnonymousUse(state)
  for (let slot = 0; slot < hosts.slots; slot++) {
    if (hosts.idOf(slot) === undefined) continue
    const allocations = kernel.allocationsOf(slot)
    const count = allocations.length
    if (count === 0 || count > moves) continue
    if (anonymous.of(slot, allocations.slice()).some((amount) => amount !== 0)) continue
    const used = usedRow(state, slot)
    const { names, amounts } = kinds.at(kernel.kindOf(slot)).capacity
    let share = 0
    for (const [index, name] of names.entries()) {
      const column = state.columns.of(name)
      if (column >= 0) share += (used[column] as number) / (amounts[index] as number)
    }
    rows.push({ slot, count, share })
  }
  rows.sort((a, b) => a.count - b.count || a.share - b.share || a.slot - b.slot)
  return rows.slice(0, 4 * moves).map(({ slot }) => slot)
}

/** The moves that empty a host, or undefined, with all as before. */
function tryHost(state: FleetState, trial: Trial, slot: number): Move[] | undefined {
  const { kernel } = state
  let complete = true
  const moves = emptyHost(state, trial, slot, {
    policy: 'best-fit',
    // An empty host that is taken instead frees none.
    allows: (target) => !isEmpty(state, target, kernel.state(target).slice()),
    onStuck: () => {
      complete = false
      return false
    },
  })
  if (complete) return moves
  for (const { allocation } of moves.reverse()) {
    trial.lift(allocation)
    kernel.move(allocation, slot)
    trial.settle(allocation)
  }
  return undefined
}
