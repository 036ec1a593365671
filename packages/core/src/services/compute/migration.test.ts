import { beforeEach, expect, test } from 'vitest'
import { computeKernel, serverRow } from '../../../test/compute-kernel.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { aggregateKind } from '../../model/compute/aggregate.ts'
import {
  type Allocation,
  allocationKind,
  resizeAllocationId,
} from '../../model/compute/allocation.ts'
import { flavorKind } from '../../model/compute/flavor.ts'
import { type ServerBatch, serverBatchKind } from '../../model/compute/server-batch.ts'
import { groupScope, serverGroupKind } from '../../model/compute/server-group.ts'
import { serverKind } from '../../model/compute/server.ts'
import { memoryStore } from '../../reference/memory-store.ts'
import { movable, readLoad } from './migration.ts'

const small = { id: 'small', name: 'small', vcpus: 1, ramMb: 512, diskGb: 1 }
const resources = { VCPU: 1, MEMORY_MB: 512, DISK_GB: 1 }
let kernel: Kernel

beforeEach(async () => {
  const made = await computeKernel()
  const store = memoryStore()
  await store.open([
    aggregateKind,
    allocationKind,
    flavorKind,
    serverBatchKind,
    serverGroupKind,
    serverKind,
  ])
  kernel = { ...made.kernel, store }
})

async function write(writes: Writes): Promise<void> {
  const results = await kernel.store.transact([writes.batch('test', 1)])
  expect(results).toMatchObject([{ ok: true }])
}

function batchRow(fields: Partial<ServerBatch>): Omit<ServerBatch, 'rev'> {
  return {
    id: 'batch',
    projectId: 'p1',
    userId: 'user',
    requestId: 'req',
    name: 'web',
    minCount: 1,
    maxCount: 1,
    count: 1,
    hostsUsed: 1,
    flavor: small,
    imageId: null,
    groupId: null,
    zones: ['z1'],
    policy: 'best-fit',
    demand: { resources, requiredTraits: ['SSD'], forbiddenTraits: ['GPU'], memberOf: [['a']] },
    keyPair: null,
    userData: null,
    createdAt: 0,
    ...fields,
  }
}

function allocation(id: string, hostId = 'host'): Omit<Allocation, 'rev'> {
  return { id, hostId, projectId: 'p1', resources }
}

async function plan(): ReturnType<typeof movable> {
  return movable(kernel, [{ hostId: 'host', allocations: await readLoad(kernel, 'host', 100) }])
}

test('a server may lie where its request may; members of groups are counted', async () => {
  const group = { id: 'g', projectId: 'p1', name: 'g', policy: 'anti-affinity' as const }
  await write(
    new Writes()
      .insert(serverBatchKind, batchRow({}))
      .insert(serverGroupKind, { ...group, maxServerPerHost: 2, createdAt: 0 })
      .insert(serverKind, serverRow('s1', { groupId: 'g', flavor: small }))
      .insert(allocationKind, allocation('s1'), allocation('s2', 'other'))
      .add({ scope: groupScope('g'), name: 'other', add: 2, limit: 9, transient: true })
      .add({ scope: groupScope('g'), name: 'host', add: 1, limit: 9, transient: true }),
  )
  const { hosts, groups, pinned, projectOf } = await plan()
  const ask = {
    resources,
    requiredTraits: ['SSD'],
    forbiddenTraits: ['GPU'],
    memberOf: [['a']],
    zones: ['z1'],
    policy: 'best-fit',
    seed: 0,
  }
  expect(hosts).toEqual([{ hostId: 'host', claims: [{ key: 's1', ask, group: 'g' }] }])
  const members = [
    { hostId: 'host', count: 1 },
    { hostId: 'other', count: 2 },
  ]
  expect(groups).toEqual({ g: { policy: 'anti-affinity', maxPerHost: 2, members } })
  expect([pinned.size, [...projectOf]]).toEqual([0, [['s1', 'p1']]])
})

test('after a resize, the flavor says where a server may lie, if it is there', async () => {
  const large = { ...small, id: 'large', name: 'large' }
  const amounts = { vcpus: 1, ramMb: 512, diskGb: 1, ephemeralGb: 0, swapMb: 0 }
  const extraSpecs = { 'trait:NVME': 'required', 'aggregate_instance_extra_specs:tier': 'gold' }
  const at = { description: '', createdAt: 0, updatedAt: 0 }
  await write(
    new Writes()
      .insert(serverBatchKind, batchRow({ zones: [] }))
      .insert(flavorKind, { ...at, ...amounts, id: 'large', name: 'l', isPublic: true, extraSpecs })
      .insert(aggregateKind, { ...at, id: 'agg', number: 1, name: 'a', metadata: { tier: 'gold' } })
      .insert(serverKind, serverRow('s1', { flavor: large }))
      .insert(serverKind, serverRow('s2', { flavor: { ...large, id: 'gone' } }))
      .insert(allocationKind, allocation('s1'), allocation('s2')),
  )
  const [resized, orphan] = (await plan()).hosts[0]?.claims ?? []
  expect(resized?.ask).toMatchObject({
    requiredTraits: ['NVME'],
    forbiddenTraits: [],
    memberOf: [['agg']],
  })
  expect(resized?.ask.zones).toBeUndefined()
  expect(orphan?.ask).toMatchObject({ requiredTraits: ['SSD'], memberOf: [['a']] })
})

test('both sides of an open resize stay, and who left meanwhile is left out', async () => {
  const resize = { hostId: 'host', zone: 'z1', flavor: small }
  await write(
    new Writes()
      .insert(serverBatchKind, batchRow({}))
      .insert(serverKind, serverRow('s1', { resize, hostId: 'other' }))
      .insert(serverKind, serverRow('s2', { hostId: 'other' }))
      .insert(allocationKind, allocation(resizeAllocationId('s1')), allocation('s2'))
      .insert(allocationKind, allocation('deleted')),
  )
  const { hosts, pinned } = await plan()
  expect(hosts).toEqual([{ hostId: 'host', claims: [] }])
  expect(pinned.get('host')?.map(({ id }) => id)).toEqual(['s1:resize'])
})
