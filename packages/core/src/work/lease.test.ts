import { describe, expect, it } from 'vitest'
import { Committer } from '../commit/committer.ts'
import { Writes } from '../commit/writes.ts'
import { type Work, workKind } from '../model/work/work.ts'
import { MemoryBus } from '../reference/memory-bus.ts'
import { memoryStore } from '../reference/memory-store.ts'
import { SeededRandom } from '../reference/seeded-random.ts'
import { silentTelemetry } from '../reference/silent-telemetry.ts'
import { TimeIds } from '../reference/time-ids.ts'
import { VirtualClock } from '../reference/virtual-clock.ts'
import { Lease, lostLease } from './lease.ts'
import { planWork } from './plan.ts'

const leaseMs = 30_000

async function taken(): Promise<{ lease: Lease; clock: VirtualClock; row: () => Promise<Work> }> {
  const clock = new VirtualClock(1_000)
  const store = memoryStore()
  await store.open([workKind])
  const ports = { store, bus: new MemoryBus(), clock, telemetry: silentTelemetry }
  const committer = new Committer(ports, 'one')
  const ids = new TimeIds(clock, new SeededRandom(1))
  const order = { input: null, at: 1_000, deadline: 600_000, requestId: 'req-1' }
  const writes = new Writes()
  planWork(writes, ids, { name: 'p', steps: [{ name: 's' }] }, order)
  await committer.commit(writes)
  const row = async (): Promise<Work> => (await store.query(workKind, { limit: 1 }))[0] as Work
  const lease = new Lease(await row(), committer, clock, leaseMs)
  await lease.change(new Writes(), { owner: 'one' })
  return { lease, clock, row }
}

describe('a lease', () => {
  it('is renewed when a third of its time is over, not before', async () => {
    const { lease, clock, row } = await taken()
    await clock.advance(9_000)
    await lease.renew()
    expect((await row()).due).toBe(31_000)
    await clock.advance(2_000)
    await lease.renew()
    expect((await row()).due).toBe(42_000)
  })

  it('that was given up is renewed no more: the row stays due', async () => {
    const { lease, clock, row } = await taken()
    await lease.change(new Writes(), { owner: null, due: clock.now() })
    const before = await row()
    await lease.renew()
    expect(await row()).toEqual(before)
    await expect(lease.commit(new Writes())).rejects.toSatisfy(lostLease)
    expect(await row()).toEqual(before)
  })

  it('that was given up while a renewal waited is not renewed by it', async () => {
    const { lease, clock, row } = await taken()
    await clock.advance(15_000)
    const given = lease.change(new Writes(), { owner: null, due: clock.now() })
    const late = lease.renew()
    await given
    await expect(late).rejects.toSatisfy(lostLease)
    expect(await row()).toMatchObject({ owner: null, due: 16_000 })
  })
})
