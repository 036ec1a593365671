import { beforeEach, expect, test } from 'vitest'
import { balancerPlants } from '../../../test/balancer-plants.ts'
import { findingsOf, rulesNamed } from '../../../test/findings.ts'
import { type WholeCloud, wholeCloud } from '../../../test/whole-cloud.ts'
import { Writes } from '../../commit/writes.ts'
import { metadefKind } from '../../model/image/metadef.ts'
import { auditKind } from '../../model/audit/audit.ts'
import { idempotencyKind } from '../../model/audit/idempotency.ts'
import { allocationKind, hostScope, resizeAllocationId } from '../../model/compute/allocation.ts'
import { hostKind } from '../../model/compute/host.ts'
import { batchOutcomes, batchScope, serverBatchKind } from '../../model/compute/server-batch.ts'
import {
  groupScope as serverGroupScope,
  serverGroupKind,
} from '../../model/compute/server-group.ts'
import { serverKind } from '../../model/compute/server.ts'
import { projectKind } from '../../model/identity/project.ts'
import { userKind } from '../../model/identity/user.ts'
import { imageDataKey, imageKind } from '../../model/image/image.ts'
import { imageMemberKind } from '../../model/image/member.ts'
import type { Stored } from '../../model/kind.ts'
import { addressKind, fixedIpId, heldTurn } from '../../model/network/address.ts'
import { networkKind } from '../../model/network/network.ts'
import { portKind } from '../../model/network/port.ts'
import { subnetKind } from '../../model/network/subnet.ts'
import { type Work, workKind } from '../../model/work/work.ts'
import type { WriteBatch } from '../../ports/store.ts'
import { aggregateHostsScope, aggregateScope, zoneHostsScope } from '../compute/host-counters.ts'
import { hostNotes } from '../compute/host-room.ts'
import { groupMembersScope } from '../compute/server-group.ts'
import { groupScope, networkScope, subnetScope } from '../network/counters.ts'
import { quotaScope } from '../quota.ts'
import { audit, type AuditOptions } from './audit.ts'
import { invariants } from './invariants/index.ts'
import { LiveAudit } from './live-audit.ts'
import { blockPlants } from '../../../test/block-plants.ts'
import { placementPlants } from '../../../test/placement-plants.ts'
import { identityPlants } from '../../../test/identity-plants.ts'
import { objectPlants } from '../../../test/object-plants.ts'
import { sharePlants } from '../../../test/share-plants.ts'
import { routingPlants } from '../../../test/routing-plants.ts'
import { usagePlants } from '../../../test/usage-plants.ts'
import { stackPlants } from '../../../test/stack-plants.ts'
import {
  edit,
  gone,
  overcount,
  parentPlants,
  type Plant,
  references,
} from '../../../test/plants.ts'

const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i}`)
const workRow = (fields: Partial<Work>): Omit<Work, 'rev'> => ({
  id: 'w1',
  program: 'server.converge',
  step: 'apply',
  completed: [],
  undoing: false,
  input: { serverIds: [] },
  owner: null,
  due: 1,
  attempt: 0,
  deadline: 2,
  requestId: 'r',
  flow: 'system',
  createdAt: 1,
  ...fields,
})
const record = {
  id: 'a1',
  at: 1,
  userId: 'u',
  projectId: null,
  requestId: 'r',
  operation: 'test.made',
  targets: [],
  targetCount: 0,
}
const key = { at: 1, operation: 'test.made', answer: null }

/** By invariant and rule: how to break this rule, and no other invariant. */
const ownPlants: Readonly<Record<number, Readonly<Record<string, Plant>>>> = {
  1: {
    'host-capacity': async (cloud) => {
      const [row] = await cloud.kernel.store.query(allocationKind, { limit: 1 })
      if (!row) return []
      const scope = hostScope(row.hostId)
      const changed = { ...row, resources: { ...row.resources, VCPU: 9 } }
      const raised = new Writes().update(allocationKind, changed)
      raised.limit({ scope, name: 'VCPU', limit: 9 }).add({ scope, name: 'VCPU', add: 8 })
      return [raised, new Writes().limit({ scope, name: 'VCPU', limit: 4 })]
    },
  },
  2: {
    'server-allocations': edit(allocationKind, () => ({ projectId: gone })),
    'allocation-consumer': ({ hostIds, projectId }) => {
      const row = { id: gone, hostId: hostIds[0] as string, projectId, resources: {} }
      return [new Writes().insert(allocationKind, row)]
    },
    'allocation-host': edit(
      serverKind,
      ({ flavor, zone }) => ({
        vmState: 'resized' as const,
        resize: { hostId: gone, zone, flavor },
      }),
      (writes, { id, projectId }) => {
        const row = { id: resizeAllocationId(id), hostId: gone, projectId, resources: {} }
        return writes.insert(allocationKind, row)
      },
      ({ groupId }) => groupId === null,
    ),
  },
  3: {
    ...balancerPlants[3],
    'known-counters': overcount(() => 'strange:1', 'x'),
    'host-use': overcount(({ hostIds }) => hostScope(hostIds[0] as string), 'VCPU'),
    'batch-counters': ({ batchId }) => [
      new Writes().limit({ scope: batchScope(batchId), name: 'active', limit: 9 }),
    ],
    'network-counters': overcount(({ networkId }) => networkScope(networkId), 'ports'),
    'subnet-counters': overcount(({ subnetId }) => subnetScope(subnetId), 'outside'),
    'group-counters': overcount(({ serverGroupId }) => serverGroupScope(serverGroupId), 'h9'),
    'groupMembers-counters': overcount(
      ({ serverGroupId }) => groupMembersScope(serverGroupId),
      'members',
    ),
    'zone-counters': overcount(() => zoneHostsScope, 'z1'),
    'aggregate-counters': overcount(({ aggregateId }) => aggregateScope(aggregateId), 'hosts'),
    'aggregateHosts-counters': overcount(
      ({ aggregateId }) => aggregateHostsScope(aggregateId),
      'h9',
    ),
    'domain-counters': overcount(() => 'domain:default', references),
    'project-counters': overcount(({ projectId }) => `project:${projectId}`, references),
    'user-counters': overcount(({ userId }) => `user:${userId}`, references),
    'securityGroup-counters': overcount(({ groupId }) => groupScope(groupId), references),
  },
  4: {
    'group-rule': edit(serverGroupKind, () => ({ maxServerPerHost: 0 })),
    'server-zone': edit(serverKind, () => ({ zone: 'z9' })),
  },
  5: {
    'batch-outcomes': edit(
      serverBatchKind,
      () => ({ count: 3, maxCount: 3 }),
      (writes, { id }) => {
        for (const name of batchOutcomes) writes.limit({ scope: batchScope(id), name, limit: 3 })
        return writes
      },
    ),
  },
  7: {
    'idempotency-form': () => [
      new Writes().insert(auditKind, record).insert(idempotencyKind, { ...key, id: 'k', body: '' }),
    ],
    'idempotency-effect': () => [
      new Writes().insert(idempotencyKind, { ...key, id: 'p:k', body: '0'.repeat(64) }),
    ],
  },
  9: {
    'address-holder': ({ subnetId, portId }) => {
      const id = fixedIpId({ subnetId, address: '10.0.0.200' })
      const row = { id, portId, turn: heldTurn(subnetId, 's') }
      const scope = subnetScope(subnetId)
      return [new Writes().insert(addressKind, row).add({ scope, name: 'addresses', add: 1 })]
    },
    'port-addresses': edit(portKind, ({ fixedIps }, { subnetId }) => ({
      fixedIps: [...fixedIps, { subnetId, address: '10.0.0.201' }],
    })),
    'address-turn': edit(addressKind, ({ turn }) => ({
      turn: `${turn.slice(0, -1)}z${turn.slice(-1)}`,
    })),
  },
  13: { 'quota-counters': overcount(({ projectId }) => quotaScope(projectId), 'ports') },
  14: { ...parentPlants, ...balancerPlants[14] },
  16: {
    ...balancerPlants[16],
    'server-state': edit(serverKind, () => ({ vmState: 'odd' as 'active' })),
    'image-state': edit(
      imageKind,
      () => ({ status: 'odd' as 'queued' }),
      undefined,
      ({ status }) => status === 'queued',
    ),
    'image-member-state': edit(imageMemberKind, () => ({ status: 'odd' as 'pending' })),
    'port-state': edit(portKind, () => ({ status: 'odd' as 'DOWN' })),
    'network-state': edit(networkKind, () => ({ status: 'odd' as 'DOWN' })),
  },
  17: {
    ...balancerPlants[17],
    'image-work': edit(
      imageKind,
      () => ({ status: 'importing' as const }),
      undefined,
      ({ status }) => status === 'queued',
    ),
    'task-work': edit(serverKind, () => ({ task: 'rebooting' as const })),
    'server-building': edit(
      serverKind,
      () => ({ vmState: 'building' as const }),
      (writes, { batchId }) => writes.add({ scope: batchScope(batchId), name: 'active', add: -1 }),
    ),
    'plug-work': edit(
      portKind,
      ({ fixedIps }) => ({ leaving: fixedIps }),
      (writes) => writes,
      ({ fixedIps }) => fixedIps.length > 0,
    ),
    'work-lease': () => [new Writes().insert(workKind, workRow({ owner: '' }))],
  },
  19: {
    'image-orphans': async ({ images }) => {
      await images.put('01234567-89ab-cdef-0123-456789abcdef-1', oneByte())
      return []
    },
    'room-notes': overcount(({ hostIds }) => `${hostNotes(hostIds[0] as string)}n`, 'VCPU'),
  },
  25: {
    'audit-form': () => [new Writes().insert(auditKind, { ...record, targetCount: 3 })],
    'audit-append-only': edit(auditKind, () => ({ userId: 'somebody else' })),
  },
  30: {
    'image-bytes': edit(
      imageKind,
      () => ({}),
      undefined,
      ({ status }) => status === 'active',
    ),
  },
  32: {
    ...balancerPlants[32],
    'server-limits': edit(serverKind, () => ({ tags: many(51) })),
    'serverBatch-limits': edit(serverBatchKind, () => ({ userData: 'x'.repeat(65_536) })),
    'host-limits': edit(hostKind, () => ({ name: 'x'.repeat(256) })),
    'project-limits': edit(projectKind, () => ({ ancestorIds: many(5) })),
    'metadefNamespace-limits': () => [
      new Writes().insert(metadefKind, {
        ...{ id: 'ns', namespace: 'OS::Large', projectId: null, displayName: '' },
        ...{ description: '', visibility: 'private', protected: false, objects: {} },
        ...{ properties: {}, resourceTypes: {}, createdAt: 0, updatedAt: 0 },
        tags: { ['x'.repeat(70_000)]: 0 },
      }),
    ],
    'image-limits': edit(imageKind, () => ({ tags: many(51) })),
    'network-limits': edit(networkKind, () => ({ name: 'x'.repeat(256) })),
    'subnet-limits': edit(subnetKind, () => ({ dnsNameservers: many(6) })),
    'port-limits': edit(portKind, () => ({
      allowedAddressPairs: many(11).map((mac) => ({ ipAddress: '10.0.0.1', mac })),
    })),
    'work-limits': () => [
      new Writes().insert(workKind, workRow({ input: { serverIds: many(1_001) } })),
    ],
  },
}

/** Those of every service, by invariant. */
const plants: Readonly<Record<number, Readonly<Record<string, Plant>>>> = [
  blockPlants,
  identityPlants,
  objectPlants,
  placementPlants,
  sharePlants,
  routingPlants,
  stackPlants,
  usagePlants,
].reduce((all, more) => {
  const numbers = [...new Set([...Object.keys(all), ...Object.keys(more)].map(Number))]
  return Object.fromEntries(numbers.map((number) => [number, { ...all[number], ...more[number] }]))
}, ownPlants)

async function* oneByte(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(1)
}

/** What no commit shows: bytes, and what holds at rest only. */
const unseenByCommits = ['image-orphans', 'object-orphans', 'object-discarded', 'room-notes']
/** What rows do not show afterwards. */
const unseenByRows = ['idempotency-effect', 'audit-append-only']

let cloud: WholeCloud
beforeEach(async () => {
  cloud = await wholeCloud()
})

async function plantIt(rule: string, plant: Plant): Promise<WriteBatch[]> {
  const { store, images } = cloud.kernel
  if (rule === 'image-bytes') {
    const rows = await store.query(imageKind, { limit: 9 })
    for (const image of rows) await images.delete(imageDataKey(image))
  }
  const batches = (await plant(cloud)).map((writes) => writes.batch('plant', 1))
  for (const result of await store.transact(batches)) expect(result).toMatchObject({ ok: true })
  return batches
}

test('a cloud with something of everything has no findings', async () => {
  expect(await findingsOf(cloud.kernel)).toEqual([])
})

test('every rule has a plant', () => {
  const planted = Object.values(plants).flatMap((byRule) => Object.keys(byRule))
  const rules = invariants.flatMap((invariant) => invariant.rules.map((rule) => rule.name))
  expect(planted.toSorted()).toEqual(rules.toSorted())
  expect(new Set(rules).size).toBe(rules.length)
})

const rows = Object.entries(plants).flatMap(([number, byRule]) =>
  Object.entries(byRule).map(([rule, plant]) => ({ number: Number(number), rule, plant })),
)

test.each(rows)('$number $rule: the break is found, and nothing else', async (row) => {
  const { number, rule, plant } = row
  const live = await LiveAudit.open(cloud.kernel)
  const only = await LiveAudit.open(cloud.kernel, rulesNamed([rule]))
  const batches = await plantIt(rule, plant)
  const seen = await live.committed(batches)
  const found = await findingsOf(cloud.kernel)
  if (!unseenByRows.includes(rule)) {
    expect([...new Set(found.map((finding) => finding.invariant))]).toEqual([number])
    expect(await findingsOf(cloud.kernel, [rule])).not.toEqual([])
  }
  if (unseenByCommits.includes(rule)) return
  expect([...new Set(seen.map((finding) => finding.invariant))]).toEqual([number])
  expect(await only.committed(batches)).not.toEqual([])
})

test.each([1, 2, 3, 7, 20])(
  'with room for %i sums, more sweeps find the same',
  async (sumsHeld) => {
    const { store } = cloud.kernel
    for (const plant of [...Object.values(plants[3] ?? {}), ...Object.values(plants[13] ?? {})])
      await store.transact((await plant(cloud)).map((writes) => writes.batch('plant', 1)))
    const texts = async (options: AuditOptions): Promise<string[]> => {
      const all: string[] = []
      for await (const { subject, message } of audit(cloud.kernel, options))
        all.push(`${subject} ${message}`)
      return all.sort()
    }
    const whole = await texts({})
    expect(whole.length).toBeGreaterThan(14)
    expect(await texts({ sumsHeld })).toEqual(whole)
  },
)

test.each([
  { kind: imageKind, number: 14 },
  { kind: projectKind, number: 14 },
  { kind: userKind, number: 14 },
  { kind: subnetKind, number: 14 },
  { kind: networkKind, number: 14 },
  { kind: serverKind, number: 2 },
  { kind: serverBatchKind, number: 14 },
  { kind: allocationKind, number: 2 },
  { kind: addressKind, number: 9 },
  { kind: portKind, number: 9 },
  { kind: hostKind, number: 2 },
])('a removed $kind.name is missed by those who name it, at once', async ({ kind, number }) => {
  const { store } = cloud.kernel
  const live = await LiveAudit.open(cloud.kernel)
  const removed = await store.query<Stored>(kind, { limit: 100 })
  const batch = new Writes().remove<Stored>(kind, ...removed).batch('plant', 1)
  await store.transact([batch])
  const seen = new Set((await live.committed([batch])).map(({ invariant }) => invariant))
  expect([...seen]).toContain(number)
  const found = new Set((await findingsOf(cloud.kernel)).map(({ invariant }) => invariant))
  // Bytes that nobody wants are seen at rest.
  found.delete(19)
  expect(seen).toEqual(found)
})
