import { balancesZones } from './ask.ts'
import { type Candidate, sharingOf } from './oracle-rank.ts'
import type { PlacementAsk } from './types.ts'

/** Instances by candidate; those without any are left out. */
export type Shares = ReadonlyMap<Candidate, number>

/** The largest number of instances that these candidates can take together. */
export function placeable(ask: PlacementAsk, ranked: readonly Candidate[]): number {
  const takes = ranked.map(({ take }) => take)
  const total =
    sharingOf(ask) === 'together' ? Math.max(0, ...takes.slice(0, 1)) : takes.reduce(add, 0)
  return Math.min(ask.max, total)
}

/** Shares `count` instances out among candidates in rank order. `count` is at most `placeable`. */
export function shareOut(ask: PlacementAsk, ranked: readonly Candidate[], count: number): Shares {
  if (sharingOf(ask) !== 'level') return fill(ranked, count)
  if (!balancesZones(ask)) return level(ask, ranked, count)
  const zones = [...new Set(ranked.map(({ host }) => host.view.zone))].map((zone) => {
    return ranked.filter(({ host }) => host.view.zone === zone)
  })
  const quotas = zoneQuotas(zones, count)
  const shares = zones.flatMap((zone, index) => [...level(ask, zone, quotas[index] as number)])
  return new Map(shares)
}

function fill(ranked: readonly Candidate[], count: number): Shares {
  const shares = new Map<Candidate, number>()
  let left = count
  for (const candidate of ranked) {
    if (left === 0) break
    const taken = Math.min(candidate.take, left)
    shares.set(candidate, taken)
    left -= taken
  }
  return shares
}

/**
 * One at a time: always to a candidate that holds the fewest, the first in rank order among those.
 */
function level(ask: PlacementAsk, ranked: readonly Candidate[], count: number): Shares {
  const counted = ask.group?.policy === 'soft-anti-affinity'
  const shares = new Map<Candidate, number>()
  const held = (candidate: Candidate): number =>
    (counted ? candidate.members : 0) + (shares.get(candidate) ?? 0)
  let left = count
  while (left > 0) {
    const open = ranked.filter((candidate) => (shares.get(candidate) ?? 0) < candidate.take)
    const fewest = open.reduce((least, candidate) => Math.min(least, held(candidate)), Infinity)
    for (const candidate of open.filter((each) => held(each) === fewest).slice(0, left)) {
      shares.set(candidate, (shares.get(candidate) ?? 0) + 1)
      left--
    }
  }
  return shares
}

/**
 * One at a time: always to a zone with the fewest that has room, among those the one whose best
 * host is best. Zones come in that order already, being drawn from candidates in rank order.
 */
function zoneQuotas(zones: readonly (readonly Candidate[])[], count: number): number[] {
  const rooms = zones.map((zone) => zone.map(({ take }) => take).reduce(add, 0))
  const quotas = zones.map(() => 0)
  for (let left = count; left > 0; left--) {
    let least = -1
    quotas.forEach((quota, index) => {
      if (quota < (rooms[index] as number) && (least < 0 || quota < (quotas[least] as number))) {
        least = index
      }
    })
    quotas[least] = (quotas[least] as number) + 1
  }
  return quotas
}

function add(a: number, b: number): number {
  return a + b
}
