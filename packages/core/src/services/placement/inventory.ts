import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { capacityOf } from '../../model/compute/host.ts'
import {
  type Provider,
  type ProviderInventory,
  providerKind,
  providerScope,
} from '../../model/placement/provider.ts'
import { resourceClassField } from '../compute/host-inventory.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { countMarks, dropClass, limitClass } from './counters.ts'
import { generationField, inventoriesField } from './fields.ts'
import { requireClassNames } from './names.ts'
import { asProvider, fetchProvider, type ProviderView } from './view.ts'

const inventoryInput = z.strictObject({
  id: idField,
  /** The generation that was read; without it, whatever it is. */
  generation: generationField.optional(),
  /** What these classes become; all there is if `replace`. */
  inventories: inventoriesField.default({}),
  /** True: classes not named go. */
  replace: z.boolean().default(false),
  /** Classes to remove. */
  remove: z.array(resourceClassField).max(limits.providerClasses).default([]),
  /** `new`: none of the classes may be there yet; `present`: all must. */
  expect: z.enum(['any', 'new', 'present']).default('any'),
})

/**
 * Changes what a provider has. A capacity below what is used is allowed, as in OpenStack Placement:
 * it takes nothing away and stops growth. A class of which something is used cannot go.
 *
 * @throws CloudError `stale` when the generation is another one; `conflict` for a host, a class in
 *   use, a class that is or is not there; `notFound` for a class to remove that is not there.
 */
export const providerSetInventory = defineOperation({
  id: 'placement.provider.setInventory',
  summary: 'Sets, replaces and removes inventories of a provider that is no host.',
  policy: { scope: 'system', role: 'admin' },
  mutates: true,
  input: inventoryInput,
  run: async (call, input): Promise<ProviderView> => {
    const { kernel } = call
    const { provider, host } = await fetchProvider(kernel, input.id)
    if (host) throw ownedByCompute()
    requireGeneration(provider, input.generation)
    requireExpected(provider, input)
    const next = changed(provider, input)
    const writes = new Writes()
    await planInventory(kernel, writes, provider, next)
    const row = { ...provider, inventories: next, generation: provider.generation + 1 }
    writes.update(providerKind, { ...row, updatedAt: kernel.clock.now() })
    const answer = asProvider({ ...row, updatedAt: kernel.clock.now() })
    await call.commit(writes, [provider.id], answer)
    return answer
  },
})

/** Why placement does not write the inventories of a host. */
export function ownedByCompute(): CloudError {
  return new CloudError('conflict', 'Compute owns the inventories of its hosts: change the host.', {
    field: 'id',
    detail: { reason: 'host' },
  })
}

/** @throws CloudError `stale`. */
export function requireGeneration(
  { generation }: { readonly generation: number },
  wanted: number | undefined,
  field = 'generation',
): void {
  if (wanted === undefined || wanted === generation) return
  throw new CloudError(
    'stale',
    'The resource provider has another generation. Please update the generation and try again.',
    {
      field,
      detail: { reason: 'generation', generation },
    },
  )
}

function requireExpected(provider: Provider, input: z.infer<typeof inventoryInput>): void {
  for (const name of input.remove) {
    if (provider.inventories[name]) continue
    throw new CloudError('notFound', `No inventory of class ${name} found for delete.`, {
      field: 'remove',
    })
  }
  if (input.expect === 'any') return
  for (const name of Object.keys(input.inventories)) {
    const present = provider.inventories[name] !== undefined
    if (present === (input.expect === 'present')) continue
    throw new CloudError(
      present ? 'conflict' : 'invalid',
      present ? `There is an inventory of ${name} already.` : `No inventory record with ${name}.`,
      { field: `inventories.${name}` },
    )
  }
}

type Inventories = Readonly<Record<string, ProviderInventory>>

function changed(provider: Provider, input: z.infer<typeof inventoryInput>): Inventories {
  const base = input.replace ? {} : provider.inventories
  const entries = Object.entries({ ...base, ...input.inventories })
  const next = Object.fromEntries(entries.filter(([name]) => !input.remove.includes(name)))
  if (Object.keys(next).length > limits.providerClasses) {
    throw new CloudError('invalid', 'inventories: too many resource classes.', {
      field: 'inventories',
      limit: limits.providerClasses,
    })
  }
  return next
}

/**
 * Writes the counters that go with new inventories.
 *
 * @param given what the same commit gives back, by counter scope.
 * @throws CloudError `conflict` for a class in use, `invalid` for classes or capacities.
 */
export async function planInventory(
  kernel: Kernel,
  writes: Writes,
  provider: Provider,
  next: Inventories,
  given: ReadonlyMap<string, number> = new Map(),
): Promise<void> {
  await requireClassNames(kernel, Object.keys(next))
  for (const [name, inventory] of Object.entries(next)) requireCapacity(name, inventory)
  const gone = Object.keys(provider.inventories).filter((name) => !next[name])
  if (gone.length > 0) {
    const scopes = gone.map((name) => providerScope(provider.id, name))
    const counters = await kernel.store.counters(scopes)
    const used = counters.find(({ scope, value }) => value + (given.get(scope) ?? 0) > 0)
    if (used) {
      const name = used.scope.slice(used.scope.lastIndexOf(':') + 1)
      throw new CloudError(
        'conflict',
        `Inventory for '${name}' on resource provider '${provider.id}' in use.`,
        {
          field: `inventories.${name}`,
          detail: { reason: 'inventoryInUse', resourceClass: name },
        },
      )
    }
  }
  for (const name of gone) dropClass(writes, provider.id, name)
  for (const [name, inventory] of Object.entries(next)) {
    limitClass(writes, provider.id, name, inventory)
  }
  countMarks(writes, provider, { traits: provider.traits, inventories: next })
}

function requireCapacity(name: string, inventory: ProviderInventory): void {
  const field = `inventories.${name}`
  if (inventory.reserved > inventory.total) {
    throw new CloudError('invalid', `${field}.reserved: exceeds the total.`, {
      field: `${field}.reserved`,
      limit: inventory.total,
    })
  }
  if (capacityOf(inventory) <= limits.hostCapacity) return
  throw new CloudError('invalid', `${field}: the capacity is too large.`, {
    field,
    limit: limits.hostCapacity,
  })
}
