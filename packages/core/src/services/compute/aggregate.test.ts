import { beforeEach, expect, test } from 'vitest'
import {
  type ComputeKernel,
  computeKernel,
  memberOf,
  operator,
} from '../../../test/compute-kernel.ts'
import { limits } from '../../base/limits.ts'
import { hostKind } from '../../model/compute/host.ts'
import { invoke } from '../operation.ts'
import { aggregateAddHosts, aggregateHosts, aggregateRemoveHosts } from './aggregate-hosts.ts'
import {
  aggregateCreate,
  aggregateDelete,
  aggregateGet,
  aggregateList,
  aggregateSetMetadata,
  aggregateUpdate,
} from './aggregate.ts'
import { hostCreate, hostDelete } from './host.ts'

let { kernel, scheduler }: ComputeKernel = await computeKernel()
beforeEach(async () => ({ kernel, scheduler } = await computeKernel()))

const create = async (name: string, metadata = {}): Promise<string> =>
  (await invoke(kernel, operator, aggregateCreate, { name, metadata })).id

async function hosts(count: number, aggregateIds: string[] = []): Promise<string[]> {
  const wanted = Array.from({ length: count }, (_, i) => ({
    name: `h${i}-${aggregateIds.length}`,
    zone: 'z1',
    inventory: { VCPU: 1 },
    aggregateIds,
  }))
  return (await invoke(kernel, operator, hostCreate, { hosts: wanted })).hosts.map(
    (host) => host.id,
  )
}

test('an aggregate is made empty, renamed, listed by name', async () => {
  const id = await create('fast', { ssd: 'true' })
  await create('blue')
  expect(await invoke(kernel, operator, aggregateGet, { id })).toMatchObject({
    rev: 1,
    name: 'fast',
    metadata: { ssd: 'true' },
    hostCount: 0,
  })
  await expect(create('fast')).rejects.toMatchObject({ code: 'conflict', field: 'name' })
  await expect(
    invoke(kernel, operator, aggregateUpdate, { id, name: 'blue' }),
  ).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(await invoke(kernel, operator, aggregateUpdate, { id, name: 'ant' })).toMatchObject({
    rev: 2,
  })
  const names = async (input: object): Promise<string[]> =>
    (await invoke(kernel, operator, aggregateList, input)).map((one) => one.name)
  expect(await names({})).toEqual(['ant', 'blue'])
  expect(await names({ name: 'blue' })).toEqual(['blue'])
  expect(await names({ marker: id })).toEqual(['blue'])
  await expect(invoke(kernel, memberOf('p1'), aggregateGet, { id })).rejects.toMatchObject({
    code: 'forbidden',
  })
})

test('C9: hosts join and leave, by themselves or as they are made; placement sees it', async () => {
  const id = await create('fast')
  const ids = await hosts(3)
  const born = await hosts(2, [id])
  expect(await invoke(kernel, operator, aggregateAddHosts, { id, hostIds: ids })).toEqual({
    changed: 3,
  })
  expect(await invoke(kernel, operator, aggregateAddHosts, { id, hostIds: ids })).toEqual({
    changed: 0,
  })
  expect(scheduler.hosts.get(ids[0] as string)?.aggregates).toEqual([id])
  expect((await invoke(kernel, operator, aggregateGet, { id })).hostCount).toBe(5)
  expect((await invoke(kernel, operator, aggregateList, {}))[0]?.hostCount).toBe(5)
  const all = [...ids, ...born].sort()
  expect(await invoke(kernel, operator, aggregateHosts, { id })).toEqual(all)
  expect(await invoke(kernel, operator, aggregateHosts, { id, limit: 2, marker: all[1] })).toEqual(
    all.slice(2, 4),
  )
  const leave = { id, hostIds: [ids[0]] }
  expect(await invoke(kernel, operator, aggregateRemoveHosts, leave)).toEqual({ changed: 1 })
  expect(await invoke(kernel, operator, aggregateRemoveHosts, leave)).toEqual({ changed: 0 })
  await invoke(kernel, operator, hostDelete, { ids: born })
  expect(await invoke(kernel, operator, aggregateHosts, { id })).toEqual(ids.slice(1))
})

test('unknown hosts and aggregates are named, and nothing is written', async () => {
  const id = await create('fast')
  const [host] = await hosts(1)
  await expect(
    invoke(kernel, operator, aggregateAddHosts, { id, hostIds: [host, 'none'] }),
  ).rejects.toMatchObject({ code: 'notFound', field: 'hostIds[1]' })
  for (const operation of [aggregateAddHosts, aggregateRemoveHosts]) {
    await expect(
      invoke(kernel, operator, operation, { id: 'none', hostIds: [host] }),
    ).rejects.toMatchObject({ code: 'notFound', field: 'id' })
  }
  expect((await invoke(kernel, operator, aggregateGet, { id })).hostCount).toBe(0)
})

test('a host is in a bounded number of aggregates', async () => {
  const many: string[] = []
  for (let i = 0; i <= limits.hostAggregates; i++) many.push(await create(`a${i}`))
  const last = many.pop() as string
  const hostIds = await hosts(1, many)
  await expect(
    invoke(kernel, operator, aggregateAddHosts, { id: last, hostIds }),
  ).rejects.toMatchObject({
    code: 'conflict',
    field: 'hostIds[0]',
    limit: limits.hostAggregates,
  })
})

test('metadata is set and removed, and bounded', async () => {
  const id = await create('fast', { a: '1', b: '2' })
  const set = (input: object): Promise<{ metadata: object }> =>
    invoke(kernel, operator, aggregateSetMetadata, { id, ...input })
  expect((await set({ metadata: { b: '3', c: '4' }, remove: ['a', 'none'] })).metadata).toEqual({
    b: '3',
    c: '4',
  })
  const full = Object.fromEntries(
    Array.from({ length: limits.metadataItems }, (_, i) => [`k${i}`, '']),
  )
  await expect(set({ metadata: full })).rejects.toMatchObject({
    code: 'invalid',
    field: 'metadata',
    limit: limits.metadataItems,
  })
  expect(Object.keys((await set({ metadata: full, remove: ['b', 'c'] })).metadata)).toHaveLength(
    128,
  )
})

test('an aggregate with hosts stays; a removed one leaves nothing to join', async () => {
  const id = await create('fast')
  const hostIds = await hosts(1, [id])
  await expect(invoke(kernel, operator, aggregateDelete, { id })).rejects.toMatchObject({
    code: 'conflict',
    detail: { hosts: 1 },
  })
  await invoke(kernel, operator, aggregateRemoveHosts, { id, hostIds })
  await invoke(kernel, operator, aggregateDelete, { id })
  expect(await kernel.store.scan('aggregate', { limit: 10 })).toEqual([])
  await expect(invoke(kernel, operator, aggregateGet, { id })).rejects.toMatchObject({
    code: 'notFound',
  })
})

test('when hosts join while the aggregate is removed, one side wins', async () => {
  const id = await create('fast')
  const hostIds = await hosts(2)
  const results = await Promise.allSettled([
    invoke(kernel, operator, aggregateAddHosts, { id, hostIds }),
    invoke(kernel, operator, aggregateDelete, { id }),
  ])
  expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected'])
  await invoke(kernel, operator, aggregateRemoveHosts, { id, hostIds })
  const again = await Promise.allSettled([
    invoke(kernel, operator, aggregateDelete, { id }),
    invoke(kernel, operator, aggregateAddHosts, { id, hostIds }),
    hosts(1, [id]),
  ])
  expect(again.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  const rows = await kernel.store.query(hostKind, { limit: 10 })
  expect(rows.flatMap((host) => host.aggregateIds)).toEqual([])
  expect(await kernel.store.scan('aggregate', { limit: 10 })).toEqual([])
})
