/**
 * Room of a failure domain (a rack, a zone) at one moment, in numbers. A shape is one kind of
 * instance; its index is the same in every list.
 */
export interface DomainRoom {
  readonly domain: number
  /** By shape: instances that would fit if nothing else were placed there. */
  readonly room: ArrayLike<number>
  /**
   * What is lost when the domain is broken into: room for the shapes that are scarce, in any unit
   * that is the same for all domains.
   */
  readonly value: number
}

/**
 * Domains that may take a whole part, the one to try first leading. A domain qualifies when each
 * shape, on its own, fits as often as it is needed: necessary, not sufficient, since shapes share
 * what is free. The least valuable domain leads, so that the part goes where it fits tightest and
 * roomy domains stay whole for parts to come; the lowest number among equals.
 *
 * @param need By shape: instances of the part.
 */
export function wholeDomains(
  domains: readonly DomainRoom[],
  need: ArrayLike<number>,
): readonly number[] {
  return domains
    .filter(({ room }) => sufficient(room, need))
    .sort((one, other) => one.value - other.value || one.domain - other.domain)
    .map(({ domain }) => domain)
}

export interface PartialDomain {
  readonly domain: number
  /** No more instances of the part than this fit. */
  readonly most: number
}

/**
 * Domains by how much of a part they may take at the most, the largest leading; domains that take
 * none are left out. Among equals the least valuable leads, then the lowest number.
 *
 * @param need By shape: instances of the part.
 */
export function partialDomains(
  domains: readonly DomainRoom[],
  need: ArrayLike<number>,
): readonly PartialDomain[] {
  return domains
    .map((each) => ({ ...each, most: atMost(each.room, need) }))
    .filter(({ most }) => most > 0)
    .sort(
      (one, other) => other.most - one.most || one.value - other.value || one.domain - other.domain,
    )
    .map(({ domain, most }) => ({ domain, most }))
}

function sufficient(room: ArrayLike<number>, need: ArrayLike<number>): boolean {
  for (let shape = 0; shape < need.length; shape++) {
    if ((room[shape] ?? 0) < (need[shape] ?? 0)) return false
  }
  return true
}

function atMost(room: ArrayLike<number>, need: ArrayLike<number>): number {
  let most = 0
  for (let shape = 0; shape < need.length; shape++) {
    most += Math.min(room[shape] ?? 0, need[shape] ?? 0)
  }
  return most
}
