import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claim, computeKernel, operator, unclaim } from '../../../test/compute-kernel.ts'
import { findingsOf, hostRules } from '../../../test/findings.ts'
import { isCloudError } from '../../base/errors.ts'
import { CommitConflict } from '../../commit/committer.ts'
import type { Kernel } from '../../kernel.ts'
import { allocationKind } from '../../model/compute/allocation.ts'
import { invoke } from '../operation.ts'
import { aggregateCreate, aggregateDelete } from './aggregate.ts'
import { aggregateAddHosts, aggregateRemoveHosts } from './aggregate-hosts.ts'
import { hostCreate, hostDelete } from './host.ts'
import { hostUpdate } from './host-update.ts'

const hostCount = 2
const host = fc.nat({ max: hostCount - 1 })
const amount = fc.integer({ min: 1, max: 4 })
const total = fc.integer({ min: 1, max: 9 })
/** Turns of the event loop before the step begins: spreads reads and commits over each other. */
const delay = fc.nat({ max: 12 })

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('claim'), host, delay, amount }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('unclaim'), host, delay, amount }) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('inventory'), host, delay, amount: total }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('zone'), host, delay, amount }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('toggle'), host, delay, amount }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('delete'), host, delay, amount }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('join'), host, delay, amount }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('leave'), host, delay, amount }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('dissolve'), host, delay, amount }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

interface Scene {
  readonly kernel: Kernel
  readonly ids: readonly string[]
  readonly aggregateId: string
}

async function perform(
  { kernel, ids, aggregateId }: Scene,
  { type, host: index, amount: n }: Step,
): Promise<unknown> {
  const id = ids[index] as string
  switch (type) {
    case 'claim':
      return claim(kernel, id, { VCPU: n, MEMORY_MB: 1 })
    case 'unclaim': {
      const [allocation] = await kernel.store.lookup(allocationKind, 'byHost', [[id]])
      return allocation && unclaim(kernel, allocation)
    }
    case 'inventory':
      // Odd totals leave a class out.
      return invoke(kernel, operator, hostUpdate, {
        id,
        inventory: n % 2 === 0 ? { VCPU: n, MEMORY_MB: 10 - n } : { VCPU: n },
      })
    case 'zone':
      return invoke(kernel, operator, hostUpdate, { id, zone: `z${n}` })
    case 'toggle':
      return invoke(kernel, operator, hostUpdate, { id, enabled: n % 2 === 0 })
    case 'delete':
      return invoke(kernel, operator, hostDelete, { ids: [id] })
    case 'join':
      return invoke(kernel, operator, aggregateAddHosts, { id: aggregateId, hostIds: [id] })
    case 'leave':
      return invoke(kernel, operator, aggregateRemoveHosts, { id: aggregateId, hostIds: [id] })
    case 'dissolve':
      return invoke(kernel, operator, aggregateDelete, { id: aggregateId })
  }
}

async function scene(): Promise<Scene> {
  const { kernel } = await computeKernel()
  const { id } = await invoke(kernel, operator, aggregateCreate, { name: 'a' })
  const hosts = Array.from({ length: hostCount }, (_, i) => ({
    name: `h${i}`,
    zone: 'z1',
    inventory: { VCPU: 8, MEMORY_MB: 8 },
  }))
  const made = await invoke(kernel, operator, hostCreate, { hosts })
  return { kernel, ids: made.hosts.map((one) => one.id), aggregateId: id }
}

/** Refusals are the point; anything else is a defect. */
function refused(error: unknown): boolean {
  if (error instanceof CommitConflict) return true
  return isCloudError(error) && ['conflict', 'notFound', 'stale'].includes(error.code)
}

test('whatever races, no host is over capacity and every counter is right', async () => {
  const tally = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      const stage = await scene()
      const results = await Promise.allSettled(
        steps.map(async (one) => {
          for (let turn = 0; turn < one.delay; turn++) await stage.kernel.clock.turn()
          return perform(stage, one)
        }),
      )
      for (const [index, result] of results.entries()) {
        const key = `${steps[index]?.type} ${result.status}`
        tally.set(key, (tally.get(key) ?? 0) + 1)
        if (result.status === 'rejected' && !refused(result.reason)) throw result.reason
      }
      expect(await findingsOf(stage.kernel, hostRules)).toEqual([])
    }),
    { numRuns: 150 },
  )
  // The property is worth something only if both outcomes of each contest were met.
  for (const type of ['claim', 'inventory', 'zone', 'delete']) {
    expect(tally.get(`${type} fulfilled`)).toBeGreaterThan(0)
    expect(tally.get(`${type} rejected`)).toBeGreaterThan(0)
  }
})
