import { beforeEach, expect, test } from 'vitest'
import {
  claim,
  type ComputeKernel,
  computeKernel,
  memberOf,
  operator,
  unclaim,
} from '../../../test/compute-kernel.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Kernel } from '../../kernel.ts'
import { allocationKind, hostScope } from '../../model/compute/allocation.ts'
import { auditKind } from '../../model/audit/audit.ts'
import { invoke } from '../operation.ts'
import { hostUpdate } from './host-update.ts'
import { capacityGet, hostServers, hostUsage } from './host-usage.ts'
import { hostCreate, hostDelete, hostGet, hostList } from './host.ts'
import { zoneList } from './zone.ts'

let { kernel, scheduler }: ComputeKernel = await computeKernel()
beforeEach(async () => ({ kernel, scheduler } = await computeKernel()))

const inventory = { VCPU: { total: 8, ratio: 2 }, MEMORY_MB: { total: 1_000, reserved: 100 } }

async function create(names: readonly string[], more: object = {}): Promise<string[]> {
  const hosts = names.map((name) => ({ name, zone: 'z1', inventory, ...more }))
  return (await invoke(kernel, operator, hostCreate, { hosts })).hosts.map((host) => host.id)
}

test('hosts are made in one commit, with counters that claims are guarded by', async () => {
  const { transactions } = kernel.store.stats
  const ids = await create(['a', 'b'], { traits: ['HW_X'] })
  expect(kernel.store.stats.transactions - transactions).toBe(1)
  expect(await kernel.store.counters([hostScope(ids[1] as string)])).toEqual([
    { scope: hostScope(ids[1] as string), name: 'VCPU', value: 0, limit: 16 },
    { scope: hostScope(ids[1] as string), name: 'MEMORY_MB', value: 0, limit: 900 },
  ])
  const hosts = await invoke(kernel, operator, hostGet, { ids })
  expect(hosts.map((host) => host.name)).toEqual(['a', 'b'])
  expect(hosts[0]).toMatchObject({
    rev: 1,
    zone: 'z1',
    enabled: true,
    disabledReason: null,
    traits: ['HW_X'],
  })
  expect(scheduler.hosts.get(ids[0] as string)).toMatchObject({
    capacity: { VCPU: 16, MEMORY_MB: 900 },
  })
  expect((await kernel.store.query(auditKind, { limit: 9 })).map((row) => row.targets)).toEqual([
    ids,
  ])
})

test('statements do not grow with the number of hosts', async () => {
  const cost = async (names: string[]): Promise<number> => {
    const before = kernel.store.stats.statements
    await create(names)
    return kernel.store.stats.statements - before
  }
  const one = await cost(['one'])
  expect(await cost(Array.from({ length: 500 }, (_, i) => `many-${i}`))).toBe(one)
})

test('a repeat under one idempotency key makes the hosts once and answers alike', async () => {
  const input = { hosts: [{ name: 'a', zone: 'z1', inventory }] }
  const options = { idempotencyKey: 'k1' }
  const first = await invoke(kernel, operator, hostCreate, input, options)
  expect(await invoke(kernel, operator, hostCreate, input, options)).toEqual(first)
})

test('names are unique: in the call, and among hosts, also when two calls race', async () => {
  await expect(create(['a', 'a'])).rejects.toMatchObject({
    code: 'invalid',
    field: 'hosts[1].name',
  })
  await create(['a'])
  await expect(create(['b', 'a'])).rejects.toMatchObject({
    code: 'conflict',
    field: 'hosts[1].name',
  })
  expect(await invoke(kernel, operator, hostList, { name: 'b' })).toEqual([])
  const race = await Promise.allSettled([create(['c']), create(['c'])])
  expect(race.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(race.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'conflict' })
})

test('an unknown aggregate is named', async () => {
  await expect(create(['a'], { aggregateIds: ['none'] })).rejects.toMatchObject({
    code: 'notFound',
    field: 'hosts[0].aggregateIds[0]',
  })
})

test('hosts are the concern of operators', async () => {
  const admin = memberOf('p1', ['admin'])
  const calls = [
    invoke(kernel, admin, hostCreate, {}),
    invoke(kernel, admin, hostDelete, {}),
    invoke(kernel, admin, hostGet, {}),
    invoke(kernel, admin, hostList, {}),
    invoke(kernel, admin, hostUsage, {}),
    invoke(kernel, admin, hostServers, {}),
    invoke(kernel, admin, capacityGet, {}),
  ]
  for (const result of await Promise.allSettled(calls)) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'forbidden' } })
  }
  const reader = { ...operator, roles: ['reader'] }
  await expect(invoke(kernel, reader, hostCreate, {})).rejects.toMatchObject({ code: 'forbidden' })
  expect(await invoke(kernel, reader, hostList, {})).toEqual([])
})

test('lists page by id, and filter by zone, name and state', async () => {
  const ids = await create(['a', 'b', 'c'])
  await create(['d'], { zone: 'z2' })
  const first = await invoke(kernel, operator, hostList, { zone: 'z1', limit: 2 })
  expect(first.map((host) => host.id)).toEqual(ids.slice(0, 2))
  const rest = await invoke(kernel, operator, hostList, { zone: 'z1', limit: 2, marker: ids[1] })
  expect(rest.map((host) => host.id)).toEqual(ids.slice(2))
  const named = async (input: object): Promise<string[]> =>
    (await invoke(kernel, operator, hostList, input)).map((host) => host.name)
  expect(await named({ name: 'd', zone: 'z1' })).toEqual([])
  expect(await named({ name: 'd', zone: 'z2' })).toEqual(['d'])
  expect(await named({ enabled: false })).toEqual([])
  expect(await named({ enabled: true })).toEqual(['a', 'b', 'c', 'd'])
})

test('usage and servers of a host', async () => {
  const [id] = (await create(['a'])) as [string]
  await claim(kernel, id, { VCPU: 3, MEMORY_MB: 10 }, 's1')
  await claim(kernel, id, { VCPU: 1 }, 's1:resize')
  expect((await invoke(kernel, operator, hostUsage, { id })).classes).toEqual({
    VCPU: { total: 8, reserved: 0, ratio: 2, capacity: 16, used: 4 },
    MEMORY_MB: { total: 1_000, reserved: 100, ratio: 1, capacity: 900, used: 10 },
  })
  expect(await invoke(kernel, operator, hostServers, { id })).toEqual([
    {
      id: 's1',
      serverId: 's1',
      projectId: 'p1',
      resources: { VCPU: 3, MEMORY_MB: 10 },
      resize: false,
    },
    { id: 's1:resize', serverId: 's1', projectId: 'p1', resources: { VCPU: 1 }, resize: true },
  ])
  const rest = await invoke(kernel, operator, hostServers, { id, marker: 's1', limit: 1 })
  expect(rest.map((one) => one.id)).toEqual(['s1:resize'])
  await expect(invoke(kernel, operator, hostServers, { id: 'none' })).rejects.toMatchObject({
    code: 'notFound',
  })
})

test('a host that holds servers stays; none of the call is removed', async () => {
  const ids = await create(['a', 'b'])
  await claim(kernel, ids[1] as string, { VCPU: 1 }, 's1')
  await expect(invoke(kernel, operator, hostDelete, { ids })).rejects.toMatchObject({
    code: 'conflict',
    field: 'ids[1]',
    detail: { id: ids[1], resourceClass: 'VCPU' },
  })
  expect(await invoke(kernel, operator, hostGet, { ids })).toHaveLength(2)
  const [allocation] = await kernel.store.get(allocationKind, ['s1'])
  await unclaim(kernel, allocation as never)
  expect(await invoke(kernel, operator, hostDelete, { ids })).toEqual({ count: 2 })
})

test('an allocation of nothing holds its host as well', async () => {
  const [id] = (await create(['a'])) as [string]
  await claim(kernel, id, {}, 's1')
  await expect(invoke(kernel, operator, hostDelete, { ids: [id] })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('a removed host leaves nothing behind, and no claim can reach it', async () => {
  const [id] = (await create(['a'])) as [string]
  await invoke(kernel, operator, hostDelete, { ids: [id] })
  expect(await kernel.store.scan('', { limit: 10 })).toEqual([])
  expect(scheduler.hosts.size).toBe(0)
  await expect(claim(kernel, id, { VCPU: 1 })).rejects.toBeInstanceOf(CommitConflict)
  await expect(invoke(kernel, operator, hostDelete, { ids: [id] })).rejects.toMatchObject({
    code: 'notFound',
    field: 'ids',
  })
})

test('a claim that commits between the reads and the commit of a deletion wins', async () => {
  const [id] = (await create(['a'])) as [string]
  await claimBefore(kernel, id)
  await expect(invoke(kernel, operator, hostDelete, { ids: [id] })).rejects.toMatchObject({
    code: 'conflict',
  })
})

/** Lets a claim commit just before the next batch that removes something. */
async function claimBefore(target: Kernel, hostId: string): Promise<void> {
  const { store } = target
  const transact = store.transact.bind(store)
  let once = false
  store.transact = async (batches) => {
    if (!once && batches.some((batch) => (batch.drop ?? []).length > 0)) {
      once = true
      const scope = hostScope(hostId)
      const allocation = { id: 's1', hostId, projectId: 'p1', resources: { VCPU: 1 } }
      await transact([
        {
          kinds: [{ kind: allocationKind, writes: { insert: [allocation] } }],
          add: [{ scope, name: 'VCPU', add: 1 }],
          origin: 'other',
          at: 0,
        },
      ])
    }
    return transact(batches)
  }
}

test('zones are counted, their sizes shown to operators only', async () => {
  await create(['a', 'b'])
  const [id] = (await create(['c'], { zone: 'z0' })) as [string]
  expect((await invoke(kernel, operator, zoneList, {})).zones).toEqual([
    { name: 'z0', available: true, hosts: 1, enabledHosts: 1 },
    { name: 'z1', available: true, hosts: 2, enabledHosts: 2 },
  ])
  expect((await invoke(kernel, memberOf('p1', ['reader']), zoneList, {})).zones).toEqual([
    { name: 'z0', available: true },
    { name: 'z1', available: true },
  ])
  await invoke(kernel, operator, hostDelete, { ids: [id] })
  expect((await invoke(kernel, operator, zoneList, {})).zones.map((zone) => zone.name)).toEqual([
    'z1',
  ])
  expect(await invoke(kernel, operator, capacityGet, {})).toMatchObject({
    hosts: 2,
    total: { VCPU: 32, MEMORY_MB: 1_800 },
    zones: [{ name: 'z1', hosts: 2 }],
  })
})

test('more resource classes than the engine tells apart are refused', async () => {
  const some = (first: number, count: number): object => ({
    inventory: Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`CUSTOM_C${first + i}`, 1]),
    ),
  })
  await create(['a'], some(0, 8))
  await create(['b'], some(8, 8))
  await expect(create(['c'], some(16, 1))).rejects.toMatchObject({
    code: 'invalid',
    field: 'hosts',
    limit: 16,
  })
  const [host] = await invoke(kernel, operator, hostList, {})
  const change = { id: host?.id, inventory: { CUSTOM_LAST: 1 } }
  await expect(invoke(kernel, operator, hostUpdate, change)).rejects.toMatchObject({
    code: 'invalid',
    field: 'inventory',
    limit: 16,
  })
  expect(await invoke(kernel, operator, hostList, {})).toHaveLength(2)
})
