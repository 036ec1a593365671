import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { allocationKind, resizeAllocationId } from '../../model/compute/allocation.ts'
import { serverKind } from '../../model/compute/server.ts'
import {
  consumerKind,
  providerAllocationId,
  providerAllocationKind,
} from '../../model/placement/consumer.ts'
import type { Call } from '../call.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { planAllocations } from './allocation-plan.ts'
import { generationField, resourcesField, uuidField } from './fields.ts'
import { fetchProvider, readProviders } from './view.ts'

const admin = { scope: 'system', role: 'admin' } as const
const reader = { scope: 'system', role: 'reader' } as const

const ownerField = z
  .string()
  .min(1)
  .max(limits.nameLength)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has control characters')

/** Orders about consumers: each once, and in each a provider once. */
export const consumersField = z
  .array(
    z.strictObject({
      id: uuidField,
      projectId: ownerField,
      userId: ownerField,
      /** As OpenStack: upper case letters, digits, underscores. */
      type: z
        .string()
        .min(1)
        .max(limits.nameLength)
        .regex(/^[A-Z0-9_]+$/, 'is not a consumer type')
        .nullable()
        .default(null),
      /** The generation that was read; null: there is no such consumer yet. */
      generation: generationField.nullable().optional(),
      /** Everything it takes from now on; nothing at all removes it. */
      allocations: z
        .array(z.strictObject({ providerId: idField, resources: resourcesField }))
        .max(limits.consumerProviders)
        .refine(
          (all) => new Set(all.map(({ providerId }) => providerId)).size === all.length,
          'has duplicates',
        ),
    }),
  )
  .min(1)
  .max(limits.bulkConsumers)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'has duplicates')

/**
 * Replaces what consumers take, all or none. Consumers that are servers of this cloud are
 * compute's.
 *
 * @throws CloudError `stale` for another generation; `conflict` for servers and where there is no
 *   room; `invalid` for a provider that is not there.
 */
export const allocationSet = defineOperation({
  id: 'placement.allocation.set',
  summary: 'Replaces what consumers take of providers, all or none.',
  policy: admin,
  mutates: true,
  input: z.strictObject({ consumers: consumersField }),
  run: async (call, { consumers }): Promise<{ count: number }> => {
    const writes = new Writes()
    const { hostIds } = await planAllocations(call.kernel, writes, consumers)
    const answer = { count: consumers.length }
    await commitAllocations(call, writes, hostIds, consumers, answer)
    return answer
  },
})

/** Commits, and lets placement see what hosts hold now. */
export async function commitAllocations(
  call: Call,
  writes: Writes,
  hostIds: readonly string[],
  consumers: readonly { readonly id: string }[],
  answer: unknown,
): Promise<void> {
  if (hostIds.length > 0) call.kernel.fleet.doubt(hostIds)
  await call.commit(
    writes,
    consumers.map(({ id }) => id),
    answer,
  )
  if (hostIds.length === 0) return
  try {
    await call.kernel.fleet.reload(hostIds)
  } catch (error) {
    // The commit stands: the counters guard every claim, and the feed is followed before long.
    call.kernel.telemetry.logger.log('warn', 'placement could not read the use of hosts', {
      error: error instanceof Error ? error.message : 'unknown',
    })
  }
}

/** What one consumer takes of one provider. */
export interface AllocationView {
  readonly providerId: string
  /** Of the provider, as it is now. */
  readonly providerGeneration: number
  readonly resources: Readonly<Record<string, number>>
}

/** A consumer and all that it takes. */
export interface ConsumerView {
  readonly id: string
  readonly projectId: string
  readonly userId: string
  readonly type: string | null
  readonly generation: number
  /** True: a server of this cloud. */
  readonly isServer: boolean
  readonly allocations: readonly AllocationView[]
}

/** What servers are called among consumers. */
const serverType = 'INSTANCE'

export const allocationGet = defineOperation({
  id: 'placement.allocation.get',
  summary: 'What a consumer takes, servers included; null for one that takes nothing.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<ConsumerView | null> =>
    (await otherConsumer(call.kernel, id)) ?? (await serverConsumer(call.kernel, id)) ?? null,
})

async function otherConsumer(kernel: Kernel, id: string): Promise<ConsumerView | undefined> {
  const [consumer] = await kernel.store.get(consumerKind, [id])
  if (!consumer) return undefined
  const { providerIds } = consumer
  const rows = await kernel.store.get(
    providerAllocationKind,
    providerIds.map((providerId) => providerAllocationId(id, providerId)),
  )
  const { projectId, userId, type, generation } = consumer
  const takes = rows.flatMap((row) => row ?? [])
  const allocations = await withGenerations(kernel, takes)
  return { id, projectId, userId, type, generation, isServer: false, allocations }
}

async function serverConsumer(kernel: Kernel, id: string): Promise<ConsumerView | undefined> {
  const [[server], rows] = await Promise.all([
    kernel.store.get(serverKind, [id]),
    kernel.store.get(allocationKind, [id, resizeAllocationId(id)]),
  ])
  const found = rows.flatMap((row) => row ?? [])
  if (!server || found.length === 0) return undefined
  const allocations = await withGenerations(
    kernel,
    found.map(({ hostId, resources }) => ({ providerId: hostId, resources })),
  )
  return {
    id,
    projectId: server.projectId,
    userId: server.userId,
    type: serverType,
    generation: found.reduce((sum, { rev }) => sum + rev, 0),
    isServer: true,
    allocations,
  }
}

async function withGenerations(
  kernel: Kernel,
  takes: readonly Omit<AllocationView, 'providerGeneration'>[],
): Promise<AllocationView[]> {
  const ids = [...new Set(takes.map(({ providerId }) => providerId))]
  const views = await readProviders(kernel, ids)
  const generations = new Map(views.map((view, at) => [ids[at], view?.generation ?? 0]))
  // A resize on one host takes twice of it.
  const byProvider = new Map<string, Record<string, number>>()
  for (const { providerId, resources } of takes) {
    const sum = byProvider.get(providerId) ?? {}
    for (const [name, amount] of Object.entries(resources)) sum[name] = (sum[name] ?? 0) + amount
    byProvider.set(providerId, sum)
  }
  return [...byProvider].map(([providerId, resources]) => ({
    providerId,
    providerGeneration: generations.get(providerId) ?? 0,
    resources,
  }))
}

/** What one consumer takes of a provider. */
export interface ProviderConsumer {
  /** Of the allocation: the marker of the next page. */
  readonly id: string
  readonly consumerId: string
  /** Of the consumer. */
  readonly generation: number
  readonly resources: Readonly<Record<string, number>>
}

export const providerAllocations = defineOperation({
  id: 'placement.provider.allocations',
  summary: 'One page of what consumers take of a provider; of a host, servers come first.',
  policy: reader,
  mutates: false,
  input: z.strictObject({
    ...pageFields,
    id: idField,
    /** Of a host: its servers, or other consumers. */
    of: z.enum(['servers', 'others']).default('others'),
  }),
  run: async (call, input): Promise<ProviderConsumer[]> => {
    const { host } = await fetchProvider(call.kernel, input.id)
    if (input.of === 'servers') {
      if (!host) return []
      const where = { index: 'byHost', equals: [host.id] }
      const rows = await listPage(call, allocationKind, where, input)
      return rows.map(({ id, rev, resources }) => ({
        id,
        consumerId: id.split(':', 1)[0] as string,
        generation: rev,
        resources,
      }))
    }
    const where = { index: 'byProvider', equals: [input.id] }
    const rows = await listPage(call, providerAllocationKind, where, input)
    const consumerIds = rows.map(({ consumerId }) => consumerId)
    const consumers = await call.kernel.store.get(consumerKind, consumerIds)
    return rows.map(({ id, consumerId, resources }, at) => {
      return { id, consumerId, generation: consumers[at]?.generation ?? 0, resources }
    })
  },
})
