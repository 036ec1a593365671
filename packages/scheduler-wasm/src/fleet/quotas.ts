/** What sharing out among zones or racks looks at; one entry of each array per domain. */
export interface DomainView {
  /** Instances that fit. */
  readonly room: Int32Array
  /** Members there already. */
  readonly members: Int32Array
  /** The best score of a host there: less is better. */
  readonly best: Int32Array
  /** Domains that count when evenness is measured. */
  readonly eligible: Uint8Array
}

/**
 * As evenly as there is room, members included: the domain with the fewest is given the next, the
 * best of those with as many first. The level to which all are filled is found by halving, so the
 * number of instances does not matter.
 *
 * @returns instances by domain; fewer than `count` in all if there is no more room.
 */
export function level(view: DomainView, count: number): Int32Array {
  const { room, members } = view
  const given = (height: number): number => {
    let sum = 0
    for (let at = 0; at < room.length; at++) sum += shareAt(view, at, height)
    return sum
  }
  let low = 0
  let high = 1
  for (let at = 0; at < room.length; at++) {
    high = Math.max(high, Math.min(2 ** 31, (members[at] as number) + (room[at] as number)))
  }
  // The highest level that does not take more than there is.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (given(middle) <= count) low = middle
    else high = middle - 1
  }
  const quotas = Int32Array.from(room, (_, at) => shareAt(view, at, low))
  giveRest(view, quotas, low, count - given(low))
  return quotas
}

function shareAt({ room, members }: DomainView, at: number, height: number): number {
  return Math.max(0, Math.min(room[at] as number, height - (members[at] as number)))
}

/** One more for the best domains that stand exactly at the level. */
function giveRest(view: DomainView, quotas: Int32Array, height: number, rest: number): void {
  if (rest <= 0) return
  const open = [...quotas.keys()].filter(
    (at) =>
      (view.members[at] as number) + (quotas[at] as number) <= height &&
      (quotas[at] as number) < (view.room[at] as number),
  )
  open.sort((a, b) => (view.best[a] as number) - (view.best[b] as number) || a - b)
  for (const at of open.slice(0, rest)) quotas[at] = (quotas[at] as number) + 1
}

/**
 * The same, but no domain may end with over `skew` more than any eligible one: the fullest is held
 * to what the emptiest can reach.
 */
export function levelWithin(view: DomainView, count: number, skew: number): Int32Array {
  const { room, members, eligible } = view
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < room.length; at++) {
    if (eligible[at] === 0) continue
    least = Math.min(least, (members[at] as number) + (room[at] as number))
  }
  const ceiling = least + skew
  const held = Int32Array.from(room, (amount, at) =>
    eligible[at] === 0 ? 0 : Math.max(0, Math.min(amount, ceiling - (members[at] as number))),
  )
  return level({ ...view, room: held }, count)
}

/** At most `most` members in a domain, those there already included. */
export function capped(view: DomainView, most: number): DomainView {
  const room = Int32Array.from(view.room, (amount, at) =>
    Math.max(0, Math.min(amount, most - (view.members[at] as number))),
  )
  return { ...view, room }
}

/**
 * All in one domain: where the members are, if there are any. Else the one with the least room that
 * takes all (the better one among equals), or that with the most room.
 *
 * @param elsewhere There are members in no domain of the fleet: then nothing is allowed.
 */
export function together(view: DomainView, count: number, elsewhere: boolean): Int32Array {
  const quotas = new Int32Array(view.room.length)
  const bound = view.members.some((members) => members > 0)
  if (!bound && elsewhere) return quotas
  const chosen = tightest(view, count, (at) => !bound || (view.members[at] as number) > 0)
  if (chosen >= 0) quotas[chosen] = Math.min(count, view.room[chosen] as number)
  return quotas
}

/**
 * Where the most members are first; what is left goes where it fits together, else where most
 * fits.
 */
export function gathered(view: DomainView, count: number): Int32Array {
  const { room, members } = view
  const quotas = new Int32Array(room.length)
  const held = [...quotas.keys()].filter((at) => (members[at] as number) > 0)
  held.sort((a, b) => (members[b] as number) - (members[a] as number) || a - b)
  let left = count
  for (let step = 0; left > 0; step++) {
    const empty = (at: number): boolean => quotas[at] === 0 && members[at] === 0
    const at = held[step] ?? tightest(view, left, empty)
    if (at < 0) break
    const given = Math.min(left, room[at] as number)
    quotas[at] = given
    left -= given
  }
  return quotas
}

/** The domain with the least room that is enough, else that with the most; −1 without room. */
function tightest(view: DomainView, count: number, allowed: (at: number) => boolean): number {
  const { room, best } = view
  let chosen = -1
  for (let at = 0; at < room.length; at++) {
    const here = room[at] as number
    if (here <= 0 || !allowed(at)) continue
    if (chosen < 0) {
      chosen = at
      continue
    }
    const there = room[chosen] as number
    const closer = here >= count && there >= count ? here < there : here > there
    if (closer || (here === there && (best[at] as number) < (best[chosen] as number))) chosen = at
  }
  return chosen
}
