import { describe, expect, it } from 'vitest'
import { memberStatus, parentStatus, poolStatus } from './operating.ts'
import {
  childProvisioning,
  type ProvisioningEvent,
  provisioningEvents,
  type ProvisioningFacts,
  provisioningStatus,
  provisioningStatuses,
  provisioningTransitions,
} from './provisioning.ts'

/** What an event makes of the facts; undefined = it is refused, or cannot happen. */
const effects: Readonly<
  Record<ProvisioningEvent, (facts: ProvisioningFacts) => ProvisioningFacts | undefined>
> = {
  edit: (facts) =>
    facts.deleting ? undefined : { ...facts, edits: facts.edits + 1, open: facts.open + 1 },
  apply: (facts) => (facts.deleting ? undefined : { ...facts, applied: facts.edits }),
  giveUp: (facts) => (facts.open === 0 ? undefined : { ...facts, open: 0 }),
  delete: (facts) => ({ ...facts, deleting: true, open: Math.max(1, facts.open) }),
  remove: () => undefined,
}

describe('provisioning status', () => {
  it('L2: every pair of status and event is decided', () => {
    for (const status of provisioningStatuses) {
      const row = provisioningTransitions[status]
      expect(Object.keys(row).toSorted()).toEqual(provisioningEvents.toSorted())
    }
  })

  it('L2: what is derived from facts takes the edges of the table only', () => {
    const numbers = [0, 1, 2]
    for (const deleting of [false, true]) {
      for (const [edits, applied, open] of numbers.flatMap((a) =>
        numbers.flatMap((b) => numbers.map((c) => [a + 1, b, c] as const)),
      )) {
        if (applied > edits) continue
        const facts = { deleting, edits, applied, open }
        const status = provisioningStatus(facts)
        for (const event of provisioningEvents) {
          const after = effects[event](facts)
          if (!after) continue
          const next = provisioningTransitions[status][event]
          const seen = provisioningStatus(after)
          const text = `${JSON.stringify(facts)} ${status} ${event}`
          // What never was in force is being created still; work of what is in force just ends.
          const isSame = seen === next || (event === 'giveUp' && status === seen)
          const isFirst = seen === 'PENDING_CREATE' && next === 'PENDING_UPDATE'
          expect(isSame || isFirst, `${text} is ${seen}, not ${next}`).toBe(true)
        }
      }
    }
  })

  it('L2: whatever is pending has work, and ends in ERROR when that ends', () => {
    for (const edits of [1, 5]) {
      const pending = { deleting: false, edits, applied: edits - 1, open: 1 }
      expect(provisioningStatus(pending)).toMatch(/^PENDING/)
      expect(provisioningStatus({ ...pending, open: 0 })).toBe('ERROR')
      expect(childProvisioning(7, 6, { ...pending, open: 0 })).toBe('ERROR')
    }
  })

  it('L2: a row is ACTIVE exactly when it is in force as it was last changed', () => {
    const facts = { deleting: false, edits: 2, applied: 1, open: 1 }
    expect(childProvisioning(7, 7, facts)).toBe('ACTIVE')
    expect(childProvisioning(8, 7, facts)).toBe('PENDING_UPDATE')
    expect(childProvisioning(8, undefined, facts)).toBe('PENDING_CREATE')
  })
})

describe('operating status', () => {
  const up = { adminStateUp: true, weight: 1 }

  it('L2: of a member follows from what it is to be and what is seen', () => {
    expect(memberStatus(up, true, 'up')).toBe('ONLINE')
    expect(memberStatus(up, true, 'down')).toBe('ERROR')
    expect(memberStatus(up, true, 'unknown')).toBe('OFFLINE')
    expect(memberStatus(up, false, 'unknown')).toBe('NO_MONITOR')
    expect(memberStatus({ ...up, weight: 0 }, true, 'up')).toBe('DRAINING')
    expect(memberStatus({ ...up, adminStateUp: false }, true, 'up')).toBe('OFFLINE')
  })

  it('L2: of what is above follows from what is below', () => {
    expect(poolStatus(true, [])).toBe('ONLINE')
    expect(poolStatus(true, ['ONLINE', 'ERROR'])).toBe('DEGRADED')
    expect(poolStatus(true, ['ERROR', 'DRAINING'])).toBe('ERROR')
    expect(poolStatus(false, ['ONLINE'])).toBe('OFFLINE')
    expect(parentStatus(true, ['ONLINE', 'ERROR'])).toBe('DEGRADED')
    expect(parentStatus(true, ['ONLINE', 'OFFLINE'])).toBe('ONLINE')
    expect(parentStatus(false, ['ERROR'])).toBe('OFFLINE')
  })
})
