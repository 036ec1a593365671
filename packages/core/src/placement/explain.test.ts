import { describe, expect, it } from 'vitest'
import type { Explanation, GroupRule, PlacementAsk } from '../ports/scheduler.ts'
import { explained } from './explain.ts'

const none = {
  disabled: 0,
  notListed: 0,
  zone: 0,
  aggregate: 0,
  requiredTrait: 0,
  forbiddenTrait: 0,
  group: 0,
  resources: 0,
}

function messageOf(group: GroupRule | undefined, changes: Partial<Explanation> = {}): string {
  const ask: PlacementAsk = { resources: { VCPU: 1 }, min: 5, max: 5, policy: 'pack', seed: 1 }
  const explanation: Explanation = {
    hosts: 3,
    ruledOut: none,
    alone: none,
    feasibleHosts: 3,
    nearestFeasible: 3,
    scarcest: null,
    shortOf: {},
    ...changes,
  }
  return explained({ ...ask, ...(group ? { group } : {}) }, explanation).message
}

describe('a refusal', () => {
  it('names the server group that keeps roomy hosts from taking more', () => {
    const strict = { policy: 'anti-affinity', members: [] } as const
    expect(messageOf(strict)).toBe(
      'No room for 5 instances: at most 3 would fit. Of 3 hosts, 3 could take some. ' +
        'At most 1 per host by the server group.',
    )
    expect(messageOf({ ...strict, maxPerHost: 2 })).toMatch(/At most 2 per host by the server gr/)
    const full = { feasibleHosts: 0, nearestFeasible: 0, ruledOut: { ...none, group: 3 } }
    expect(messageOf(strict, full)).toMatch(/3 ruled out by the server group\. At most 1 per host/)
  })

  it('does not blame a group that has no limit, or hosts that have no room', () => {
    expect(messageOf(undefined)).not.toMatch(/per host/)
    expect(messageOf({ policy: 'soft-anti-affinity', members: [] })).not.toMatch(/per host/)
    const full = { feasibleHosts: 0, nearestFeasible: 0, ruledOut: { ...none, resources: 3 } }
    expect(messageOf({ policy: 'anti-affinity', members: [] }, full)).not.toMatch(/per host/)
  })
})
