import { EngineError } from '../errors.ts'
import type { FleetProblem, PairLimit, PairLimitTable } from './types.ts'

/** Bounds on what one call of the planner takes. */
export const plannerLimits = {
  dimensions: 16,
  apps: 1_000_000,
  /** Of a resource on one host. */
  amount: 2 ** 46,
  /** Replicas of all applications together. */
  replicas: 16_777_216,
  limits: 134_217_728,
} as const

/**
 * Limits of all applications, grouped: those of `a` are at `start[a]` up to `start[a + 1]`, by
 * rising index of the other.
 */
export interface LimitLists {
  readonly start: Int32Array
  readonly app: Int32Array
  readonly max: Int32Array
}

/** A problem that was checked, as typed arrays. */
export interface CompiledProblem {
  readonly dimensions: number
  readonly apps: number
  readonly capacity: Float64Array
  /** `needs[app * dimensions + dimension]`. */
  readonly needs: Float64Array
  readonly replicas: Int32Array
  /** The most replicas of an application that a host may hold, by its own limit. */
  readonly selfMax: Int32Array
  /** Where the application is, at most `max` replicas of the other. */
  readonly imposes: LimitLists
  /** Where the other is, at most `max` replicas of the application. */
  readonly obeys: LimitLists
}

/** No limit. */
export const unlimited = 0x7fffffff

/** Checks a problem and lays it out. @throws {EngineError} naming the field that is wrong. */
export function compileProblem(problem: FleetProblem): CompiledProblem {
  checkList(problem?.capacity, 'capacity')
  checkList(problem.apps, 'apps')
  const { capacity, apps } = problem
  const dimensions = capacity.length
  check(dimensions, 'capacity.length', 1, plannerLimits.dimensions)
  capacity.forEach((amount, index) => check(amount, `capacity[${index}]`, 1, plannerLimits.amount))
  check(apps.length, 'apps.length', 0, plannerLimits.apps)
  const needs = new Float64Array(apps.length * dimensions)
  const replicas = new Int32Array(apps.length)
  let total = 0
  apps.forEach((app, index) => {
    checkList(app?.amounts, `apps[${index}].amounts`)
    check(app.amounts.length, `apps[${index}].amounts.length`, dimensions, dimensions)
    check(app.replicas, `apps[${index}].replicas`, 0, plannerLimits.replicas)
    app.amounts.forEach((amount, dimension) => {
      // More than a host has would fit nowhere.
      const most = capacity[dimension] as number
      check(amount, `apps[${index}].amounts[${dimension}]`, 0, most)
      needs[index * dimensions + dimension] = amount
    })
    replicas[index] = app.replicas
    total += app.replicas
  })
  check(total, 'apps (replicas of all)', 0, plannerLimits.replicas)
  const selfMax = new Int32Array(apps.length).fill(unlimited)
  const table = checkLimits(problem, selfMax)
  return {
    dimensions,
    apps: apps.length,
    capacity: Float64Array.from(capacity),
    needs,
    replicas,
    selfMax,
    ...groupBoth(apps.length, table),
  }
}

/** Checks the limits, and lowers `selfMax` by those of an application on itself. */
function checkLimits(problem: FleetProblem, selfMax: Int32Array): PairLimitTable {
  const table = toTable(problem.limits ?? [])
  const count = table.app.length
  check(count, 'limits.length', 0, plannerLimits.limits)
  check(table.other.length, 'limits.other.length', count, count)
  check(table.max.length, 'limits.max.length', count, count)
  const last = problem.apps.length - 1
  for (let index = 0; index < count; index++) {
    const app = table.app[index] as number
    const other = table.other[index] as number
    const max = table.max[index] as number
    // Written out: there may be many millions.
    if (!(app >= 0 && app <= last)) fail(app, `limits[${index}].app`, `0 to ${last}`)
    if (!(other >= 0 && other <= last)) fail(other, `limits[${index}].other`, `0 to ${last}`)
    if (!(max >= 0)) fail(max, `limits[${index}].max`, '0 or more')
    if (app === other && max < (selfMax[app] as number)) {
      if (max === 0 && (problem.apps[app]?.replicas ?? 0) > 0) {
        fail(max, `limits[${index}].max`, '1 or more for an application and itself')
      }
      selfMax[app] = max
    }
  }
  return table
}

function toTable(limits: readonly PairLimit[] | PairLimitTable): PairLimitTable {
  if (!isList(limits)) {
    for (const column of ['app', 'other', 'max'] as const) {
      const given: unknown = limits?.[column]
      if (!(given instanceof Int32Array)) fail(given, `limits.${column}`, 'an Int32Array')
    }
    return limits
  }
  const table = {
    app: new Int32Array(limits.length),
    other: new Int32Array(limits.length),
    max: new Int32Array(limits.length),
  }
  limits.forEach((limit, index) => {
    // Before they are cut to 32 bits.
    check(limit?.app, `limits[${index}].app`, 0, unlimited)
    check(limit.other, `limits[${index}].other`, 0, unlimited)
    check(limit.max, `limits[${index}].max`, 0, unlimited)
    table.app[index] = limit.app
    table.other[index] = limit.other
    table.max[index] = limit.max
  })
  return table
}

function isList(limits: readonly PairLimit[] | PairLimitTable): limits is readonly PairLimit[] {
  return Array.isArray(limits)
}

/**
 * Both groupings, each with rising others within an application. Limits of an application on itself
 * are left out. The first grouping is only there to bring the others into order.
 */
function groupBoth(
  apps: number,
  table: PairLimitTable,
): Pick<CompiledProblem, 'imposes' | 'obeys'> {
  const rough = emptyLists(apps, table.other, table)
  const next = rough.start.slice(0, apps)
  for (let index = 0; index < table.app.length; index++) {
    const app = table.app[index] as number
    const other = table.other[index] as number
    if (app !== other) append(rough, next, other, app, table.max[index] as number)
  }
  const imposes = transpose(apps, rough)
  return { imposes, obeys: transpose(apps, imposes) }
}

/** Groups by the other side. */
function transpose(apps: number, from: LimitLists): LimitLists {
  const into = emptyLists(apps, from.app, null)
  const next = into.start.slice(0, apps)
  for (let other = 0; other < apps; other++) {
    const end = from.start[other + 1] as number
    for (let index = from.start[other] as number; index < end; index++) {
      append(into, next, from.app[index] as number, other, from.max[index] as number)
    }
  }
  return into
}

/** Lists as long as a column asks for, without a table's limits on itself. */
function emptyLists(apps: number, column: Int32Array, table: PairLimitTable | null): LimitLists {
  const start = new Int32Array(apps + 1)
  for (let index = 0; index < column.length; index++) {
    if (table !== null && table.app[index] === table.other[index]) continue
    const after = (column[index] as number) + 1
    start[after] = (start[after] as number) + 1
  }
  for (let app = 0; app < apps; app++) {
    start[app + 1] = (start[app + 1] as number) + (start[app] as number)
  }
  const length = start[apps] as number
  return { start, app: new Int32Array(length), max: new Int32Array(length) }
}

function append(
  lists: LimitLists,
  next: Int32Array,
  app: number,
  other: number,
  max: number,
): void {
  const at = next[app] as number
  next[app] = at + 1
  lists.app[at] = other
  lists.max[at] = max
}

/** The strictest limit in an application's list for another; `unlimited` if there is none. */
export function limitFor(lists: LimitLists, app: number, other: number): number {
  let low = lists.start[app] as number
  const end = lists.start[app + 1] as number
  for (let high = end; low < high;) {
    const middle = (low + high) >>> 1
    if ((lists.app[middle] as number) < other) low = middle + 1
    else high = middle
  }
  let least: number = unlimited
  for (; low < end && lists.app[low] === other; low++) {
    const max = lists.max[low] as number
    if (max < least) least = max
  }
  return least
}

function check(value: number, field: string, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return
  fail(value, field, `a whole number, ${least} to ${most}`)
}

function checkList(value: unknown, field: string): void {
  if (!Array.isArray(value)) fail(value, field, 'a list')
}

function fail(value: unknown, field: string, limit: string): never {
  throw new EngineError(`must be ${limit}, not ${String(value)}`, field, limit)
}
