import type { Kinds, Labels, Signature } from './kinds.ts'
import type { Names } from './names.ts'
import type { Domain, TemplateAsk } from './template.ts'

/** The bits of a kernel's filter, in the order in which a host is tested. */
export const filterBits = {
  disabled: 1,
  zone: 4,
  aggregate: 8,
  requiredTrait: 16,
  forbiddenTrait: 32,
  tenant: 64,
} as const

/** Aggregates that take only the tenants of some, by number. */
export type Isolation = ReadonlyMap<number, ReadonlySet<string>>

/**
 * For every kind, the bits of the constraints that it fails: labels are looked at once for all
 * kinds that agree in them.
 */
export function filterOf(
  ask: TemplateAsk,
  domain: Domain | undefined,
  kinds: Kinds,
  labels: Labels,
  isolation: Isolation,
): Uint8Array {
  const test = signatureTest(ask, domain, labels, isolation)
  const bits = Uint8Array.from(kinds.signatures, test)
  const racks = ask.racks && numbersOf(ask.racks, labels.racks)
  const rack = domain?.by === 'rack' ? domain.number : undefined
  const filter = new Uint8Array(kinds.size)
  for (let kind = 0; kind < filter.length; kind++) {
    const { signature, rack: own } = kinds.at(kind)
    const out = (racks && !racks.has(own)) || (rack !== undefined && rack !== own)
    filter[kind] = (bits[signature] as number) | (out ? filterBits.zone : 0)
  }
  return filter
}

function signatureTest(
  ask: TemplateAsk,
  domain: Domain | undefined,
  labels: Labels,
  isolation: Isolation,
): (signature: Signature) => number {
  const zones = ask.zones && numbersOf(ask.zones, labels.zones)
  const zone = domain?.by === 'zone' ? domain.number : undefined
  const memberOf = ask.memberOf?.map((set) => numbersOf(set, labels.aggregates)) ?? []
  const notMemberOf = numbersOf(ask.notMemberOf ?? [], labels.aggregates)
  const anyTraits = ask.anyTraits?.map((set) => numbersOf(set, labels.traits)) ?? []
  const required = (ask.requiredTraits ?? []).map((name) => labels.traits.find(name))
  const forbidden = numbersOf(ask.forbiddenTraits ?? [], labels.traits)
  const models = ask.devices?.models && numbersOf(ask.devices.models, labels.models)
  return (host) => {
    let bits = host.enabled ? 0 : filterBits.disabled
    if (zones && !zones.has(host.zone)) bits |= filterBits.zone
    if (zone !== undefined && zone !== host.zone) bits |= filterBits.zone
    const inAll = memberOf.every((set) => intersects(set, host.aggregates))
    if (!inAll || intersects(notMemberOf, host.aggregates)) bits |= filterBits.aggregate
    const hasAll =
      required.every((trait) => host.traits.has(trait)) &&
      anyTraits.every((set) => intersects(set, host.traits)) &&
      (!models || models.has(host.model))
    if (!hasAll) bits |= filterBits.requiredTrait
    if (intersects(forbidden, host.traits)) bits |= filterBits.forbiddenTrait
    if (isolation.size > 0 && !admits(host, ask.tenant, isolation)) bits |= filterBits.tenant
    return bits
  }
}

/** A host in several isolated aggregates takes the tenants of each. */
function admits(
  { aggregates }: Signature,
  tenant: string | undefined,
  isolation: Isolation,
): boolean {
  let isolated = false
  for (const aggregate of aggregates) {
    const tenants = isolation.get(aggregate)
    if (tenants === undefined) continue
    if (tenant !== undefined && tenants.has(tenant)) return true
    isolated = true
  }
  return !isolated
}

/** Names that no host has are left out: nothing is there to be found. */
function numbersOf(names: readonly string[], known: Names): ReadonlySet<number> {
  return new Set(names.map((name) => known.find(name)).filter((number) => number >= 0))
}

function intersects(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const each of a) if (b.has(each)) return true
  return false
}
