import { capacityOf, hostKind } from '../../../model/compute/host.ts'
import { providerAllocationKind } from '../../../model/placement/consumer.ts'
import { isStandardClass } from '../../../model/placement/names.ts'
import {
  classUseScope,
  providerKind,
  providerScope,
  traitUseScope,
} from '../../../model/placement/provider.ts'
import { usedCounter } from '../../placement/counters.ts'
import { unequalSums } from '../equal.ts'
import {
  type AuditKernel,
  type Charge,
  opened,
  type Problem,
  type ScopeSums,
  type SumRule,
  type Tally,
  tallyPart,
} from '../rule.ts'

/** The provider of a scope, which is its id, a colon and a resource class. */
const ownerOf = (id: string): string => id.slice(0, id.indexOf(':'))

/** What consumers take of a provider that is no host, per resource class. */
const providerTally: Tally = {
  prefix: 'provider:',
  parts: [
    tallyPart(
      providerKind,
      ({ id, inventories }) =>
        Object.keys(inventories).flatMap((name) => opened(providerScope(id, name), usedCounter)),
      { name: '', keys: (id) => [ownerOf(id)] },
    ),
    tallyPart(
      providerAllocationKind,
      ({ onHost, providerId, resources }) => {
        if (onHost) return []
        return Object.entries(resources).map(([name, amount]) => {
          return { scope: providerScope(providerId, name), name: usedCounter, amount }
        })
      },
      { name: 'byProvider', keys: (id) => [ownerOf(id)] },
    ),
  ],
}

/** Hosts and other providers that have a trait. */
export const traitTally: Tally = {
  prefix: 'trait:',
  parts: [
    tallyPart(hostKind, ({ traits }) => traits.map(traitUse)),
    tallyPart(providerKind, ({ traits }) => traits.map(traitUse)),
  ],
}

/** Hosts and other providers that have an inventory of a class which is not a standard one. */
export const resourceClassTally: Tally = {
  prefix: 'resourceClass:',
  parts: [
    tallyPart(hostKind, ({ inventory }) => classUses(inventory)),
    tallyPart(providerKind, ({ inventories }) => classUses(inventories)),
  ],
}

function traitUse(name: string): Charge {
  return { scope: traitUseScope, name, amount: 1 }
}

function classUses(inventories: Readonly<Record<string, unknown>>): Charge[] {
  return Object.keys(inventories)
    .filter((name) => !isStandardClass(name))
    .map((name) => ({ scope: classUseScope, name, amount: 1 }))
}

/** Use equals what is allocated, and the limit is the capacity. */
export const providerUseRule: SumRule = {
  type: 'sum',
  name: 'provider-use',
  tally: providerTally,
  judge: async (kernel, page) => [
    ...page.flatMap(unequalSums),
    ...(await wrongLimits(kernel, page)),
  ],
}

async function wrongLimits(kernel: AuditKernel, page: readonly ScopeSums[]): Promise<Problem[]> {
  const owners = [...new Set(page.map(({ id }) => ownerOf(id)))]
  const rows = await kernel.store.get(providerKind, owners)
  const providers = new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])))
  return page.flatMap(({ scope, id, counters }): Problem[] => {
    const provider = providers.get(ownerOf(id))
    // Counters without a provider are found by their sums, or by what points to it.
    if (!provider) return []
    const inventory = provider.inventories[id.slice(id.indexOf(':') + 1)]
    const capacity = inventory && capacityOf(inventory)
    return counters
      .filter(({ limit }) => limit !== capacity)
      .map(({ name, limit }): Problem => {
        const message = `has the limit ${limit}, the capacity is ${capacity ?? 'none'}`
        return { of: scope, subject: `counter:${scope} ${name}`, message }
      })
  })
}
