import type { StackResource } from '../../../model/stack/resource.ts'
import type { Stack } from '../../../model/stack/stack.ts'
import type { ResourceRules } from '../template/rules.ts'
import { hookBefore, hookBeforeRemoval, isHeld } from './hold.ts'
import type { PlanNode } from './plan.ts'

/** What is to be done next with the resources of a stack, by their rows alone. */
export interface Decision {
  /** Resources to be made. */
  readonly create: readonly PlanNode[]
  /** Resources whose turn it is to be compared with what they are to be. */
  readonly review: readonly { readonly node: PlanNode; readonly row: StackResource }[]
  /** Rows whose resources are to go. */
  readonly remove: readonly StackResource[]
  /** Rows that are to go, and stop at a hook before. */
  readonly hold: readonly StackResource[]
  /** Under way already: to be gone on with. */
  readonly drive: readonly StackResource[]
  /** Failed in this action, and why nothing more is begun. */
  readonly failed: readonly StackResource[]
  readonly isOver: boolean
}

/**
 * Decides by comparing what is wanted with what there is: nothing is remembered between two
 * decisions, so whoever makes the next one may be another process.
 *
 * @param nodes what is wanted; nothing when the stack goes.
 * @param rulesOf what the environment says of a resource.
 * @param now for pauses between batches of a rolling update.
 */
export function decide(
  stack: Pick<Stack, 'action' | 'generation'>,
  nodes: ReadonlyMap<string, PlanNode>,
  rows: readonly StackResource[],
  rulesOf: (name: string) => ResourceRules,
  now: number,
): Decision {
  const live = new Map(
    rows.flatMap((row) => (row.liveName === null ? [] : [[row.name, row] as const])),
  )
  const isCurrent = (row: StackResource): boolean => row.generation === stack.generation
  const failed = rows.filter((row) => row.status === 'FAILED' && isCurrent(row))
  const drive = rows.filter((row) => isUnderWay(row) && !isAbandoned(row, nodes))
  const removable = removableRows(nodes, rows, live)
  const nothing = { create: [], review: [], remove: [], hold: [], drive, failed }
  if (failed.length > 0) {
    // What goes does not depend on what could not go: as little as possible is left.
    const remove = nodes.size === 0 ? freeOf(removable, rows).filter((row) => !isCurrent(row)) : []
    return { ...nothing, remove, isOver: drive.length === 0 && remove.length === 0 }
  }
  const isReady = (name: string): boolean => {
    const row = live.get(name)
    if (row === undefined || !isCurrent(row) || isHeld(stack, row)) return false
    return row.status === 'COMPLETE' && row.action !== 'INIT'
  }
  const stops = (name: string): boolean => {
    const node = nodes.get(name)
    const row = live.get(name)
    const isBegun = row !== undefined && row.action !== 'INIT' && isCurrent(row)
    return node !== undefined && !isBegun && hookBefore(stack, node.rules, row) !== null
  }
  const create: PlanNode[] = []
  const review: { node: PlanNode; row: StackResource }[] = []
  let isWhole = true
  for (const node of nodes.values()) {
    if (isReady(node.name)) continue
    isWhole = false
    const row = live.get(node.name)
    if (row && (isUnderWay(row) || isHeld(stack, row))) continue
    // A group stops before its members do anything.
    if (node.group !== null && stops(node.group)) continue
    const isFirst = stops(node.name)
    const isOwn = (need: string): boolean => isFirst && nodes.get(need)?.group === node.name
    if (!node.requires.every((need) => isOwn(need) || isReady(need))) continue
    if (row) review.push({ node, row })
    else create.push(node)
  }
  const rolling = replacedMembers(nodes, live, removable, isReady)
  const going = isWhole ? freeOf(removable, rows) : rolling
  const mustStop = (row: StackResource): boolean =>
    hookBeforeRemoval(stack, rulesOf(row.name), row) !== null
  const remove = going.filter((row) => !mustStop(row))
  return {
    ...nothing,
    create,
    hold: going.filter((row) => mustStop(row) && !isHeld(stack, row)),
    review: inBatches(review, rows, now, isCurrent),
    remove,
    isOver: isWhole && removable.length === 0 && drive.length === 0,
  }
}

function isUnderWay(row: StackResource): boolean {
  return row.status === 'IN_PROGRESS'
}

/** Begun, and not wanted any more: it goes without having come. */
function isAbandoned(row: StackResource, nodes: ReadonlyMap<string, PlanNode>): boolean {
  return row.action !== 'DELETE' && (row.liveName === null || !nodes.has(row.name))
}

function removableRows(
  nodes: ReadonlyMap<string, PlanNode>,
  rows: readonly StackResource[],
  live: ReadonlyMap<string, StackResource>,
): StackResource[] {
  return rows.filter(
    (row) =>
      (row.liveName === null || !nodes.has(row.name) || live.get(row.name) !== row) &&
      !(row.action === 'DELETE' && isUnderWay(row)),
  )
}

/** Those of which nothing that goes as well depends. */
function freeOf(
  removable: readonly StackResource[],
  rows: readonly StackResource[],
): StackResource[] {
  const going = new Set(removable)
  const needed = new Set<string>()
  for (const row of rows) {
    const isGoing = going.has(row) || (row.action === 'DELETE' && isUnderWay(row))
    if (isGoing) for (const name of row.requires) needed.add(name)
  }
  return removable.filter(({ name }) => !needed.has(name))
}

/** Members of groups that change in batches go with their batch, not at the end. */
function replacedMembers(
  nodes: ReadonlyMap<string, PlanNode>,
  live: ReadonlyMap<string, StackResource>,
  removable: readonly StackResource[],
  isReady: (name: string) => boolean,
): StackResource[] {
  return removable.filter((row) => {
    const node = nodes.get(row.name)
    return node?.rolling && row.liveName === null && live.has(row.name) && isReady(row.name)
  })
}

/** Of each group that has a rolling update, no more members than its batches have. */
function inBatches(
  review: readonly { readonly node: PlanNode; readonly row: StackResource }[],
  rows: readonly StackResource[],
  now: number,
  isCurrent: (row: StackResource) => boolean,
): { readonly node: PlanNode; readonly row: StackResource }[] {
  const groups = new Set(review.flatMap(({ node }) => (node.rolling ? [node.group] : [])))
  if (groups.size === 0) return [...review]
  const busy = new Set<string | null>()
  const latest = new Map<string, number>()
  for (const row of rows) {
    const group = row.name.slice(0, row.name.lastIndexOf('/'))
    if (!groups.has(group)) continue
    if (isUnderWay(row) || row.liveName === null) busy.add(group)
    if (isCurrent(row)) latest.set(group, Math.max(latest.get(group) ?? 0, row.updatedAt))
  }
  const taken = new Map<string | null, number>()
  return review.filter(({ node: { group, rolling } }) => {
    if (!rolling) return true
    if (busy.has(group)) return false
    if (now < (latest.get(group ?? '') ?? -Infinity) + rolling.pauseMs) return false
    const count = (taken.get(group) ?? 0) + 1
    taken.set(group, count)
    return count <= rolling.size
  })
}

/**
 * Rows that are to do something as they are: to be suspended, resumed or looked at.
 *
 * @returns those whose turn it is: what depends on others is suspended before them, and resumed
 *   after them.
 */
export function decideEach(
  stack: Pick<Stack, 'action' | 'generation'>,
  rows: readonly StackResource[],
): Pick<Decision, 'drive' | 'failed' | 'isOver'> & { readonly begin: readonly StackResource[] } {
  const isLeft = (row: StackResource): boolean => row.generation !== stack.generation
  const live = rows.filter((row) => row.liveName !== null && row.action !== 'INIT')
  const left = live.filter((row) => isLeft(row) || isUnderWay(row))
  const drive = live.filter(isUnderWay)
  const failed = live.filter((row) => row.status === 'FAILED' && !isLeft(row))
  const leftNames = new Set(left.map(({ name }) => name))
  const needed = new Set(left.flatMap(({ requires }) => requires))
  const isFree = ({ name, requires }: StackResource): boolean => {
    if (stack.action === 'CHECK') return true
    if (stack.action === 'SUSPEND') return !needed.has(name)
    return !requires.some((need) => leftNames.has(need))
  }
  const stops = failed.length > 0 && stack.action !== 'CHECK'
  const begin = stops ? [] : left.filter((row) => !isUnderWay(row) && isFree(row))
  return { begin, drive, failed, isOver: begin.length === 0 && drive.length === 0 }
}
