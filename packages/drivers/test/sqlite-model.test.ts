import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStore } from '@nephos/core'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { command, commandKinds, contents, outcome } from './store-commands.ts'

const directory = mkdtempSync(join(tmpdir(), 'nephos-model-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('sqlite and the reference', () => {
  test('answer alike, command by command, and after reopening', { timeout: 120_000 }, async () => {
    let made = 0
    const property = fc.asyncProperty(fc.array(command, { maxLength: 25 }), async (commands) => {
      const file = join(directory, `${++made}.db`)
      const reference = memoryStore()
      const store = sqlite({ file, synchronous: 'off' })
      await Promise.all([reference.open(commandKinds), store.open(commandKinds)])
      for (const run of commands) {
        expect(await outcome(run, store)).toEqual(await outcome(run, reference))
      }
      expect(await contents(store)).toEqual(await contents(reference))
      await store.close()
      const again = sqlite({ file, synchronous: 'off' })
      await again.open(commandKinds)
      expect(await contents(again)).toEqual(await contents(reference))
      await again.close()
      rmSync(file)
    })
    await fc.assert(property, { numRuns: 150 })
  })
})
