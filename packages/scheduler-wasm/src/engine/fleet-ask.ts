import type { Ask } from '../fleet/api.ts'
import type { PlacementAsk } from '../types.ts'

/** An ask of the port as the fleet takes it. */
export function fleetAsk(ask: PlacementAsk): Ask {
  return balancesZones(ask) ? { ...ask, spread: { by: 'zone', soft: true } } : ask
}

/** Spread goes over zones too, unless one zone is asked for, or all are to be together. */
function balancesZones({ policy, max, group, zones }: PlacementAsk): boolean {
  const together = group?.policy === 'affinity' || group?.policy === 'soft-affinity'
  if (policy !== 'spread' || max === 1 || together) return false
  return zones === undefined || new Set(zones).size > 1
}
