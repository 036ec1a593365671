import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { poolKind, poolScope, provisionableGb, type VolumePool } from '../../model/block/pool.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { descriptionField, idField, nameField, pageFields } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { unlimited } from '../quota.ts'
import { operator, propertiesField, zoneNameField } from './fields.ts'

/** 1 EiB in GiB is 2^30: no pool is larger. */
const totalField = z
  .int()
  .min(0)
  .max(2 ** 30)
const reservedField = z.int().min(0).max(100)
const overField = z.number().min(1).max(1_000)

/** A pool with what is promised of it. */
export interface VolumePoolView extends VolumePool {
  /** GiB that may be promised, and that are. */
  readonly provisionableGb: number
  readonly allocatedGb: number
  /** Volumes and snapshots. */
  readonly volumes: number
}

export const poolCreate = defineOperation({
  id: 'block.pool.create',
  summary: 'Adds a pool of a back-end, where volumes can be placed.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    /** As the back-end calls it, e.g. `lvm#fast`: the part before `#` is the back-end’s name. */
    name: nameField,
    zone: zoneNameField.default('nova'),
    totalGb: totalField,
    reservedPercent: reservedField.default(0),
    overSubscription: overField.default(1),
    capabilities: propertiesField.default({}),
    enabled: z.boolean().default(true),
  }),
  run: async (call, input): Promise<VolumePoolView> => {
    const { kernel } = call
    const [[taken], held] = await Promise.all([
      kernel.store.lookup(poolKind, 'byName', [[input.name]]),
      kernel.store.count(poolKind, {}),
    ])
    if (taken) throw new CloudError('conflict', 'The name is taken.', { field: 'name' })
    if (held >= limits.volumePools) {
      throw new CloudError('quotaExceeded', 'There are as many pools as there may be.', {
        field: 'name',
        limit: limits.volumePools,
      })
    }
    const at = kernel.clock.now()
    const backend = input.name.split('#')[0] as string
    const pool = { ...input, id: kernel.ids.next(), backend, createdAt: at, updatedAt: at }
    const scope = poolScope(pool.id)
    const writes = new Writes()
      .insert(poolKind, pool)
      .limit({ scope, name: 'gigabytes', limit: provisionableGb(pool) })
      .limit({ scope, name: 'volumes', limit: unlimited })
    const answer = viewPool({ ...pool, rev: 1 }, undefined, undefined)
    await call.commit(writes, [pool.id], answer)
    return answer
  },
})

export const poolGet = defineOperation({
  id: 'block.pool.get',
  summary: 'Shows a pool and what is promised of it.',
  policy: operator,
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<VolumePoolView> => {
    const [view] = await viewPools(call, [await requirePool(call, id)])
    return view as VolumePoolView
  },
})

export const poolList = defineOperation({
  id: 'block.pool.list',
  summary: 'Lists the pools of all back-ends, by id.',
  policy: operator,
  mutates: false,
  input: z.strictObject({ ...pageFields, backend: nameField.optional() }),
  run: async (call, input): Promise<VolumePoolView[]> => {
    const { backend } = input
    const keep = backend === undefined ? undefined : (row: VolumePool) => row.backend === backend
    return viewPools(call, await listPage(call, poolKind, {}, input, keep))
  },
})

/** A smaller pool keeps its volumes: nothing more fits until enough of them are gone. */
export const poolUpdate = defineOperation({
  id: 'block.pool.update',
  summary: 'Changes a pool: its size, how much of it may be promised, whether it takes volumes.',
  policy: operator,
  mutates: true,
  input: z.strictObject({
    id: idField,
    totalGb: totalField.optional(),
    reservedPercent: reservedField.optional(),
    overSubscription: overField.optional(),
    capabilities: propertiesField.optional(),
    enabled: z.boolean().optional(),
    /** Why it takes no new volumes; null: it is not said. */
    disabledReason: descriptionField.nullable().optional(),
  }),
  run: async (call, input): Promise<VolumePoolView> => {
    const { id, ...patch } = input
    const before = await requirePool(call, id)
    const pool = { ...before, ...given(patch), updatedAt: call.kernel.clock.now() }
    const scope = poolScope(id)
    const writes = new Writes()
      .update(poolKind, pool)
      .limit({ scope, name: 'gigabytes', limit: provisionableGb(pool) })
    const counters = await call.kernel.store.counters([scope])
    const value = (name: string) => counters.find((counter) => counter.name === name)?.value
    const answer = viewPool({ ...pool, rev: pool.rev + 1 }, value('gigabytes'), value('volumes'))
    await call.commit(writes, [id], answer)
    return answer
  },
})

/** @throws CloudError `conflict` while it has volumes or snapshots. */
export const poolDelete = defineOperation({
  id: 'block.pool.delete',
  summary: 'Removes an empty pool.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: async (call, { id }): Promise<null> => {
    const pool = await requirePool(call, id)
    const [view] = await viewPools(call, [pool])
    if (view && view.volumes > 0) {
      throw new CloudError('conflict', `The pool has ${view.volumes} volumes and snapshots.`, {
        field: 'id',
        detail: { volumes: view.volumes },
      })
    }
    const scope = poolScope(id)
    const writes = new Writes()
      .remove(poolKind, pool)
      .add({ scope, name: 'volumes', add: unlimited })
      .drop(scope)
    await call.commit(writes, [id], null)
    return null
  },
})

async function requirePool(call: Call, id: string): Promise<VolumePool> {
  const [pool] = await call.kernel.store.get(poolKind, [id])
  if (!pool) throw notFound('volume pool', 'id')
  return pool
}

async function viewPools(call: Call, pools: readonly VolumePool[]): Promise<VolumePoolView[]> {
  if (pools.length === 0) return []
  const counters = await call.kernel.store.counters(pools.map(({ id }) => poolScope(id)))
  const values = new Map(counters.map(({ scope, name, value }) => [`${scope} ${name}`, value]))
  return pools.map((pool) => {
    const value = (name: string) => values.get(`${poolScope(pool.id)} ${name}`)
    return viewPool(pool, value('gigabytes'), value('volumes'))
  })
}

function viewPool(
  pool: VolumePool,
  allocatedGb: number | undefined,
  volumes: number | undefined,
): VolumePoolView {
  return {
    ...pool,
    provisionableGb: provisionableGb(pool),
    allocatedGb: allocatedGb ?? 0,
    volumes: volumes ?? 0,
  }
}
