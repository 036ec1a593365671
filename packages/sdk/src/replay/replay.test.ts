import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudError, memoryStore } from '@nephos/core'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import { expect, test } from 'vitest'
import { replay, type ReplayOptions } from './replay.ts'
import type { ReplayProgress } from './report.ts'
import { syntheticWorkload } from './synthetic.ts'
import type { ServerAsk, TenantBatch } from './workload.ts'

const minute = 60_000

/** Servers of one size; a life of 0 stands for ever. */
const ask = (vcpus: number, ...minutes: number[]): ServerAsk => ({
  vcpus,
  ramMb: 1_024,
  livesMs: minutes.map((life) => (life === 0 ? null : life * minute)),
})

const batch = (atMinute: number, ...asks: ServerAsk[]): TenantBatch => ({
  atMs: atMinute * minute,
  asks,
})

async function* stream(batches: readonly TenantBatch[]): AsyncGenerator<TenantBatch> {
  yield* batches
}

const run = (batches: readonly TenantBatch[], options: Omit<ReplayOptions, 'workload'> = {}) =>
  replay({ hosts: 2, ...options, workload: stream(batches) })

test('arrivals and departures through the whole stack, with the density they make', async () => {
  const report = await run([
    batch(100, ask(16, 10, 10, 20, 0), ask(8, 10)),
    batch(115, ask(32, 0)),
    batch(140, ask(1, 5)),
  ])
  expect(report).toMatchObject({
    requests: 4,
    servers: 7,
    refused: 0,
    reasons: {},
    hosts: 2,
    peakHostsUsed: 2,
    peakServers: 5,
    // At +10 the three of the first batch leave in one call, whatever their flavor.
    deleteRequests: 3,
    serversDeleted: 5,
    spanMs: 45 * minute,
    findings: [],
  })
  expect(report.acceptMs.max).toBeGreaterThanOrEqual(report.acceptMs.p50)
  // +0: 64 + 8 vCPU on two hosts; +10: 32 on one; +15: 64 on one; +20: 48; +40: the last arrival.
  const area = 10 * (72 / 128) + 5 * (32 / 64) + 5 * (64 / 64) + 20 * (48 / 64)
  expect(report.density).toBeCloseTo(area / 40, 9)
})

test('a request that does not fit is refused whole, counted by reason, and skipped', async () => {
  const report = await run([
    batch(0, ask(65, 0)),
    batch(0, ask(40, 5, 5, 5)),
    batch(0, ask(40, 5, 5)),
    batch(0, ask(40, 5), ask(24, 5)),
  ])
  expect(report).toMatchObject({
    requests: 5,
    servers: 3,
    refused: 3,
    refusedServers: 5,
    reasons: { 'noValidHost:resources': 2, 'noValidHost:count': 1 },
    serversDeleted: 3,
    findings: [],
  })
})

test('at equal times departures come first', async () => {
  const full = ask(64, 5, 5)
  const report = await run([batch(0, full), batch(5, full), batch(10, full)])
  expect(report).toMatchObject({ refused: 0, servers: 6, serversDeleted: 6, density: 1 })
  const early = await run([batch(0, full), batch(4, full)])
  expect(early).toMatchObject({ refused: 1, servers: 2 })
})

test('one seed, one outcome, and no finding, on a full cloud with ports', async () => {
  const once = (networks: boolean) =>
    replay({ workload: syntheticWorkload({ seed: 3, servers: 300 }), hosts: 3, seed: 3, networks })
  const first = await once(true)
  const again = await once(true)
  const facts = ({ density, reasons, servers, stats }: typeof first) => ({
    density,
    reasons,
    servers,
    stats,
  })
  expect(facts(again)).toEqual(facts(first))
  expect(first.findings).toEqual([])
  expect(first.refused).toBeGreaterThan(0)
  expect(Object.values(first.reasons).reduce((sum, n) => sum + n, 0)).toBe(first.refused)
  expect(first.servers + first.refusedServers).toBeGreaterThanOrEqual(300)
  expect(first.density).toBeGreaterThan(0)
})

test('packing fills fewer hosts than spreading', async () => {
  const batches = Array.from({ length: 8 }, (_, i) => batch(i, ask(8, 0)))
  for (const policy of ['pack', 'best-fit'] as const) {
    expect((await run(batches, { hosts: 4, policy })).peakHostsUsed).toBe(1)
  }
  expect((await run(batches, { hosts: 4, policy: 'balance' })).refused).toBe(0)
  expect((await run(batches, { hosts: 4, policy: 'spread' })).peakHostsUsed).toBe(4)
})

test('the limit counts requests, within a batch too', async () => {
  const batches = [batch(0, ask(1, 5)), batch(1, ask(1, 5), ask(2, 5)), batch(2, ask(1, 5))]
  const report = await run(batches, { limit: 2 })
  expect(report).toMatchObject({ requests: 2, servers: 2, serversDeleted: 2, spanMs: 6 * minute })
})

test('an empty workload is an empty report', async () => {
  expect(await run([])).toMatchObject({ requests: 0, density: 0, densitySeries: [], spanMs: 0 })
})

test('progress is told after each instant', async () => {
  const seen: ReplayProgress[] = []
  const batches = [batch(3, ask(4, 5)), batch(6, ask(4, 0))]
  await run(batches, { onProgress: (progress) => seen.push(progress) })
  expect(seen.map(({ spanMs, alive, hostsUsed }) => [spanMs / minute, alive, hostsUsed])).toEqual([
    [0, 1, 1],
    [3, 2, 1],
    [5, 1, 1],
  ])
})

test('a workload that goes back, fails, or asks the impossible ends the replay', async () => {
  const back = run([batch(2, ask(1, 0)), batch(1, ask(1, 0))])
  await expect(back).rejects.toMatchObject({ code: 'invalid', field: 'workload' })
  async function* broken(): AsyncGenerator<TenantBatch> {
    yield batch(0, ask(1, 0))
    throw new CloudError('invalid', 'line 3')
  }
  await expect(replay({ workload: broken(), hosts: 1 })).rejects.toMatchObject({
    message: 'line 3',
  })
  await expect(run([batch(0, ask(0, 0))])).rejects.toMatchObject({ code: 'invalid' })
})

test('a failure that is no answer to a request ends the replay', async () => {
  const inner = memoryStore()
  let isBroken = false
  const store = new Proxy(inner, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key)
      if (typeof value !== 'function') return value
      return (...input: unknown[]): unknown => {
        if (key !== 'transact' || !isBroken) return Reflect.apply(value, target, input)
        return Promise.reject(new CloudError('unavailable', 'The disk is gone.'))
      }
    },
  })
  async function* workload(): AsyncGenerator<TenantBatch> {
    yield batch(0, ask(1, 0))
    isBroken = true
    yield batch(0, ask(1, 0))
    isBroken = false
  }
  const failed = replay({ workload: workload(), hosts: 1, store })
  await expect(failed).rejects.toMatchObject({ code: 'unavailable' })
})

test('it stops when asked to', async () => {
  const signal = AbortSignal.abort()
  await expect(run([batch(0, ask(1, 0))], { signal })).rejects.toMatchObject({ code: 'aborted' })
})

test('a store that holds a cloud is refused', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'nephos-replay-store-'))
  try {
    const file = join(directory, 'cloud.db')
    await run([batch(0, ask(1, 0))], { store: sqlite({ file }) })
    await expect(run([], { store: sqlite({ file }) })).rejects.toMatchObject({
      code: 'conflict',
      field: 'store',
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})

test('the store is closed at the end', async () => {
  const store = memoryStore()
  await run([batch(0, ask(1, 0))], { store })
  await expect(store.changes(0, 1)).rejects.toMatchObject({ code: 'closed' })
})
