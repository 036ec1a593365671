import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { hostKind } from '../../model/compute/host.ts'
import { providerAllocationKind } from '../../model/placement/consumer.ts'
import { type Provider, providerKind } from '../../model/placement/provider.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { idField, idsField, nameField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { countMarks, dropClass } from './counters.ts'
import { uuidField } from './fields.ts'
import { joinTree, moveTree } from './tree.ts'
import { asProvider, fetchProvider, noProvider, type ProviderView, readProviders } from './view.ts'

const admin = { scope: 'system', role: 'admin' } as const
const reader = { scope: 'system', role: 'reader' } as const

/**
 * @throws CloudError `conflict` when the id or the name is taken or the tree is full, `notFound`
 *   for the parent.
 */
export const providerCreate = defineOperation({
  id: 'placement.provider.create',
  summary: 'Creates a provider of resources, as a root or beneath a provider or host.',
  policy: admin,
  mutates: true,
  input: z.strictObject({
    id: uuidField.optional(),
    name: nameField,
    parentId: idField.nullable().default(null),
  }),
  run: async (call, input): Promise<ProviderView> => {
    const { kernel } = call
    const id = input.id ?? kernel.ids.next()
    const [taken] = await readProviders(kernel, [id])
    if (taken) throw new CloudError('conflict', 'The id is taken.', { field: 'id' })
    await requireFreeName(kernel, input.name)
    const writes = new Writes()
    const at = kernel.clock.now()
    const row: Draft<Provider> = {
      id,
      name: input.name,
      ...(await joinTree(kernel, writes, id, input.parentId)),
      generation: 0,
      inventories: {},
      traits: [],
      aggregateIds: [],
      createdAt: at,
      updatedAt: at,
    }
    writes.insert(providerKind, row)
    const answer = asProvider({ ...row, rev: 1 })
    await call.commit(writes, [id], answer)
    return answer
  },
})

export const providerGet = defineOperation({
  id: 'placement.provider.get',
  summary: 'Providers by id, hosts among them, in the order asked.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ ids: idsField }),
  run: async (call, { ids }): Promise<ProviderView[]> => {
    const views = await readProviders(call.kernel, ids)
    return views.map((view, index) => {
      if (view) return view
      throw noProvider(ids[index] as string, ids.length > 1 ? `ids[${index}]` : 'ids')
    })
  },
})

/**
 * Renames a provider, or moves it with all that is beneath it to another parent.
 *
 * @throws CloudError `conflict` for a host, a taken name, a parent beneath it; `notFound`.
 */
export const providerUpdate = defineOperation({
  id: 'placement.provider.update',
  summary: 'Renames a provider; moves it with its subtree.',
  policy: admin,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: nameField.optional(),
    /** Null: becomes a root. */
    parentId: idField.nullable().optional(),
    /** True: a provider that has a parent keeps it, and one refuses to move it. */
    onlyRoots: z.boolean().default(false),
  }),
  run: async (call, input): Promise<ProviderView> => {
    const { kernel } = call
    const row = await fetchOther(
      call,
      input.id,
      'Compute owns its hosts: rename and place them there.',
    )
    const name = input.name ?? row.name
    if (name !== row.name) await requireFreeName(kernel, name)
    const writes = new Writes()
    const moves = input.parentId !== undefined && input.parentId !== row.parentId
    if (moves && input.onlyRoots && row.parentId !== null) {
      throw new CloudError('invalid', 'parentId: a parent cannot be changed.', {
        field: 'parentId',
      })
    }
    const place = moves ? await moveTree(kernel, writes, row, input.parentId as string | null) : {}
    const next = { ...row, ...place, name, updatedAt: kernel.clock.now() }
    writes.update(providerKind, next)
    const answer = asProvider(next)
    await call.commit(writes, [row.id], answer)
    return answer
  },
})

/** @throws CloudError `conflict` for a host, while it has children, or while something is used. */
export const providerDelete = defineOperation({
  id: 'placement.provider.delete',
  summary: 'Removes a provider that has no children and of which nothing is used.',
  policy: admin,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<void> => {
    const { kernel } = call
    const row = await fetchOther(call, id, 'Compute owns its hosts: remove them there.')
    const children = await kernel.store.query(providerKind, {
      index: 'byParent',
      equals: [id],
      limit: 1,
    })
    if (children.length > 0) {
      throw new CloudError('conflict', 'The provider has children.', {
        field: 'id',
        detail: { reason: 'children' },
      })
    }
    const used = await kernel.store.query(providerAllocationKind, {
      index: 'byProvider',
      equals: [id],
      limit: 1,
    })
    if (used.length > 0) {
      throw new CloudError('conflict', 'Something of the provider is allocated.', {
        field: 'id',
        detail: { reason: 'inUse' },
      })
    }
    const writes = new Writes().remove(providerKind, row)
    // A child that comes at the same time changes this row; an allocation, what is filled here.
    for (const name of Object.keys(row.inventories)) dropClass(writes, id, name)
    countMarks(writes, row, null)
    await call.commit(writes, [id], null)
  },
})

/** A provider that is no host. @throws CloudError `conflict` for a host, `notFound`. */
async function fetchOther(call: Call, id: string, reason: string): Promise<Provider> {
  const { provider } = await fetchProvider(call.kernel, id)
  if (provider) return provider
  throw new CloudError('conflict', reason, { field: 'id', detail: { reason: 'host' } })
}

async function requireFreeName(kernel: Kernel, name: string): Promise<void> {
  const [others, hosts] = await Promise.all([
    kernel.store.lookup(providerKind, 'byName', [[name]]),
    kernel.store.lookup(hostKind, 'byName', [[name]]),
  ])
  if (others.length + hosts.length === 0) return
  throw new CloudError('conflict', 'A provider has this name already.', {
    field: 'name',
    detail: { reason: 'name' },
  })
}
