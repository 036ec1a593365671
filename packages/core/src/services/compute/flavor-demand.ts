import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Flavor } from '../../model/compute/flavor.ts'

/** What one server of a flavor asks of a host. */
export interface FlavorDemand {
  /** By resource class; no amount is 0. */
  readonly resources: Record<string, number>
  readonly requiredTraits: string[]
  readonly forbiddenTraits: string[]
  /** Metadata that one of the host's aggregates must have. */
  readonly aggregateSpecs: Record<string, string>
}

/** Largest amount of one class: placement counts in 32 bits. */
const amountMax = 2 ** 31 - 1

const resourceKey = /^resources:(VCPU|MEMORY_MB|DISK_GB|CUSTOM_[A-Z0-9_]{1,248})$/
const traitKey = /^trait:([A-Z][A-Z0-9_]{0,254})$/
const aggregateKey = /^aggregate_instance_extra_specs:(.{1,255})$/u
const amountText = /^(0|[1-9][0-9]{0,9})$/

/**
 * The demand of a flavor: its own amounts, overridden by `resources:CLASS` (0 removes the class),
 * with `trait:NAME` and `aggregate_instance_extra_specs:key` as conditions on the host.
 *
 * @throws CloudError `invalid` for extra specs that `checkExtraSpecs` refuses.
 */
export function flavorDemand(flavor: FlavorAmounts): FlavorDemand {
  const resources = new Map<string, number>([
    ['VCPU', flavor.vcpus],
    ['MEMORY_MB', flavor.ramMb],
    ['DISK_GB', flavor.diskGb + flavor.ephemeralGb + Math.ceil(flavor.swapMb / 1024)],
  ])
  const requiredTraits: string[] = []
  const forbiddenTraits: string[] = []
  const aggregateSpecs: [string, string][] = []
  for (const [key, value] of Object.entries(flavor.extraSpecs).sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    const spec = readSpec(key, value)
    if (spec.kind === 'resource') resources.set(spec.name, spec.amount)
    else if (spec.kind === 'aggregate') aggregateSpecs.push([spec.name, value])
    else if (spec.kind === 'trait')
      (value === 'required' ? requiredTraits : forbiddenTraits).push(spec.name)
  }
  return {
    resources: Object.fromEntries([...resources].filter(([, amount]) => amount > 0)),
    requiredTraits,
    forbiddenTraits,
    aggregateSpecs: Object.fromEntries(aggregateSpecs),
  }
}

export type FlavorAmounts = Pick<
  Flavor,
  'vcpus' | 'ramMb' | 'diskGb' | 'ephemeralGb' | 'swapMb' | 'extraSpecs'
>

/**
 * Refuses extra specs that placement would misread or find no host for: malformed keys, amounts out
 * of range, too many classes or traits, nothing asked at all.
 *
 * @throws CloudError `invalid` with `field` `extraSpecs` or `extraSpecs.KEY`.
 */
export function checkExtraSpecs(flavor: FlavorAmounts): void {
  const bounded = (field: string, size: number, limit: number): void => {
    if (size <= limit) return
    throw new CloudError('invalid', `${field}: more than ${limit}.`, { field, limit })
  }
  bounded('extraSpecs', Object.keys(flavor.extraSpecs).length, limits.extraSpecs)
  const demand = flavorDemand(flavor)
  for (const [name, amount] of Object.entries(demand.resources)) {
    bounded(`extraSpecs.resources:${name}`, amount, amountMax)
  }
  bounded('extraSpecs', Object.keys(demand.resources).length, limits.resourceClasses)
  bounded('extraSpecs', demand.requiredTraits.length + demand.forbiddenTraits.length, limits.traits)
  if (Object.keys(demand.resources).length === 0) {
    throw new CloudError('invalid', 'extraSpecs: leave no resource to ask for.', {
      field: 'extraSpecs',
    })
  }
}

type Spec =
  | { readonly kind: 'resource'; readonly name: string; readonly amount: number }
  | { readonly kind: 'trait' | 'aggregate' | 'other'; readonly name: string }

/** What other keys are made of (Nova); those of placement's families are taken at their word. */
const otherKey = /^(?!(?:resources|trait|aggregate_instance_extra_specs)\w*:)[\w:.\- ]{1,255}$/

function readSpec(key: string, value: string): Spec {
  const refuse = (reason: string): CloudError =>
    new CloudError('invalid', `extraSpecs.${key}: ${reason}.`, { field: `extraSpecs.${key}` })
  const resource = resourceKey.exec(key)?.[1]
  if (resource !== undefined) {
    if (!amountText.test(value)) throw refuse('is not a whole number')
    return { kind: 'resource', name: resource, amount: Number(value) }
  }
  const trait = traitKey.exec(key)?.[1]
  if (trait !== undefined) {
    if (value !== 'required' && value !== 'forbidden') throw refuse('is not required or forbidden')
    return { kind: 'trait', name: trait }
  }
  const aggregate = aggregateKey.exec(key)?.[1]
  if (aggregate !== undefined) return { kind: 'aggregate', name: aggregate }
  // Said to drivers and to people: placing does not depend on it.
  if (otherKey.test(key)) return { kind: 'other', name: key }
  throw refuse('is not resources:CLASS, trait:NAME, aggregate_instance_extra_specs:key or other')
}
