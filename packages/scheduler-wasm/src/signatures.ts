import { META_SIGNATURE_SHIFT } from './layout.ts'
import { type HostView, type PlacementAsk, type RefusalReason, refusalReasons } from './types.ts'

/**
 * What a filter looks at: hosts that agree in it share one signature, and every filter is asked
 * once for all.
 */
interface Signature {
  readonly key: string
  readonly zone: string
  /** Traits, then aggregates, in the order in which they were given. */
  readonly labels: readonly string[]
  readonly traits: ReadonlySet<string>
  readonly aggregates: ReadonlySet<string>
  hosts: number
}

/** Signatures are numbered densely; a number is used again once no host has it. */
export class Signatures {
  readonly #byNumber: (Signature | undefined)[] = []
  readonly #byKey = new Map<string, number>()
  readonly #unused: number[] = []
  #last: { readonly host: HostView; readonly number: number } | undefined

  /** Numbers that filters must cover. */
  get length(): number {
    return this.#byNumber.length
  }

  /**
   * To be called before a batch of `acquire`: between batches a caller may have changed its arrays
   * in place.
   */
  begin(): void {
    this.#last = undefined
  }

  /** The number of a host's signature, counting the host. */
  acquire(host: HostView): number {
    const number = this.#same(host) ?? this.#find(host)
    this.#last = { host, number }
    const signature = this.#byNumber[number] as Signature
    signature.hosts++
    return number
  }

  release(number: number): void {
    const signature = this.#byNumber[number] as Signature
    signature.hosts--
    if (signature.hosts > 0) return
    this.#byKey.delete(signature.key)
    this.#byNumber[number] = undefined
    this.#unused.push(number)
    this.#last = undefined
  }

  /** Writes, for every signature, 0 or the number + 1 of the first reason that rules it out. */
  filter(ask: PlacementAsk, into: Uint8Array): void {
    const { zones, memberOf, notMemberOf, requiredTraits, forbiddenTraits } = ask
    if (!zones && !memberOf && !notMemberOf && !requiredTraits && !forbiddenTraits) {
      into.fill(0)
      return
    }
    const allowedZones = zones && new Set(zones)
    this.#byNumber.forEach((signature, number) => {
      const reason = signature && ruledOutBy(signature, ask, allowedZones)
      into[number] = reason ? refusalReasons.indexOf(reason) + 1 : 0
    })
  }

  /**
   * Writes the number of each signature's zone, zones being numbered as they come. Returns how many
   * zones there are.
   */
  numberZones(into: Int32Array): number {
    const numbers = new Map<string, number>()
    this.#byNumber.forEach((signature, number) => {
      if (!signature) return
      let zone = numbers.get(signature.zone)
      if (zone === undefined) numbers.set(signature.zone, (zone = numbers.size))
      into[number] = zone
    })
    return numbers.size
  }

  /** Hosts often come with the very arrays of the host before. */
  #same(host: HostView): number | undefined {
    const last = this.#last
    const same =
      last?.host.zone === host.zone &&
      last.host.traits === host.traits &&
      last.host.aggregates === host.aggregates
    return same ? last.number : undefined
  }

  #find(host: HostView): number {
    const { zone, traits, aggregates } = host
    const counts = `${traits.length} ${aggregates.length}`
    const quick = `${counts}\n${zone}\n${traits.join('\n')}\n${aggregates.join('\n')}`
    const known = this.#byKey.get(quick)
    if (known === undefined) return this.#make(quick, host)
    if (agrees(this.#byNumber[known] as Signature, host)) return known
    // Labels with line breaks in them can make one text of different labels; this text is exact.
    const exact = JSON.stringify([zone, traits, aggregates])
    return this.#byKey.get(exact) ?? this.#make(exact, host)
  }

  #make(key: string, { zone, traits, aggregates }: HostView): number {
    const number = this.#unused.pop() ?? this.#byNumber.length
    const labels = [...traits, ...aggregates]
    const sets = { traits: new Set(traits), aggregates: new Set(aggregates) }
    this.#byNumber[number] = { key, zone, labels, ...sets, hosts: 0 }
    this.#byKey.set(key, number)
    return number
  }
}

/** Whether a host has the labels of a signature. Their numbers are known to be equal. */
function agrees({ zone, labels }: Signature, host: HostView): boolean {
  const { traits, aggregates } = host
  if (zone !== host.zone) return false
  for (const [index, trait] of traits.entries()) if (labels[index] !== trait) return false
  for (const [index, aggregate] of aggregates.entries()) {
    if (labels[traits.length + index] !== aggregate) return false
  }
  return true
}

/** The number of the signature in a host's `meta`. */
export function signatureOf(meta: number): number {
  return meta >> META_SIGNATURE_SHIFT
}

function ruledOutBy(
  { zone, traits, aggregates }: Signature,
  ask: PlacementAsk,
  zones: ReadonlySet<string> | undefined,
): RefusalReason | undefined {
  if (zones && !zones.has(zone)) return 'zone'
  if (ask.memberOf?.some((names) => !names.some((name) => aggregates.has(name)))) return 'aggregate'
  if (ask.notMemberOf?.some((name) => aggregates.has(name))) return 'aggregate'
  if (ask.requiredTraits?.some((name) => !traits.has(name))) return 'requiredTrait'
  if (ask.forbiddenTraits?.some((name) => traits.has(name))) return 'forbiddenTrait'
  return undefined
}
