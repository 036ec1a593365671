/**
 * Gives every part a domain of its own, so that as many parts as possible have one: a maximum
 * bipartite matching by augmenting paths (Kuhn, 1955). Parts come first to last, and a part that
 * has a domain never loses it altogether to a later one, so the most demanding should lead. A part
 * takes the first free domain on its list; only when none is free are earlier parts asked to move.
 *
 * @param options By part: domains that may take it, best first.
 * @param accepts Whether a domain does take a part: asked at most once for each pair, and only when
 *   the answer matters, so it may be a costly trial.
 * @returns By part: its domain, or −1.
 */
export function assignDomains(
  options: readonly (readonly number[])[],
  accepts: (part: number, domain: number) => boolean,
): Int32Array {
  const domainOf = new Int32Array(options.length).fill(-1)
  const partOf = new Map<number, number>()
  const known = options.map(() => new Map<number, boolean>())
  const accepted = (part: number, domain: number): boolean => {
    const answers = known[part]
    const before = answers?.get(domain)
    if (before !== undefined) return before
    const answer = accepts(part, domain)
    answers?.set(domain, answer)
    return answer
  }
  const give = (part: number, domain: number): true => {
    domainOf[part] = domain
    partOf.set(domain, part)
    return true
  }
  const settle = (part: number, tried: Set<number>): boolean => {
    const list = options[part] ?? []
    for (const domain of list) {
      if (!partOf.has(domain) && accepted(part, domain)) return give(part, domain)
    }
    for (const domain of list) {
      const holder = partOf.get(domain)
      if (holder === undefined || tried.has(domain) || !accepted(part, domain)) continue
      tried.add(domain)
      if (settle(holder, tried)) return give(part, domain)
    }
    return false
  }
  for (let part = 0; part < options.length; part++) settle(part, new Set())
  return domainOf
}
