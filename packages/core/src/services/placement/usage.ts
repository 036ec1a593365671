import { z } from 'zod'
import { allocationKind, resizeAllocationId } from '../../model/compute/allocation.ts'
import { serverKind } from '../../model/compute/server.ts'
import {
  consumerKind,
  providerAllocationId,
  providerAllocationKind,
} from '../../model/placement/consumer.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { everyRow } from '../page.ts'
import { fetchProvider, hostAsProvider, asProvider, readUse } from './view.ts'

const reader = { scope: 'system', role: 'reader' } as const

/** What is used of one provider, by resource class. */
export interface ProviderUsage {
  readonly generation: number
  readonly usages: Readonly<Record<string, number>>
}

export const providerUsage = defineOperation({
  id: 'placement.provider.usage',
  summary: 'What is used of a provider, by resource class.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async ({ kernel }, { id }): Promise<ProviderUsage> => {
    const { host, provider } = await fetchProvider(kernel, id)
    const view = host ? hostAsProvider(host) : asProvider(provider)
    const used = (await readUse(kernel, [view])).get(id)
    const names = Object.keys(view.inventories)
    return {
      generation: view.generation,
      usages: Object.fromEntries(names.map((name) => [name, used?.get(name) ?? 0])),
    }
  },
})

/** What consumers of one type use together. */
export interface TypeUsage {
  /** Null: whoever made them did not say. */
  readonly type: string | null
  readonly consumers: number
  readonly usages: Readonly<Record<string, number>>
}

interface Sums {
  consumers: number
  readonly usages: Record<string, number>
}

/** Reads pages of consumers: its cost grows with what the project has, a statement a thousand. */
export const placementUsageGet = defineOperation({
  id: 'placement.usage.get',
  summary: 'What the consumers of a project use, by type.',
  policy: reader,
  mutates: false,
  input: z.strictObject({ projectId: idField, userId: idField.optional() }),
  run: async (call, { projectId, userId }): Promise<TypeUsage[]> => {
    const { kernel } = call
    const types = new Map<string | null, Sums>()
    const add = (type: string | null, takes: readonly Readonly<Record<string, number>>[]): void => {
      const sums = types.get(type) ?? { consumers: 0, usages: {} }
      types.set(type, sums)
      sums.consumers++
      for (const resources of takes) {
        for (const [name, amount] of Object.entries(resources))
          sums.usages[name] = (sums.usages[name] ?? 0) + amount
      }
    }
    const mine = (row: { readonly userId: string }): boolean =>
      userId === undefined || row.userId === userId
    const where = { index: 'byProject', equals: [projectId] }
    for await (const page of everyRow(kernel, serverKind, where)) {
      const ids = page.filter(mine).flatMap(({ id }) => [id, resizeAllocationId(id)])
      const rows = await kernel.store.get(allocationKind, ids)
      for (let at = 0; at < ids.length; at += 2) {
        const takes = rows.slice(at, at + 2).flatMap((row) => (row ? [row.resources] : []))
        if (takes.length > 0) add('INSTANCE', takes)
      }
    }
    for await (const page of everyRow(kernel, consumerKind, where)) {
      const own = page.filter(mine)
      const ids = own.map((row) => row.providerIds.map((id) => providerAllocationId(row.id, id)))
      const rows = await kernel.store.get(providerAllocationKind, ids.flat())
      const byId = new Map(rows.flatMap((row) => (row ? [[row.id, row.resources] as const] : [])))
      for (const [at, { type }] of own.entries()) {
        add(
          type,
          (ids[at] ?? []).flatMap((id) => {
            const resources = byId.get(id)
            return resources ? [resources] : []
          }),
        )
      }
    }
    return [...types].map(([type, sums]) => ({ type, ...sums }))
  },
})
