import { beforeEach, expect, test } from 'vitest'
import { claim, type ComputeKernel, computeKernel, operator } from '../../../test/compute-kernel.ts'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import { hostScope } from '../../model/compute/allocation.ts'
import { type Host, hostKind } from '../../model/compute/host.ts'
import { invoke } from '../operation.ts'
import { hostCreate, hostGet } from './host.ts'
import { giveBackRoom } from './host-room.ts'
import { hostUpdate } from './host-update.ts'
import { zoneList } from './zone.ts'

let { kernel, scheduler }: ComputeKernel = await computeKernel()
let id = ''
beforeEach(async () => {
  ;({ kernel, scheduler } = await computeKernel())
  const hosts = [{ name: 'a', zone: 'z1', inventory: { VCPU: 8, MEMORY_MB: 100 } }]
  id = (await invoke(kernel, operator, hostCreate, { hosts })).hosts[0]?.id as string
})

const update = (input: object): Promise<Host> =>
  invoke(kernel, operator, hostUpdate, { id, ...input })
const counters = async (): Promise<unknown> =>
  Object.fromEntries(
    (await kernel.store.counters([hostScope(id)])).map(({ name, value, limit }) => [
      name,
      [value, limit],
    ]),
  )

test('C9: disabling keeps a reason, enabling forgets it', async () => {
  expect(await update({ enabled: false, disabledReason: 'disk' })).toMatchObject({
    rev: 2,
    enabled: false,
    disabledReason: 'disk',
  })
  expect(scheduler.hosts.get(id)?.enabled).toBe(false)
  expect((await invoke(kernel, operator, zoneList, {})).zones).toEqual([
    { name: 'z1', available: false, hosts: 1, enabledHosts: 0 },
  ])
  expect(await update({ disabledReason: 'fan' })).toMatchObject({ disabledReason: 'fan' })
  expect(await update({ enabled: true })).toMatchObject({
    rev: 4,
    enabled: true,
    disabledReason: null,
  })
  await expect(update({ disabledReason: 'fan' })).rejects.toMatchObject({
    code: 'invalid',
    field: 'disabledReason',
  })
})

test('traits change under servers, the zone does not', async () => {
  await claim(kernel, id, { VCPU: 1 })
  expect(await update({ traits: ['HW_X'] })).toMatchObject({ traits: ['HW_X'] })
  expect(scheduler.hosts.get(id)?.traits).toEqual(['HW_X'])
  await expect(update({ zone: 'z2' })).rejects.toMatchObject({
    code: 'conflict',
    field: 'zone',
    detail: { resourceClass: 'VCPU', used: 1 },
  })
  expect(await update({ zone: 'z1' })).toMatchObject({ zone: 'z1' })
})

test('an empty host moves to another zone with its capacity whole', async () => {
  const answer = await update({ zone: 'z2' })
  expect(answer.zone).toBe('z2')
  expect((await invoke(kernel, operator, hostGet, { ids: [id] }))[0]).toEqual(answer)
  expect(await counters()).toEqual({ VCPU: [0, 8], MEMORY_MB: [0, 100] })
  expect((await invoke(kernel, operator, zoneList, {})).zones.map((zone) => zone.name)).toEqual([
    'z2',
  ])
})

test('C10: a larger inventory raises limits, with new classes, in one batch', async () => {
  await claim(kernel, id, { VCPU: 8 })
  const answer = await update({ inventory: { VCPU: 9, MEMORY_MB: 100, CUSTOM_GPU: 1 } })
  expect(answer.rev).toBe(2)
  expect(await counters()).toEqual({ VCPU: [8, 9], MEMORY_MB: [0, 100], CUSTOM_GPU: [0, 1] })
  await claim(kernel, id, { VCPU: 1, CUSTOM_GPU: 1 })
  await expect(claim(kernel, id, { VCPU: 1 })).rejects.toThrow('conflict')
})

test('a smaller inventory takes effect down to what is used, in one transaction', async () => {
  await claim(kernel, id, { VCPU: 3 })
  const { transactions } = kernel.store.stats
  const answer = await update({ inventory: { VCPU: 3, MEMORY_MB: { total: 100, reserved: 60 } } })
  expect(kernel.store.stats.transactions - transactions).toBe(1)
  expect((await invoke(kernel, operator, hostGet, { ids: [id] }))[0]).toEqual(answer)
  expect(await counters()).toEqual({ VCPU: [3, 3], MEMORY_MB: [0, 40] })
  expect(scheduler.hosts.get(id)?.capacity).toEqual({ VCPU: 3, MEMORY_MB: 40 })
  await expect(update({ inventory: { VCPU: 2 } })).rejects.toMatchObject({
    code: 'conflict',
    field: 'inventory.VCPU',
    limit: 3,
  })
})

test('a class in use cannot go; one that goes takes no more claims', async () => {
  await claim(kernel, id, { VCPU: 1 })
  await expect(update({ inventory: { MEMORY_MB: 100 } })).rejects.toMatchObject({
    code: 'conflict',
    field: 'inventory.VCPU',
  })
  await update({ inventory: { VCPU: 8 } })
  expect(await counters()).toEqual({ VCPU: [1, 8], MEMORY_MB: [0, 0] })
  await expect(claim(kernel, id, { MEMORY_MB: 1 })).rejects.toThrow('conflict')
})

test('a claim that commits just before a smaller inventory wins', async () => {
  const { store } = kernel
  const transact = store.transact.bind(store)
  let once = false
  store.transact = async (batches) => {
    if (!once) {
      once = true
      await transact([
        {
          kinds: [],
          add: [{ scope: hostScope(id), name: 'VCPU', add: 5 }],
          origin: 'other',
          at: 0,
        },
      ])
    }
    return transact(batches)
  }
  await expect(update({ inventory: { VCPU: 4, MEMORY_MB: 100 } })).rejects.toMatchObject({
    code: 'conflict',
    limit: 5,
  })
  expect(await counters()).toEqual({ VCPU: [5, 8], MEMORY_MB: [0, 100] })
})

test('what a crash left withheld is given back once, under the limits of then', async () => {
  await claim(kernel, id, { VCPU: 2 })
  const { committer } = kernel
  const commit = committer.commit.bind(committer)
  let calls = 0
  committer.commit = (writes) =>
    ++calls === 2 ? Promise.reject(new CloudError('unavailable', 'gone')) : commit(writes)
  const get = kernel.store.counters.bind(kernel.store)
  kernel.store.counters = (scopes) =>
    calls === 2 ? Promise.reject(new CloudError('unavailable', 'gone')) : get(scopes)
  await update({ inventory: { VCPU: 5, MEMORY_MB: 100 } })
  kernel.store.counters = get
  expect(await counters()).toEqual({ VCPU: [5, 8], MEMORY_MB: [0, 100] })
  // What is free meanwhile is what the new inventory has free.
  await claim(kernel, id, { VCPU: 3 })
  await expect(claim(kernel, id, { VCPU: 1 })).rejects.toThrow('conflict')
  await Promise.all([giveBackRoom(kernel), giveBackRoom(kernel)])
  expect(await counters()).toEqual({ VCPU: [5, 5], MEMORY_MB: [0, 100] })
  expect(await kernel.store.scan('withheld:', { limit: 9 })).toEqual([])
})

test('room is given back even when another update comes between', async () => {
  const { committer, store } = kernel
  const commit = committer.commit.bind(committer)
  let calls = 0
  committer.commit = async (writes) => {
    if (++calls === 2) {
      await committer.idle()
      const [host] = await store.get(hostKind, [id])
      await commit(new Writes().update(hostKind, { ...(host as Host), traits: ['HW_X'] }))
    }
    return commit(writes)
  }
  await update({ inventory: { VCPU: 4, MEMORY_MB: 100 } })
  expect(await counters()).toEqual({ VCPU: [0, 4], MEMORY_MB: [0, 100] })
  expect(await store.scan('withheld:', { limit: 9 })).toEqual([])
  expect((await invoke(kernel, operator, hostGet, { ids: [id] }))[0]).toMatchObject({
    traits: ['HW_X'],
  })
})

test('an update that loses gives nothing back, whatever revision the winner left', async () => {
  await claim(kernel, id, { VCPU: 4 })
  const { store } = kernel
  const transact = store.transact.bind(store)
  let once = false
  store.transact = async (batches) => {
    if (!once) {
      once = true
      const [host] = await store.get(hostKind, [id])
      const other = { ...(host as Host), traits: ['HW_X'] }
      await transact([
        { kinds: [{ kind: hostKind, writes: { update: [other] } }], origin: 'x', at: 0 },
      ])
    }
    return transact(batches)
  }
  await update({ inventory: { VCPU: 6, MEMORY_MB: 100 } })
  expect(await counters()).toEqual({ VCPU: [4, 6], MEMORY_MB: [0, 100] })
  expect((await invoke(kernel, operator, hostGet, { ids: [id] }))[0]).toMatchObject({
    traits: ['HW_X'],
  })
})

test('a lost first batch leaves nothing withheld', async () => {
  const results = await Promise.allSettled([
    update({ inventory: { VCPU: 4, MEMORY_MB: 100 } }),
    update({ inventory: { VCPU: 6, MEMORY_MB: 50 } }),
    update({ zone: 'z2' }),
  ])
  expect(results.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  const [host] = await invoke(kernel, operator, hostGet, { ids: [id] })
  const capacity = Object.fromEntries(
    Object.entries(host?.inventory ?? {}).map(([name, { total }]) => [name, [0, total]]),
  )
  expect(await counters()).toEqual(capacity)
})
