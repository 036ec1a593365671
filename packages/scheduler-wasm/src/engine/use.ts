import { EngineError } from '../errors.ts'
import { amountsOf } from '../fleet/amounts.ts'
import type { Columns } from '../fleet/columns.ts'
import { fleetLimits } from '../fleet/limits.ts'
import type { FleetState } from '../fleet/state.ts'
import { usedRow } from '../fleet/views.ts'
import { widen } from '../fleet/widen.ts'
import type { Claim, Resources } from '../types.ts'

/** Sets what is taken of hosts; classes not named become 0. Unknown hosts are ignored. */
export function setUse(
  state: FleetState,
  usages: readonly { readonly hostId: string; readonly used: Resources }[],
): void {
  const known = usages.filter(({ hostId }) => state.hosts.find(hostId) >= 0)
  meet(
    state,
    known.map(({ used }) => used),
    'usages',
  )
  for (const { hostId, used } of known) {
    const slot = state.hosts.find(hostId)
    const change = rowOf(state, used)
    const now = usedRow(state, slot)
    for (let column = 0; column < change.length; column++) {
      change[column] = (change[column] as number) - (now[column] as number)
    }
    state.kernel.shift(slot, change, 1)
  }
}

/**
 * Takes (1) or gives back (−1) claims: all or none. Those on unknown hosts are ignored.
 *
 * @throws EngineError if use would leave its range.
 */
export function adjustUse(state: FleetState, claims: readonly Claim[], sign: 1 | -1): void {
  const known = claims.filter(({ hostId }) => state.hosts.find(hostId) >= 0)
  if (sign === 1)
    meet(
      state,
      known.map(({ resources }) => resources),
      'claims',
    )
  for (const [done, claim] of known.entries()) {
    const broken = adjustOne(state, claim, sign)
    if (broken === undefined) continue
    for (const undone of known.slice(0, done).reverse())
      adjustOne(state, undone, sign === 1 ? -1 : 1)
    const field = `claims[${claims.indexOf(claim)}].resources.${broken.name}`
    const limit = sign === 1 ? fleetLimits.amount : broken.used
    throw new EngineError('would leave the range of use', field, limit)
  }
}

interface Broken {
  readonly name: string
  readonly used: number
}

/** Applies one claim, or nothing: the class that would leave its range. */
function adjustOne(
  state: FleetState,
  { hostId, resources, count }: Claim,
  sign: 1 | -1,
): Broken | undefined {
  const slot = state.hosts.find(hostId)
  const used = usedRow(state, slot)
  for (const name of Object.keys(resources)) {
    const column = columnOf(state, name)
    const before = column < 0 ? 0 : (used[column] as number)
    const after = before + sign * count * (resources[name] as number)
    if (after < 0 || after > fleetLimits.amount) return { name, used: before }
  }
  if (count > 0) state.kernel.shift(slot, rowOf(state, resources), sign * count)
  return undefined
}

/** Columns for all classes that are used. */
function meet(state: FleetState, given: readonly Resources[], field: string): void {
  const names = new Set<number>()
  for (const resources of given) {
    for (const name of Object.keys(resources)) {
      if ((resources[name] as number) > 0) names.add(state.labels.classes.intern(name))
    }
  }
  const columns: Columns = state.columns.with(names, [], field)
  if (columns !== state.columns) widen(state, state.kinds.size, columns)
}

function columnOf({ columns, labels }: FleetState, name: string): number {
  return columns.of(labels.classes.find(name))
}

/** Amounts as a row; classes that no host has ever had or used are left out. */
export function rowOf({ columns, labels, frame }: FleetState, resources: Resources): Int32Array {
  const amounts = amountsOf(resources, (name) => labels.classes.intern(name))
  return columns.row(amounts, frame.resources)
}
