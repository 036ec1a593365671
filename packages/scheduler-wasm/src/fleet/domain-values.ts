import type { FleetState } from './state.ts'
import type { Template } from './template.ts'

/** The typical ask that makes most of the demand; more of them change little. */
const most = 1

/**
 * What each zone or rack is worth: its room for typical asks, by how much of the demand they make.
 * A group goes where little of that is lost. While nothing is typical, the group's own asks are.
 */
export function domainValues(
  state: FleetState,
  by: 'zone' | 'rack',
  own: readonly Template[],
  rooms: readonly Int32Array[],
): Float64Array {
  const values = new Float64Array(state.labels[`${by}s`].size)
  const known = state.typical.slice(0, most)
  const typical = known.length > 0 ? known : own.map((template) => ({ template, weight: 1 }))
  for (const { template, weight } of typical) {
    const room = rooms[own.indexOf(template)] ?? state.roomIn(by, template)
    for (let domain = 0; domain < values.length; domain++) {
      values[domain] = (values[domain] as number) + weight * (room[domain] as number)
    }
  }
  return values
}
