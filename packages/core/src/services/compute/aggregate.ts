import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Aggregate, aggregateKind } from '../../model/compute/aggregate.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField, metadataField, nameField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { unlimited } from '../quota.ts'
import { aggregateHostsScope, aggregateScope } from './host-counters.ts'
import { followHosts } from './host.ts'
import { nextNumber } from './numbers.ts'

const admin = { scope: 'system', role: 'admin' } as const
const reader = { scope: 'system', role: 'reader' } as const

export interface AggregateView extends Aggregate {
  readonly hostCount: number
}

/** @throws CloudError `conflict` when the name is taken. */
export const aggregateCreate = defineOperation({
  id: 'compute.aggregate.create',
  summary: 'Creates an empty set of hosts, with metadata that flavors may demand.',
  policy: admin,
  input: z.strictObject({ name: nameField, metadata: metadataField.default({}) }),
  mutates: true,
  run: async (call, input): Promise<AggregateView> => {
    const { kernel } = call
    await requireFreeName(kernel, input.name)
    const at = kernel.clock.now()
    const aggregate: Draft<Aggregate> = {
      id: kernel.ids.next(),
      number: await nextNumber(kernel, aggregateKind),
      ...input,
      createdAt: at,
      updatedAt: at,
    }
    const writes = new Writes()
      .insert(aggregateKind, aggregate)
      .limit({ scope: aggregateScope(aggregate.id), name: 'hosts', limit: unlimited })
    const answer = { ...aggregate, rev: 1, hostCount: 0 }
    await call.commit(writes, [aggregate.id], answer)
    return answer
  },
})

export const aggregateGet = defineOperation({
  id: 'compute.aggregate.get',
  summary: 'Shows an aggregate with the number of its hosts.',
  policy: reader,
  input: z.strictObject({ id: idField }),
  mutates: false,
  run: async (call, input): Promise<AggregateView> => {
    const [view] = await withCounts(call.kernel, [await fetchAggregate(call, input.id)])
    return view as AggregateView
  },
})

export const aggregateList = defineOperation({
  id: 'compute.aggregate.list',
  summary: 'One page of aggregates by name.',
  policy: reader,
  input: z.strictObject({
    ...pageFields,
    name: nameField.optional(),
    number: z.int().min(1).optional(),
  }),
  mutates: false,
  run: async (call, { name, number, ...page }): Promise<AggregateView[]> => {
    const where =
      number === undefined
        ? { index: 'byName', equals: name === undefined ? [] : [name] }
        : { index: 'byNumber', equals: [number] }
    const keep = (row: Aggregate): boolean => name === undefined || row.name === name
    const rows = await listPage(
      call,
      aggregateKind,
      where,
      page,
      number === undefined ? undefined : keep,
    )
    return withCounts(call.kernel, rows)
  },
})

/** @throws CloudError `conflict` when the name is taken. */
export const aggregateUpdate = defineOperation({
  id: 'compute.aggregate.update',
  summary: 'Renames an aggregate.',
  policy: admin,
  input: z.strictObject({ id: idField, name: nameField }),
  mutates: true,
  run: async (call, { id, name }): Promise<Aggregate> => {
    const aggregate = await fetchAggregate(call, id)
    if (name !== aggregate.name) await requireFreeName(call.kernel, name)
    return commitAggregate(call, aggregate, { name })
  },
})

const metadataInput = z.strictObject({
  id: idField,
  /** Keys to set. */
  metadata: metadataField.default({}),
  /** Keys to remove. */
  remove: z
    .array(z.string().min(1).max(limits.metadataLength))
    .max(limits.metadataItems)
    .default([]),
})

/**
 * Placement reads it when a flavor demands `aggregate_instance_extra_specs:key`. Zones are a
 * property of hosts here: the key `availability_zone` has no meaning.
 *
 * @throws CloudError `invalid` with the limit when there would be too many items.
 */
export const aggregateSetMetadata = defineOperation({
  id: 'compute.aggregate.setMetadata',
  summary: 'Sets and removes metadata of an aggregate.',
  policy: admin,
  input: metadataInput,
  mutates: true,
  run: async (call, input): Promise<Aggregate> => {
    const aggregate = await fetchAggregate(call, input.id)
    const items = new Map([
      ...Object.entries(aggregate.metadata),
      ...Object.entries(input.metadata),
    ])
    for (const key of input.remove) items.delete(key)
    if (items.size > limits.metadataItems) {
      throw new CloudError('invalid', `metadata: would have ${items.size} items.`, {
        field: 'metadata',
        limit: limits.metadataItems,
      })
    }
    return commitAggregate(call, aggregate, { metadata: Object.fromEntries(items) })
  },
})

async function commitAggregate(
  call: Call,
  aggregate: Aggregate,
  patch: Partial<Pick<Aggregate, 'name' | 'metadata'>>,
): Promise<Aggregate> {
  const next = { ...aggregate, ...patch, updatedAt: call.kernel.clock.now() }
  const answer = { ...next, rev: aggregate.rev + 1 }
  await call.commit(new Writes().update(aggregateKind, next), [aggregate.id], answer)
  await followHosts(call.kernel)
  return answer
}

/** @throws CloudError `conflict` while it has hosts. */
export const aggregateDelete = defineOperation({
  id: 'compute.aggregate.delete',
  summary: 'Removes an aggregate that has no hosts.',
  policy: admin,
  input: z.strictObject({ id: idField }),
  mutates: true,
  run: async (call, { id }): Promise<void> => {
    const aggregate = await fetchAggregate(call, id)
    const [view] = await withCounts(call.kernel, [aggregate])
    if (view && view.hostCount > 0) {
      throw new CloudError('conflict', 'The aggregate has hosts.', {
        field: 'id',
        detail: { hosts: view.hostCount },
      })
    }
    const scope = aggregateScope(id)
    // Filling the counter succeeds only if no host joined meanwhile; one that joins later finds
    // none.
    const writes = new Writes()
      .remove(aggregateKind, aggregate)
      .add({ scope, name: 'hosts', add: unlimited })
      .drop(scope)
      .drop(aggregateHostsScope(id))
    await call.commit(writes, [id], null)
    await followHosts(call.kernel)
  },
})

/** @throws CloudError `notFound`. */
export async function fetchAggregate(call: Call, id: string): Promise<Aggregate> {
  const [aggregate] = await call.kernel.store.get(aggregateKind, [id])
  if (!aggregate) throw notFound(aggregateKind.name, 'id')
  return aggregate
}

async function withCounts(
  kernel: Kernel,
  aggregates: readonly Aggregate[],
): Promise<AggregateView[]> {
  if (aggregates.length === 0) return []
  const counters = await kernel.store.counters(aggregates.map(({ id }) => aggregateScope(id)))
  const counts = new Map(counters.map(({ scope, value }) => [scope, value]))
  return aggregates.map((aggregate) => ({
    ...aggregate,
    hostCount: counts.get(aggregateScope(aggregate.id)) ?? 0,
  }))
}

async function requireFreeName(kernel: Kernel, name: string): Promise<void> {
  const taken = await kernel.store.lookup(aggregateKind, 'byName', [[name]])
  if (taken.length > 0) {
    throw new CloudError('conflict', 'An aggregate has this name already.', { field: 'name' })
  }
}
