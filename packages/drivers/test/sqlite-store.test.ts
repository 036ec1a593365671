import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@nephos/core'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import { storeConformance } from '@nephos/testkit'
import { afterAll, describe, test } from 'vitest'

const directory = mkdtempSync(join(tmpdir(), 'nephos-sqlite-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('sqlite', () => {
  const files = new WeakMap<Store, string>()
  let made = 0
  const open = (file: string): Store => {
    const store = sqlite({ file, synchronous: 'off' })
    files.set(store, file)
    return store
  }
  storeConformance({
    test,
    make: () => open(join(directory, `${++made}.db`)),
    reopen: (closed) => open(files.get(closed) as string),
  })
})
