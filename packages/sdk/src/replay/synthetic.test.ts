import { expect, test } from 'vitest'
import { syntheticWorkload } from './synthetic.ts'
import type { TenantBatch } from './workload.ts'

async function drawn(seed: number, servers?: number): Promise<TenantBatch[]> {
  const batches: TenantBatch[] = []
  const options = servers === undefined ? { seed } : { seed, servers }
  for await (const batch of syntheticWorkload(options)) batches.push(batch)
  return batches
}

const sizeOf = ({ asks }: TenantBatch): number =>
  asks.reduce((sum, { livesMs }) => sum + livesMs.length, 0)

test('one seed, one workload; another seed, another', async () => {
  const first = await drawn(1, 500)
  expect(await drawn(1, 500)).toEqual(first)
  expect(await drawn(2, 500)).not.toEqual(first)
})

test('it looks like the public cloud it is modelled on', async () => {
  const batches = await drawn(1)
  const sizes = batches.map(sizeOf).sort((a, b) => a - b)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  expect(total).toBeGreaterThanOrEqual(20_000)
  expect(total).toBeLessThan(20_000 + 1_404)
  expect(sizes[Math.floor(sizes.length / 2)]).toBe(1)
  const p90 = sizes[Math.floor(sizes.length * 0.9)] as number
  expect(p90).toBeGreaterThanOrEqual(5)
  expect(p90).toBeLessThanOrEqual(9)
  const inLarge = sizes.filter((size) => size >= 50).reduce((sum, size) => sum + size, 0)
  expect(inLarge / total).toBeGreaterThan(0.25)
  expect(inLarge / total).toBeLessThan(0.55)

  const lives = batches.flatMap(({ asks }) => asks.flatMap(({ livesMs }) => livesMs))
  const known = lives.filter((life) => life !== null).sort((a, b) => a - b)
  const median = known[Math.floor(known.length / 2)] as number
  expect(median).toBeGreaterThan(900_000)
  expect(median).toBeLessThan(2_400_000)
  expect(known[0]).toBeGreaterThanOrEqual(300_000)
  expect(lives.filter((life) => life === null).length).toBeGreaterThan(0)
})

test('times never go back, and nobody is seen to leave after the day', async () => {
  let lastMs = 0
  for (const { atMs, asks } of await drawn(3, 2_000)) {
    expect(atMs).toBeGreaterThanOrEqual(lastMs)
    for (const { livesMs } of asks) {
      const ends = livesMs.flatMap((life) => (life === null ? [] : atMs + life))
      expect(Math.max(0, ...ends)).toBeLessThanOrEqual(86_400_000)
    }
    lastMs = atMs
  }
})
