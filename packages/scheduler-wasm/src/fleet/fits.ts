import type { Footprint } from '../kernel.ts'
import type { FleetState } from './state.ts'

/** Whether one instance fits into a host's free amounts; the columns of devices are sorted. */
export function fits(
  { frame, kinds }: FleetState,
  kind: number,
  asked: Footprint,
  row: Int32Array,
): boolean {
  for (let column = 0; column < frame.resources; column++) {
    const amount = asked.amounts[column] as number
    if (amount > 0 && (row[column] as number) < amount) return false
  }
  if (asked.cells > 0) {
    let cells = 0
    for (let cell = 0; cell < kinds.at(kind).cells.length; cell++) {
      const at = frame.resources + cell * frame.cellClasses
      if (
        asked.cellAmounts.every(
          (amount, index) => amount === 0 || (row[at + index] as number) >= amount,
        )
      ) {
        cells++
      }
    }
    if (cells < asked.cells) return false
  }
  if (asked.devices === 0) return true
  const last = frame.resources + frame.cells * frame.cellClasses + asked.devices - 1
  return frame.devices >= asked.devices && (row[last] as number) >= asked.units
}
