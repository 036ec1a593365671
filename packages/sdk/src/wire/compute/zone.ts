import { computeBinary } from './service.ts'
import { microTime } from './time.ts'

/** A zone as Nova's API writes it. */
export function zoneBody(zone: { readonly name: string; readonly available: boolean }): {
  readonly zoneName: string
  readonly zoneState: { readonly available: boolean }
  readonly hosts: null
} {
  return { zoneName: zone.name, zoneState: { available: zone.available }, hosts: null }
}

/** A zone with its hosts, for administrators. */
export function zoneDetail(
  zone: { readonly name: string; readonly available: boolean },
  hosts: readonly {
    readonly name: string
    readonly enabled: boolean
    readonly updatedAt: number
  }[],
): object {
  return {
    ...zoneBody(zone),
    hosts: Object.fromEntries(
      hosts.map(({ name, enabled, updatedAt }) => [
        name,
        { [computeBinary]: { available: enabled, active: true, updated_at: microTime(updatedAt) } },
      ]),
    ),
  }
}
