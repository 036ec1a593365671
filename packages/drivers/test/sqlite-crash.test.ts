import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Stored } from '@nephos/core'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import { afterAll, expect, test } from 'vitest'
import { left, right } from './sqlite-writer.ts'

const program = fileURLToPath(new URL('sqlite-writer.ts', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'nephos-crash-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/**
 * Runs the writer until it has acknowledged so many batches, kills it, and gives the last number.
 *
 * @param before runs while the writer still lives.
 */
async function writeAndKill(
  file: string,
  acknowledged: number,
  before: () => Promise<void> = async () => undefined,
): Promise<number> {
  const loader = ['--conditions=@nephos/source', '--import=tsx']
  const child = spawn(process.execPath, [...loader, program, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on('close', (_code, signal) => resolve(signal))
  })
  let last = -1
  let seen = 0
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line)
    if (++seen !== acknowledged) continue
    await before()
    // The output still holds what was acknowledged between this line and the end.
    child.kill('SIGKILL')
  }
  expect(await ended).toBe('SIGKILL')
  return last
}

/** Opens what the crash left; every batch in it must be whole. Gives the number of batches. */
async function checkWhole(file: string): Promise<number> {
  const store = sqlite({ file })
  await store.open([left, right])
  const rows = (await store.query(left, { index: 'byNumber', limit: 100_000 })) as Numbered[]
  const numbers = rows.filter((row) => row.id !== 'turn').map((row) => row.number)
  const written = numbers.length
  expect(numbers).toEqual(Array.from({ length: written }, (_, number) => number))
  expect(await store.get(left, ['turn'])).toEqual([{ id: 'turn', rev: written, number: written }])
  expect(await store.count(right, {})).toBe(written * 2)
  const [counter] = await store.counters(['batches'])
  expect(counter?.value).toBe(written)
  const feed = await store.changes(0, 100_000)
  expect(feed.map(({ topics }) => Number(topics[0]))).toEqual(numbers)
  await store.close()
  return written
}

interface Numbered extends Stored {
  readonly number: number
}

test('what was acknowledged survives kill -9, and no batch is there by half', async () => {
  const file = join(directory, 'crash.db')
  for (const acknowledged of [1, 2, 9, 40, 3, 90]) {
    const last = await writeAndKill(file, acknowledged)
    expect(await checkWhole(file)).toBeGreaterThan(last)
  }
}, 180_000)

test('a file that another process holds is unavailable until that one is killed', async () => {
  const file = join(directory, 'held.db')
  await writeAndKill(file, 1, async () => {
    const store = sqlite({ file, busyTimeoutMs: 0 })
    await expect(store.open([left, right])).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('in use'),
    })
    await store.close()
  })
  await checkWhole(file)
}, 180_000)
