import type { FleetState } from '../fleet/state.ts'
import { usedRow } from '../fleet/views.ts'

interface Row {
  readonly slot: number
  readonly share: number
}

/** The enabled hosts in use that hold the least, by the sum of the parts used of their classes. */
export function lightestHosts(state: FleetState, limit: number): string[] {
  const { hosts, kernel, kinds } = state
  let rows: Row[] = []
  let most = Infinity
  for (let slot = 0; slot < hosts.slots; slot++) {
    if (hosts.idOf(slot) === undefined) continue
    if (!kinds.signatureOf(kernel.kindOf(slot)).enabled) continue
    const share = shareOf(state, slot)
    if (share === 0 || share >= most) continue
    rows.push({ slot, share })
    // Cut when twice as many as wanted are there: every host is sorted a few times at most.
    if (rows.length < 2 * limit) continue
    rows = first(rows, limit)
    most = rows.at(-1)?.share ?? 0
  }
  return first(rows, limit).map(({ slot }) => hosts.idOf(slot) as string)
}

function first(rows: Row[], limit: number): Row[] {
  return rows.sort((a, b) => a.share - b.share || a.slot - b.slot).slice(0, limit)
}

/** What is used, each class in parts of what the host has of it; infinite of what it has not. */
function shareOf(state: FleetState, slot: number): number {
  const used = usedRow(state, slot)
  const { names, amounts } = state.kinds.at(state.kernel.kindOf(slot)).capacity
  let share = 0
  for (let column = 0; column < used.length; column++) {
    const amount = used[column] as number
    if (amount === 0) continue
    const at = names.indexOf(state.columns.at(column))
    share += at < 0 ? Infinity : amount / (amounts[at] as number)
  }
  return share
}
