import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { aggregateKind } from '../../model/compute/aggregate.ts'
import { type Host, hostKind } from '../../model/compute/host.ts'
import { type Provider, providerKind } from '../../model/placement/provider.ts'
import type { Call } from '../call.ts'
import { countHost } from '../compute/host-counters.ts'
import { traitsField } from '../compute/host-inventory.ts'
import { followHosts } from '../compute/host.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { countMarks } from './counters.ts'
import { aggregatesField, generationField } from './fields.ts'
import { requireGeneration } from './inventory.ts'
import { requireTraitNames } from './names.ts'
import {
  asProvider,
  disabledTrait,
  fetchProvider,
  hostAsProvider,
  type ProviderView,
} from './view.ts'

const admin = { scope: 'system', role: 'admin' } as const

/**
 * Replaces the traits of a provider. Those of a host are read when a server is placed.
 *
 * @throws CloudError `stale` for another generation, `invalid` for an unknown trait, `notFound`.
 */
export const providerSetTraits = defineOperation({
  id: 'placement.provider.setTraits',
  summary: 'Replaces the traits of a provider or a host.',
  policy: admin,
  mutates: true,
  input: z.strictObject({
    id: idField,
    generation: generationField.optional(),
    traits: traitsField,
  }),
  run: async (call, input): Promise<ProviderView> => {
    const { kernel } = call
    const { host, provider } = await fetchProvider(kernel, input.id)
    await requireTraitNames(kernel, input.traits)
    if (provider) return commitMarks(call, provider, input.generation, { traits: input.traits })
    requireGeneration(hostAsProvider(host), input.generation)
    // Whether a host takes servers is not a matter of its traits: it is shown as one.
    const traits = input.traits.filter((name) => name !== disabledTrait)
    return commitHost(call, host, { traits })
  },
})

/**
 * Replaces the aggregates of a provider. Hosts are in compute's aggregates only.
 *
 * @throws CloudError `stale` for another generation, `conflict` for an aggregate that a host cannot
 *   be in, `notFound`.
 */
export const providerSetAggregates = defineOperation({
  id: 'placement.provider.setAggregates',
  summary: 'Replaces the aggregates of a provider or a host.',
  policy: admin,
  mutates: true,
  input: z.strictObject({
    id: idField,
    generation: generationField.optional(),
    aggregateIds: aggregatesField,
  }),
  run: async (call, input): Promise<ProviderView> => {
    const { kernel } = call
    const { aggregateIds, generation } = input
    const { host, provider } = await fetchProvider(kernel, input.id)
    if (provider) return commitMarks(call, provider, generation, { aggregateIds })
    requireGeneration(hostAsProvider(host), generation)
    if (aggregateIds.length > limits.hostAggregates) {
      throw new CloudError('conflict', 'The host would be in too many aggregates.', {
        field: 'aggregateIds',
        limit: limits.hostAggregates,
      })
    }
    const rows = await kernel.store.get(aggregateKind, aggregateIds)
    const unknown = rows.findIndex((row) => !row)
    if (unknown >= 0) {
      throw new CloudError('conflict', 'A host can be in aggregates of compute only.', {
        field: `aggregateIds[${unknown}]`,
        detail: { reason: 'host' },
      })
    }
    return commitHost(call, host, { aggregateIds })
  },
})

async function commitMarks(
  call: Call,
  provider: Provider,
  generation: number | undefined,
  patch: Partial<Pick<Provider, 'traits' | 'aggregateIds'>>,
): Promise<ProviderView> {
  requireGeneration(provider, generation)
  const next: Provider = {
    ...provider,
    ...patch,
    generation: provider.generation + 1,
    updatedAt: call.kernel.clock.now(),
  }
  const writes = new Writes().update(providerKind, next)
  countMarks(writes, provider, next)
  const answer = asProvider(next)
  await call.commit(writes, [provider.id], answer)
  return answer
}

async function commitHost(
  call: Call,
  host: Host,
  patch: Partial<Pick<Host, 'traits' | 'aggregateIds'>>,
): Promise<ProviderView> {
  const next: Host = { ...host, ...patch, updatedAt: call.kernel.clock.now() }
  const writes = new Writes().update(hostKind, next)
  countHost(writes, host, next)
  const answer = hostAsProvider({ ...next, rev: host.rev + 1 })
  await call.commit(writes, [host.id], answer)
  await followHosts(call.kernel)
  return answer
}
