import { expect, it } from 'vitest'
import type { Host } from '../model/compute/host.ts'
import type { Assignment, PlacementAsk } from '../ports/scheduler.ts'
import { isAsAsked } from './verify.ts'

const base: PlacementAsk = { resources: { VCPU: 1 }, policy: 'pack', seed: 0, min: 1, max: 4 }

function host(id: string, fields: Partial<Host> = {}): Host {
  return {
    id,
    rev: 1,
    name: id,
    zone: 'z1',
    aggregateIds: ['a1'],
    traits: ['SSD'],
    inventory: {},
    enabled: true,
    disabledReason: null,
    createdAt: 0,
    updatedAt: 0,
    ...fields,
  }
}

function judge(
  ask: Partial<PlacementAsk>,
  assignments: readonly Assignment[],
  hosts: readonly (Host | undefined)[] = assignments.map(({ hostId }) => host(hostId)),
): boolean {
  const placed = assignments.reduce((sum, { count }) => sum + count, 0)
  return isAsAsked({ ask: { ...base, ...ask }, assignments, placed }, hosts)
}

const one = [{ hostId: 'h1', count: 1 }]

it('what the ask allows is as asked', () => {
  expect(judge({}, one)).toBe(true)
  const conditions = {
    zones: ['z1', 'z2'],
    requiredTraits: ['SSD'],
    forbiddenTraits: ['GPU'],
    memberOf: [['a1', 'a2']],
    notMemberOf: ['a2'],
    hostIds: ['h1'],
    excludedHostIds: ['h2'],
  }
  expect(judge(conditions, one)).toBe(true)
})

it.each([
  ['zones', { zones: ['z2'] }],
  ['requiredTraits', { requiredTraits: ['GPU'] }],
  ['forbiddenTraits', { forbiddenTraits: ['SSD'] }],
  ['memberOf', { memberOf: [['a1'], ['a2']] }],
  ['memberOf none', { memberOf: [[]] }],
  ['notMemberOf', { notMemberOf: ['a1'] }],
  ['hostIds', { hostIds: ['h2'] }],
  ['excludedHostIds', { excludedHostIds: ['h1'] }],
])('a host outside %s is not', (_, conditions: Partial<PlacementAsk>) => {
  expect(judge(conditions, one)).toBe(false)
})

it('a host that is disabled or gone is not', () => {
  expect(judge({}, one, [host('h1', { enabled: false })])).toBe(false)
  expect(judge({}, one, [undefined])).toBe(false)
})

it('too few, too many, and counts that do not add up are not', () => {
  const two = [...one, { hostId: 'h2', count: 1 }]
  expect(judge({ min: 2 }, two)).toBe(true)
  expect(judge({ min: 3 }, two)).toBe(false)
  expect(judge({ max: 1 }, two)).toBe(false)
  expect(judge({}, [...one, ...one])).toBe(false)
  expect(judge({}, [{ hostId: 'h1', count: 1.5 }])).toBe(false)
  expect(judge({}, [...two, { hostId: 'h3', count: -1 }])).toBe(false)
  const short = { ask: base, assignments: one, placed: 2 }
  expect(isAsAsked(short, [host('h1')])).toBe(false)
})

it('a group that is to be together is on one host, where its members are', () => {
  const together = { policy: 'affinity' } as const
  const two = [...one, { hostId: 'h2', count: 1 }]
  expect(judge({ group: { ...together, members: [] } }, one)).toBe(true)
  expect(judge({ group: { ...together, members: [] } }, two)).toBe(false)
  expect(judge({ group: { ...together, members: [{ hostId: 'h1', count: 1 }] } }, one)).toBe(true)
  expect(judge({ group: { ...together, members: [{ hostId: 'h2', count: 1 }] } }, one)).toBe(false)
  const soft = { policy: 'soft-affinity', members: [{ hostId: 'h2', count: 1 }] } as const
  expect(judge({ group: soft }, two)).toBe(true)
})

it('a group that is to be apart has no more on a host than it may', () => {
  const apart = { policy: 'anti-affinity', members: [{ hostId: 'h1', count: 1 }] } as const
  expect(judge({ group: apart }, [{ hostId: 'h2', count: 1 }])).toBe(true)
  expect(judge({ group: apart }, [{ hostId: 'h2', count: 2 }])).toBe(false)
  expect(judge({ group: apart }, one)).toBe(false)
  expect(judge({ group: { ...apart, maxPerHost: 2 } }, one)).toBe(true)
})
