import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { providerKind } from '../../model/placement/provider.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { commitAllocations, consumersField } from './allocation.ts'
import { planAllocations } from './allocation-plan.ts'
import { usedCounter } from './counters.ts'
import { generationField, inventoriesField } from './fields.ts'
import { ownedByCompute, planInventory, requireGeneration } from './inventory.ts'
import { asProvider, type ProviderView } from './view.ts'
import { hostKind } from '../../model/compute/host.ts'

const reshapeInput = z.strictObject({
  providers: z
    .array(
      z.strictObject({
        id: idField,
        generation: generationField,
        /** All that it has from now on. */
        inventories: inventoriesField,
      }),
    )
    .max(limits.bulkConsumers)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'has duplicates'),
  consumers: consumersField,
})

/**
 * Moves inventories between providers together with what is allocated of them, in one commit. Hosts
 * keep their inventories: a host may be named with those that it has.
 *
 * @throws CloudError as setting inventories and allocations does.
 */
export const reshape = defineOperation({
  id: 'placement.reshape',
  summary: 'Changes inventories and what is allocated of them together.',
  policy: { scope: 'system', role: 'admin' },
  mutates: true,
  input: reshapeInput,
  run: async (call, input): Promise<{ count: number }> => {
    const { kernel } = call
    const ids = input.providers.map(({ id }) => id)
    const [rows, hosts] = await Promise.all([
      kernel.store.get(providerKind, ids),
      kernel.store.get(hostKind, ids),
    ])
    const at = kernel.clock.now()
    const instead = new Map<string, ProviderView>()
    for (const [index, { id, generation, inventories }] of input.providers.entries()) {
      if (hosts[index]) throw ownedByCompute()
      const row = rows[index]
      if (!row) {
        throw new CloudError('invalid', 'There is no such resource provider.', {
          field: `providers[${index}].id`,
          detail: { reason: 'noProvider', id },
        })
      }
      requireGeneration(row, generation, `providers[${index}].generation`)
      instead.set(id, asProvider({ ...row, inventories }))
    }
    const writes = new Writes()
    const { deltas, hostIds } = await planAllocations(kernel, writes, input.consumers, instead)
    const given = byScope(deltas)
    for (const [index, { inventories }] of input.providers.entries()) {
      const row = rows[index]
      if (!row) continue
      await planInventory(kernel, writes, row, inventories, given)
      const generation = row.generation + 1
      writes.update(providerKind, { ...row, inventories, generation, updatedAt: at })
    }
    const answer = { count: input.providers.length + input.consumers.length }
    await commitAllocations(call, writes, hostIds, input.consumers, answer)
    return answer
  },
})

function byScope(deltas: ReadonlyMap<string, number>): Map<string, number> {
  const suffix = ` ${usedCounter}`
  return new Map(
    [...deltas].flatMap(([key, delta]) =>
      key.endsWith(suffix) ? [[key.slice(0, -suffix.length), delta] as const] : [],
    ),
  )
}
