import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import {
  type ComputeKernel,
  computeKernel,
  memberOf,
  openQuotas,
  operator,
  serverRow,
} from '../../../test/compute-kernel.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import { groupScope, type ServerGroup, serverGroupKind } from '../../model/compute/server-group.ts'
import { serverKind } from '../../model/compute/server.ts'
import type { Assignment } from '../../ports/scheduler.ts'
import { invoke } from '../operation.ts'
import { readQuota } from '../quota.ts'
import {
  chargeGroup,
  groupMembersScope,
  groupRule,
  serverGroupCreate,
  serverGroupDelete,
  serverGroupGet,
  serverGroupList,
  serverGroupMembers,
} from './server-group.ts'

let { kernel }: ComputeKernel = await computeKernel()
beforeEach(async () => {
  ;({ kernel } = await computeKernel())
  await openQuotas(kernel, 'p1', 3)
  await openQuotas(kernel, 'p2')
})

const mine = memberOf('p1')
const foreign = memberOf('p2')

async function create(policy: string, more: object = {}): Promise<ServerGroup> {
  const { id } = await invoke(kernel, mine, serverGroupCreate, { name: 'g', policy, ...more })
  return (await kernel.store.get(serverGroupKind, [id]))[0] as ServerGroup
}

function charge(group: ServerGroup, assignments: Assignment[], sign: 1 | -1 = 1): Promise<number> {
  const writes = new Writes()
  chargeGroup(writes, group, assignments, sign)
  return kernel.committer.commit(writes)
}

test('C8: groups are made, shown and listed within their project', async () => {
  const group = await create('anti-affinity', { maxServerPerHost: 2 })
  expect(await invoke(kernel, mine, serverGroupGet, { id: group.id })).toEqual({
    ...group,
    rev: 1,
    memberCount: 0,
    hostCount: 0,
  })
  await expect(invoke(kernel, foreign, serverGroupGet, { id: group.id })).rejects.toMatchObject({
    code: 'notFound',
  })
  await expect(invoke(kernel, foreign, serverGroupDelete, { id: group.id })).rejects.toMatchObject({
    code: 'notFound',
  })
  await expect(
    invoke(kernel, foreign, serverGroupList, { marker: group.id }),
  ).rejects.toMatchObject({ code: 'notFound', field: 'marker' })
  expect(await invoke(kernel, foreign, serverGroupList, { projectId: 'p1' })).toEqual([])
  expect(await invoke(kernel, mine, serverGroupList, {})).toEqual([group])
  expect(await invoke(kernel, operator, serverGroupList, {})).toEqual([group])
  expect(await invoke(kernel, operator, serverGroupList, { projectId: 'p2' })).toEqual([])
  await expect(
    invoke(kernel, memberOf('p1', ['reader']), serverGroupCreate, {
      name: 'g',
      policy: 'affinity',
    }),
  ).rejects.toMatchObject({ code: 'forbidden' })
})

test.each([
  [{ policy: 'near' }, 'policy'],
  [{ policy: 'affinity', maxServerPerHost: 1 }, 'maxServerPerHost'],
  [{ policy: 'soft-anti-affinity', maxServerPerHost: 2 }, 'maxServerPerHost'],
  [{ policy: 'anti-affinity', maxServerPerHost: 0 }, 'maxServerPerHost'],
  [{ policy: 'anti-affinity', maxServerPerHost: 1.5 }, 'maxServerPerHost'],
  [{ policy: 'affinity', rules: {} }, 'rules'],
])('%j is refused', async (input, field) => {
  await expect(
    invoke(kernel, mine, serverGroupCreate, { name: 'g', ...input }),
  ).rejects.toMatchObject({
    code: 'invalid',
    field,
  })
})

test('the quota of groups is charged and given back', async () => {
  const groups = [await create('affinity'), await create('affinity'), await create('affinity')]
  await expect(create('affinity')).rejects.toMatchObject({
    code: 'quotaExceeded',
    field: 'serverGroups',
    limit: 3,
  })
  await invoke(kernel, mine, serverGroupDelete, { id: groups[0]?.id })
  expect((await readQuota(kernel, 'p1')).get('serverGroups')?.value).toBe(2)
})

test('members are counted per host; hosts are shown to operators only', async () => {
  const group = await create('soft-affinity')
  await charge(group, [
    { hostId: 'h2', count: 2 },
    { hostId: 'h1', count: 1 },
  ])
  expect(await groupRule(kernel, group)).toEqual({
    policy: 'soft-affinity',
    members: [
      { hostId: 'h1', count: 1 },
      { hostId: 'h2', count: 2 },
    ],
  })
  const seen = await invoke(kernel, mine, serverGroupGet, { id: group.id })
  expect(seen).toMatchObject({ memberCount: 3, hostCount: 2 })
  expect(seen).not.toHaveProperty('hosts')
  expect(await invoke(kernel, operator, serverGroupGet, { id: group.id })).toMatchObject({
    hosts: [
      { hostId: 'h1', count: 1 },
      { hostId: 'h2', count: 2 },
    ],
  })
})

test('members are listed by id', async () => {
  const group = await create('affinity')
  const rows = ['s1', 's2', 's3'].map((id) =>
    serverRow(id, { groupId: id === 's2' ? null : group.id }),
  )
  await kernel.committer.commit(new Writes().insert(serverKind, ...rows))
  expect(await invoke(kernel, mine, serverGroupMembers, { id: group.id })).toEqual(['s1', 's3'])
  expect(await invoke(kernel, mine, serverGroupMembers, { id: group.id, marker: 's1' })).toEqual([
    's3',
  ])
  await expect(invoke(kernel, foreign, serverGroupMembers, { id: group.id })).rejects.toMatchObject(
    {
      code: 'notFound',
    },
  )
})

test('a group with members stays; a removed one leaves nothing to join', async () => {
  const group = await create('anti-affinity')
  await charge(group, [{ hostId: 'h1', count: 1 }])
  await expect(invoke(kernel, mine, serverGroupDelete, { id: group.id })).rejects.toMatchObject({
    code: 'conflict',
    detail: { members: 1 },
  })
  await charge(group, [{ hostId: 'h1', count: 1 }], -1)
  await invoke(kernel, mine, serverGroupDelete, { id: group.id })
  expect(await kernel.store.counters([groupScope(group.id), groupMembersScope(group.id)])).toEqual(
    [],
  )
  await expect(charge(group, [{ hostId: 'h1', count: 1 }])).rejects.toBeInstanceOf(CommitConflict)
})

test('a server that joins while its group is removed wins or loses, never both', async () => {
  const group = await create('soft-anti-affinity')
  const [deleted, joined] = await Promise.allSettled([
    invoke(kernel, mine, serverGroupDelete, { id: group.id }),
    charge(group, [{ hostId: 'h1', count: 1 }]),
  ])
  expect([deleted.status, joined.status].sort()).toEqual(['fulfilled', 'rejected'])
})

test('strict anti-affinity holds at the commit, the soft form does not refuse', async () => {
  const strict = await create('anti-affinity', { maxServerPerHost: 2 })
  await charge(strict, [{ hostId: 'h1', count: 2 }])
  await expect(charge(strict, [{ hostId: 'h1', count: 1 }])).rejects.toBeInstanceOf(CommitConflict)
  expect(await groupRule(kernel, strict)).toMatchObject({ maxPerHost: 2 })
  const soft = await create('soft-anti-affinity')
  await charge(soft, [{ hostId: 'h1', count: 9 }])
})

test('two first placements of a strict affinity group cannot both commit', async () => {
  const group = await create('affinity')
  const race = await Promise.allSettled([
    charge(group, [{ hostId: 'h1', count: 1 }]),
    charge(group, [{ hostId: 'h2', count: 1 }]),
  ])
  expect(race.map((one) => one.status)).toEqual(['fulfilled', 'rejected'])
  // Leaving takes no part in that race.
  await charge(group, [{ hostId: 'h1', count: 1 }], -1)
})

const policies = fc.constantFrom('affinity', 'anti-affinity')
const step = fc.record({
  hostId: fc.constantFrom('h1', 'h2', 'h3'),
  count: fc.integer({ min: 1, max: 3 }),
})

test('whatever decisions race, strict rules hold at every commit', async () => {
  await openQuotas(kernel, 'p1')
  await fc.assert(
    fc.asyncProperty(
      policies,
      fc.array(step, { minLength: 2, maxLength: 8 }),
      async (policy, steps) => {
        const group = await create(policy, policy === 'affinity' ? {} : { maxServerPerHost: 3 })
        await Promise.allSettled(
          steps.map(async (assignment, index) => {
            for (let turn = 0; turn < index % 3; turn++) await kernel.clock.turn()
            const [row] = await kernel.store.get(serverGroupKind, [group.id])
            const rule = await groupRule(kernel, row as ServerGroup)
            // What placement would decide on these facts: affinity follows the members there are.
            const hostId =
              policy === 'affinity'
                ? (rule.members[0]?.hostId ?? assignment.hostId)
                : assignment.hostId
            await charge(row as ServerGroup, [{ ...assignment, hostId }])
          }),
        )
        const { members } = await groupRule(kernel, group)
        if (policy === 'affinity') expect(members.length).toBe(1)
        else expect(Math.max(...members.map(({ count }) => count))).toBeLessThanOrEqual(3)
        const [total] = await kernel.store.counters([groupMembersScope(group.id)])
        expect(total?.value).toBe(members.reduce((sum, { count }) => sum + count, 0))
      },
    ),
    { numRuns: 60 },
  )
})
