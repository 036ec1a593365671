/** Hosts below the fewest found that are tried besides: fitting is not monotone in hosts. */
const usualProbes = 8

export interface Fewest {
  readonly hosts: number
  /** How often `fits` was asked. */
  readonly runs: number
}

/**
 * The fewest hosts for which `fits` holds, from a bound upwards: in growing steps until it holds,
 * then by halves, then some below, since more hosts may change every later choice and so fit less.
 *
 * @param lower No fewer can do.
 * @param most More are not tried.
 * @param probes How many below what halving found are tried.
 */
export function fewestHosts(
  lower: number,
  most: number,
  fits: (hosts: number) => boolean,
  probes: number = usualProbes,
): Fewest | null {
  const known = new Map<number, boolean>()
  const holds = (hosts: number): boolean => {
    const before = known.get(hosts)
    if (before !== undefined) return before
    const answer = fits(hosts)
    known.set(hosts, answer)
    return answer
  }
  let low = lower - 1
  let high = lower
  for (let step = Math.max(1, Math.round(lower / 256)); !holds(high); step *= 2) {
    if (high >= most) return null
    low = high
    high = Math.min(most, high + step)
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle
  }
  for (let below = high - 1; below >= Math.max(lower, high - probes); below--) {
    if (holds(below)) high = below
  }
  return { hosts: high, runs: known.size }
}
