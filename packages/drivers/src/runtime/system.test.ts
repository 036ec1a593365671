import { spawnSync } from 'node:child_process'
import { clockConformance } from '@nephos/testkit'
import { expect, test, vi } from 'vitest'
import { SystemClock } from './system-clock.ts'
import { SystemRandom } from './system-random.ts'

clockConformance({
  test,
  make: () => {
    const clock = new SystemClock()
    const other = new SystemClock()
    return { clock, advance: (ms) => other.sleep(ms) }
  },
})

test('now is in milliseconds since the epoch', () => {
  const before = Date.now()
  const now = new SystemClock().now()
  expect(now).toBeGreaterThanOrEqual(before)
  expect(now).toBeLessThanOrEqual(Date.now())
})

test('a sleep of no sensible length ends at once', async () => {
  const clock = new SystemClock()
  await expect(clock.sleep(Number.NaN)).resolves.toBeUndefined()
  await expect(clock.sleep(-Infinity)).resolves.toBeUndefined()
})

test('no timer is longer than Node can count', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout')
  try {
    const sleep = new SystemClock().sleep(2 ** 40, { signal: AbortSignal.timeout(1) })
    await expect(sleep).rejects.toMatchObject({ code: 'aborted' })
    expect(timers.mock.calls.map(([, ms]) => ms)).toContain(2 ** 31 - 1)
  } finally {
    timers.mockRestore()
  }
})

test('a sleep that ended leaves no listener on the signal', async () => {
  const { signal } = new AbortController()
  let listeners = 0
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args))
  signal.removeEventListener = (...args: Parameters<typeof add>) => (listeners--, remove(...args))
  await new SystemClock().sleep(1, { signal })
  expect(listeners).toBe(0)
})

test('a background sleep does not keep the process alive', () => {
  const url = new URL('./system-clock.ts', import.meta.url).href
  const code = `import { SystemClock } from ${JSON.stringify(url)}
    const clock = new SystemClock()
    process.on('exit', () => console.log('left'))
    void clock.sleep(3_600_000, { background: true })`
  const args = ['--import', 'tsx', '--conditions=@nephos/source', '--input-type=module', '-e', code]
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 50_000,
  })
  expect(`${stdout}${stderr}`).toContain('left')
})

test('random words fill their range, and do not repeat across refills', () => {
  const random = new SystemRandom()
  const words = Array.from({ length: 5_000 }, () => random.uint32())
  expect(words.every((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32)).toBe(true)
  // 5,000 of 2^32: the chance of 8 repeats is below 10^-19.
  expect(new Set(words).size).toBeGreaterThan(4_992)
  for (const bit of [0, 15, 31]) {
    const ones = words.filter((word) => (word >>> bit) & 1).length
    // 2,500 ± 12 standard deviations.
    expect(ones).toBeGreaterThan(2_076)
    expect(ones).toBeLessThan(2_924)
  }
})

test('random bytes are of the length asked, and all different', () => {
  const random = new SystemRandom()
  expect(random.bytes(0)).toEqual(new Uint8Array(0))
  expect(random.bytes(70_000).length).toBe(70_000)
  const texts = Array.from({ length: 100 }, () => random.bytes(16).join())
  expect(new Set(texts).size).toBe(100)
  for (const length of [-1, 1.5, Number.NaN, Infinity, 2 ** 20 + 1]) {
    expect(() => random.bytes(length)).toThrow(
      expect.objectContaining({ code: 'invalid', field: 'length' }),
    )
  }
})
