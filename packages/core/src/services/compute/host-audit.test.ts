import { beforeEach, expect, test } from 'vitest'
import {
  claim,
  type ComputeKernel,
  computeKernel,
  memberOf,
  openQuotas,
  operator,
  serverRow,
} from '../../../test/compute-kernel.ts'
import { findingsOf, hostRules } from '../../../test/findings.ts'
import { Writes } from '../../commit/writes.ts'
import { allocationKind, hostScope } from '../../model/compute/allocation.ts'
import { type Host, hostKind } from '../../model/compute/host.ts'
import { groupScope, type ServerGroup, serverGroupKind } from '../../model/compute/server-group.ts'
import { serverKind } from '../../model/compute/server.ts'
import { invoke } from '../operation.ts'
import { aggregateCreate } from './aggregate.ts'
import { aggregateHostsScope, zoneHostsScope } from './host-counters.ts'
import { hostCreate } from './host.ts'
import { chargeGroup, serverGroupCreate } from './server-group.ts'

let { kernel }: ComputeKernel = await computeKernel()
let ids: string[] = []
let aggregateId = ''
beforeEach(async () => {
  ;({ kernel } = await computeKernel())
  await openQuotas(kernel, 'p1')
  aggregateId = (await invoke(kernel, operator, aggregateCreate, { name: 'a' })).id
  const hosts = ['a', 'b', 'c'].map((name) => ({
    name,
    zone: 'z1',
    inventory: { VCPU: 4, MEMORY_MB: 100 },
    aggregateIds: [aggregateId],
  }))
  ids = (await invoke(kernel, operator, hostCreate, { hosts })).hosts.map((host) => host.id)
  await claim(kernel, ids[0] as string, { VCPU: 3, MEMORY_MB: 10 })
  await claim(kernel, ids[0] as string, { VCPU: 1 })
  await claim(kernel, ids[2] as string, { VCPU: 4, MEMORY_MB: 100 })
})

const findings = async (): Promise<string[]> =>
  (await findingsOf(kernel, hostRules)).map(
    ({ invariant, subject, message }) => `${invariant} ${subject} ${message}`,
  )
const write = (change: (writes: Writes) => Writes): Promise<number> =>
  kernel.committer.commit(change(new Writes()))

test('nothing is found where nothing is wrong', async () => {
  expect(await findings()).toEqual([])
})

test('a host over capacity', async () => {
  const allocation = { id: 'x', hostId: ids[2] as string, projectId: 'p1', resources: { VCPU: 1 } }
  await write((writes) => writes.insert(allocationKind, allocation))
  expect(await findings()).toEqual([
    `1 host:${ids[2]} VCPU: 5 allocated, capacity 4`,
    `3 host:${ids[2]} VCPU: counter 4, allocations add up to 5`,
  ])
})

test('use that is counted wrong, on hosts with and without servers', async () => {
  await write((writes) =>
    writes
      .add({ scope: hostScope(ids[0] as string), name: 'MEMORY_MB', add: 1 })
      .add({ scope: hostScope(ids[1] as string), name: 'VCPU', add: 2 })
      .add({ scope: hostScope(ids[1] as string), name: 'CUSTOM_X', add: 1, limit: 1 }),
  )
  expect(await findings()).toEqual([
    `3 host:${ids[0]} MEMORY_MB: counter 11, allocations add up to 10`,
    `3 host:${ids[1]} VCPU: counter 2, allocations add up to 0`,
    `3 host:${ids[1]} CUSTOM_X: counter 1, allocations add up to 0`,
    `3 host:${ids[1]} CUSTOM_X: counter limit 1, capacity 0`,
  ])
})

test('a limit that is not the capacity', async () => {
  await write((writes) =>
    writes.limit({ scope: hostScope(ids[1] as string), name: 'VCPU', limit: 9 }),
  )
  expect(await findings()).toEqual([`3 host:${ids[1]} VCPU: counter limit 9, capacity 4`])
})

test('allocations and counters of absent hosts, before, between and after the others', async () => {
  const rows = ['!', `${ids[0]}0`, '~'].map((hostId) => ({
    id: `on${hostId}`,
    hostId,
    projectId: 'p1',
    resources: {},
  }))
  await write((writes) =>
    writes.insert(allocationKind, ...rows).limit({ scope: 'host:gone', name: 'VCPU', limit: 1 }),
  )
  expect(await findings()).toEqual([
    '2 host:! does not exist, 1 allocations',
    `2 host:${ids[0]}0 does not exist, 1 allocations`,
    '2 host:~ does not exist, 1 allocations',
    '3 host:gone does not exist, but its counters do',
  ])
})

test('claims that commit while the audit reads are not reported', async () => {
  const { store } = kernel
  const query = store.query.bind(store)
  let reads = 0
  store.query = async (kind, where) => {
    const rows = await query(kind, where)
    // Once while all hosts are read, and once more while this one is read by itself.
    if (kind.name === allocationKind.name && reads++ < 2)
      await claim(kernel, ids[1] as string, { VCPU: 1 })
    return rows
  }
  expect(await findings()).toEqual([])
  expect(reads).toBe(3)
})

test('what changes whenever it is looked at is left to the next audit', async () => {
  await write((writes) => writes.add({ scope: hostScope(ids[1] as string), name: 'VCPU', add: 1 }))
  const query = kernel.store.query.bind(kernel.store)
  let looks = 0
  kernel.store.query = async (kind, where) => {
    if (kind.name === allocationKind.name && where.equals) {
      looks++
      await claim(kernel, ids[1] as string, { MEMORY_MB: 1 })
    }
    return query(kind, where)
  }
  expect(await findings()).toEqual([])
  expect(looks).toBe(3)
})

test('zones and aggregates that are counted wrong', async () => {
  await write((writes) =>
    writes.add({ scope: zoneHostsScope, name: 'z1', add: 1 }).add({
      scope: aggregateHostsScope(aggregateId),
      name: ids[0] as string,
      add: -1,
      transient: true,
    }),
  )
  const [host] = await kernel.store.get(hostKind, [ids[1] as string])
  await write((writes) =>
    writes.update(hostKind, { ...(host as Host), zone: 'z2', aggregateIds: [] }),
  )
  expect((await findings()).sort()).toEqual(
    [
      `3 counter:aggregate:${aggregateId} hosts is 3, the rows add up to 2`,
      `3 counter:aggregateHosts:${aggregateId} ${ids[0]} is absent, the rows add up to 1`,
      `3 counter:aggregateHosts:${aggregateId} ${ids[1]} is 1, the rows add up to 0`,
      '3 counter:zone:enabled z1 is 3, the rows add up to 2',
      '3 counter:zone:enabled z2 is absent, the rows add up to 1',
      '3 counter:zone:hosts z1 is 4, the rows add up to 2',
      '3 counter:zone:hosts z2 is absent, the rows add up to 1',
    ].sort(),
  )
})

async function group(
  policy: string,
  hostIds: readonly (readonly string[])[],
): Promise<ServerGroup> {
  const { id } = await invoke(kernel, memberOf('p1'), serverGroupCreate, { name: 'g', policy })
  const row = (await kernel.store.get(serverGroupKind, [id]))[0] as ServerGroup
  const servers = hostIds.map(([hostId, other], index) =>
    serverRow(`${id}-${index}`, {
      groupId: id,
      hostId: hostId as string,
      ...(other === undefined
        ? {}
        : { resize: { hostId: other, zone: 'z1', flavor: serverRow('x').flavor } }),
    }),
  )
  const counts = new Map<string, number>()
  for (const hostId of hostIds.flat()) counts.set(hostId, (counts.get(hostId) ?? 0) + 1)
  await write((writes) => {
    // The plant writes what the guards refuse.
    chargeGroup(
      writes,
      { ...row, policy: 'soft-affinity' },
      [...counts].map(([hostId, count]) => ({ hostId, count })),
      1,
    )
    return writes.insert(serverKind, ...servers)
  })
  return row
}

test('strict groups whose rule is broken', async () => {
  const apart = await group('anti-affinity', [['h1'], ['h1'], ['h2']])
  const together = await group('affinity', [['h1'], ['h2']])
  expect((await findings()).sort()).toEqual(
    [
      `4 serverGroup:${apart.id} h1 holds 2 of at most 1`,
      `4 serverGroup:${together.id} 2 members on 2 hosts`,
    ].sort(),
  )
})

test('groups that keep their rule, soft ones, and open resizes are no findings', async () => {
  await group('anti-affinity', [['h1'], ['h2', 'h3']])
  await group('affinity', [['h1'], ['h2', 'h1']])
  await group('soft-affinity', [['h1'], ['h2']])
  await group('soft-anti-affinity', [['h1'], ['h1']])
  expect(await findings()).toEqual([])
})

test('members that are counted wrong, and a group that is gone', async () => {
  const one = await group('affinity', [['h1']])
  await write((writes) => writes.add({ scope: groupScope(one.id), name: 'h1', add: 1 }))
  await write((writes) =>
    writes.insert(serverKind, serverRow('s9', { groupId: 'gone', projectId: 'p9' })),
  )
  const ofGone = [
    '14 server:s9 its serverGroup gone does not exist',
    '3 counter:group:gone host is absent, the rows add up to 1',
    '3 counter:groupMembers:gone members is absent, the rows add up to 1',
  ]
  expect((await findings()).sort()).toEqual(
    [`3 counter:group:${one.id} h1 is 2, the rows add up to 1`, ...ofGone].sort(),
  )
  const [server] = await kernel.store.get(serverKind, [`${one.id}-0`])
  await write((writes) => writes.remove(serverKind, server as never))
  expect((await findings()).sort()).toEqual(
    [
      `3 counter:group:${one.id} h1 is 2, the rows add up to 0`,
      `3 counter:groupMembers:${one.id} members is 1, the rows add up to 0`,
      ...ofGone,
    ].sort(),
  )
})
