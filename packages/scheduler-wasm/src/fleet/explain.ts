import type { Tally } from '../kernel.ts'
import { type Ask, type Constraint, constraints, type FleetExplanation } from './api.ts'
import { applyRules } from './rules.ts'
import type { FleetState } from './state.ts'
import type { Shape, Template } from './template.ts'

/** Bits of a tally. */
const bitOf = {
  disabled: 0,
  zone: 2,
  aggregate: 3,
  requiredTrait: 4,
  forbiddenTrait: 5,
  tenant: 6,
} as const
const markBit = 8
const resourceBit = 9

/** Bits of marks, told apart by what they come from. */
interface Marked {
  readonly notListed: number
  readonly group: number
}

/** Why not, or why not more: every host under each constraint that rules it out. */
export function explainAsk(
  state: FleetState,
  template: Template,
  ask: Ask,
  nearest: number,
): FleetExplanation {
  const shape = state.shapeOf(template)
  const tallyOf = (scope: 'all' | 'lists'): Tally => {
    const { markedOnly } = applyRules(state, template, ask, scope)
    return state.kernel.explain(shape.slot, markedOnly)
  }
  const listed = ask.hostIds !== undefined || ask.excludedHostIds !== undefined
  const lists = listed ? copyOf(tallyOf('lists')) : undefined
  const tally = copyOf(tallyOf('all'))
  const missing = shape.missing
  const short = shortOf(state, template, shape, tally)
  const inOrder = tally.inOrder
  if (missing !== undefined) inOrder[resourceBit] = at(inOrder, resourceBit) + tally.feasible
  const alone = tally.alone
  if (missing !== undefined) alone[resourceBit] = tally.hosts
  return {
    hosts: tally.hosts,
    feasibleHosts: missing === undefined ? tally.feasible : 0,
    nearestFeasible: nearest,
    ruledOut: named(inOrder, split(inOrder, lists?.inOrder)),
    alone: named(alone, split(alone, lists?.alone)),
    shortOf: Object.fromEntries(short),
    scarcest: scarcestOf(short) ?? tightestOf(state, template, tally),
  }
}

function copyOf({ inOrder, alone, short, free, ...rest }: Tally): Tally {
  return {
    ...rest,
    inOrder: inOrder.slice(),
    alone: alone.slice(),
    short: short.slice(),
    free: free.slice(),
  }
}

function at(counts: Int32Array, index: number): number {
  return counts[index] as number
}

/** Of hosts that marks rule out, those that lists rule out already. */
function split(all: Int32Array, lists: Int32Array | undefined): Marked {
  const notListed = lists === undefined ? 0 : Math.min(at(lists, markBit), at(all, markBit))
  return { notListed, group: at(all, markBit) - notListed }
}

function named(counts: Int32Array, marked: Marked): Record<Constraint, number> {
  const rows = constraints.map((name) => {
    if (name === 'notListed' || name === 'group') return [name, marked[name]] as const
    return [name, at(counts, name === 'resources' ? resourceBit : bitOf[name])] as const
  })
  return Object.fromEntries(rows) as Record<Constraint, number>
}

/** Hosts short of what is asked for, by name in the order of names. */
function shortOf(
  { labels, columns, frame }: FleetState,
  { names, amounts, ask }: Template,
  { missing }: Shape,
  tally: Tally,
): [string, number][] {
  const passing = tally.feasible + at(tally.inOrder, resourceBit)
  const rows = names
    .filter((_, index) => (amounts[index] as number) > 0)
    .map((name): [string, number] => {
      if (missing?.classes.includes(name)) return [name, passing]
      return [name, at(tally.short, columns.of(labels.classes.find(name)))]
    })
  rows.sort(([a], [b]) => (a < b ? -1 : 1))
  if ((ask.cells ?? 0) > 0) rows.push(['cells', at(tally.short, frame.resources)])
  if ((ask.devices?.count ?? 0) > 0) {
    const short = missing?.devices ? passing : at(tally.short, frame.resources + 1)
    rows.push(['devices', short])
  }
  return rows
}

/** What most hosts are short of, the first among equals, or null. */
function scarcestOf(short: readonly (readonly [string, number])[]): string | null {
  let scarcest: string | null = null
  let most = 0
  for (const [name, hosts] of short) {
    if (hosts > most) [scarcest, most] = [name, hosts]
  }
  return scarcest
}

/**
 * Where no host is short for one instance: the class of which the hosts that have room have the
 * least for what is asked, by name among equals; null without such hosts.
 */
function tightestOf(
  { labels, columns }: FleetState,
  { names, amounts }: Template,
  { feasible, free }: Tally,
): string | null {
  let tightest: string | null = null
  let least = Infinity
  for (const [index, name] of names.entries()) {
    const amount = amounts[index] as number
    const column = columns.of(labels.classes.find(name))
    if (feasible === 0 || amount === 0 || column < 0) continue
    const times = (free[column] as number) / amount
    if (times > least || (times === least && name > (tightest ?? ''))) continue
    tightest = name
    least = times
  }
  return tightest
}
