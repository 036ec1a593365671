import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import { memoryStore } from '@nephos/core'
import { runStory } from '@nephos/testkit'
import { afterAll, describe, expect, it } from 'vitest'

const directory = mkdtempSync(join(tmpdir(), 'nephos-stories-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Seeds of which one or the other does something with every service there is. */
const seeds = [1, 2, 3, 4, 5, 6, 7, 8]

/**
 * A story is drawn from its seed, and then depends on nothing but what its ports answer: each
 * answer, each row and each moment is in its hash. So two stores that answer one call differently
 * tell two stories.
 */
describe('a story', () => {
  it.each(seeds)('is the same in memory and in SQLite, under seed %d', async (seed) => {
    const options = { seed, plan: { minutes: 2, hosts: 6 } }
    const inMemory = await runStory(options)
    const store = sqlite({ file: join(directory, `${seed}.db`), synchronous: 'off' })
    const inSqlite = await runStory(options, { store })
    expect(inSqlite.violations).toEqual([])
    expect(inSqlite).toEqual(inMemory)
  })

  it('is another where a store leaves out a row now and then', async () => {
    const options = { seed: 3, plan: { minutes: 2, hosts: 6 } }
    const { hash } = await runStory(options)
    const store = memoryStore()
    const query = store.query.bind(store)
    let asked = 0
    store.query = async (...args) => {
      const rows = await query(...args)
      return rows.length > 0 && ++asked % 20 === 0 ? rows.slice(1) : rows
    }
    expect((await runStory(options, { store })).hash).not.toBe(hash)
  })
})
