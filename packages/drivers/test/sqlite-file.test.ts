import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineKind, type Store, type WriteBatch } from '@nephos/core'
import { sqlite, type SqliteConstructor, type SqliteOptions } from '@nephos/drivers/storage/sqlite'
import Database from 'libsql'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'

const directory = mkdtempSync(join(tmpdir(), 'nephos-file-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

let file = ''
let made = 0
beforeEach(() => {
  file = join(directory, `${++made}.db`)
})

const thing = defineKind('thing', { byName: { fields: ['name'], unique: true } })

function batch(...ids: readonly string[]): WriteBatch {
  const insert = ids.map((id) => ({ id, name: id, pad: 'x'.repeat(2_000) }))
  return { kinds: [{ kind: thing, writes: { insert } }], origin: 'test', at: 0 }
}

async function opened(options: Partial<SqliteOptions> = {}): Promise<Store> {
  const store = sqlite({ file, busyTimeoutMs: 0, ...options })
  await store.open([thing])
  return store
}

function execute(sql: string): void {
  const database = new Database(file)
  database.exec(sql)
  database.close()
}

describe('the file', () => {
  test('options that cannot work are invalid, and touch nothing', () => {
    const bad: readonly (readonly [string, object])[] = [
      ['file', { file: '' }],
      ['file', { file: ':memory:' }],
      ['file', { file: 'a\0b' }],
      ['file', {}],
      ['synchronous', { file, synchronous: 'maybe' }],
      ['busyTimeoutMs', { file, busyTimeoutMs: -1 }],
      ['busyTimeoutMs', { file, busyTimeoutMs: 1e9 }],
    ]
    for (const [field, options] of bad) {
      expect(() => sqlite(options as SqliteOptions)).toThrow(
        expect.objectContaining({ code: 'invalid', field }),
      )
    }
    sqlite({ file })
    expect(readdirSync(directory)).not.toContain(`${made}.db`)
  })

  test('a second store on it is unavailable until the first is closed', async () => {
    const first = await opened()
    await first.transact([batch('a')])
    const second = sqlite({ file, busyTimeoutMs: 0 })
    await expect(second.open([thing])).rejects.toMatchObject({
      code: 'unavailable',
      retry: 'later',
    })
    await first.transact([batch('b')])
    await first.close()
    await second.open([thing])
    expect(await second.count(thing, {})).toBe(2)
    await second.close()
  })

  test('after close there is one file, complete', async () => {
    const store = await opened()
    await store.transact([batch('a')])
    await store.close()
    expect(readdirSync(directory).filter((name) => name.startsWith(`${made}.`))).toEqual([
      `${made}.db`,
    ])
  })

  test('what is no SQLite database is refused and left alone', async () => {
    const text = 'not a database\n'.repeat(500)
    writeFileSync(file, text)
    await expect(opened()).rejects.toMatchObject({
      code: 'unavailable',
      retry: 'never',
      message: expect.stringContaining('no SQLite database'),
    })
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  test('a database of something else is refused and left alone', async () => {
    execute('CREATE TABLE theirs (a)')
    const before = readFileSync(file)
    await expect(opened()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('something else'),
    })
    expect(readFileSync(file).equals(before)).toBe(true)
    execute('INSERT INTO theirs VALUES (1)')
  })

  test('a file that a newer version wrote is refused', async () => {
    await (await opened()).close()
    execute('PRAGMA user_version = 2')
    await expect(opened()).rejects.toMatchObject({
      code: 'unavailable',
      retry: 'never',
      limit: 1,
      detail: { version: 2 },
    })
  })

  test('a damaged file is unavailable, not a crash', async () => {
    const store = await opened()
    await store.transact([batch(...Array.from({ length: 200 }, (_, at) => `id-${at}`))])
    await store.close()
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(0xa5, bytes.readUInt16BE(16)))
    // The first page, which tells of the tables, is whole: the damage shows where it is read.
    const damaged = await opened()
    const error = {
      code: 'unavailable',
      retry: 'never',
      message: expect.stringContaining('damaged'),
    }
    await expect(damaged.query(thing, { limit: 9 })).rejects.toMatchObject(error)
    await expect(damaged.get(thing, ['id-1'])).rejects.toMatchObject(error)
    await expect(damaged.transact([batch('new')])).rejects.toMatchObject(error)
    await damaged.close()
  })

  test('a place that does not exist is unavailable', async () => {
    const store = sqlite({ file: join(directory, 'none', 'x.db') })
    await expect(store.open([thing])).rejects.toMatchObject({ code: 'unavailable' })
    await store.close()
  })

  test('an opening that failed may be tried again', async () => {
    const first = await opened()
    const store = sqlite({ file, busyTimeoutMs: 0 })
    await expect(store.open([thing])).rejects.toMatchObject({ code: 'unavailable' })
    await expect(store.get(thing, ['a'])).rejects.toMatchObject({ code: 'unavailable' })
    await first.close()
    await store.open([thing])
    await store.close()
  })

  test('rows of kinds that are not opened stay', async () => {
    const store = await opened()
    await store.transact([batch('a')])
    await store.close()
    const other = sqlite({ file })
    await other.open([defineKind('other', {})])
    await other.close()
    const again = await opened()
    expect(await again.count(thing, {})).toBe(1)
    await again.close()
  })

  test('the log does not grow for ever', async () => {
    const store = await opened({ synchronous: 'off' })
    for (let round = 0; round < 60; round++) {
      const ids = Array.from({ length: 300 }, (_, at) => `${round}-${at}`)
      await store.transact([batch(...ids)])
    }
    // 36 MB of records; the log is used again from its start after 16 MiB.
    expect(statSync(`${file}-wal`).size).toBeLessThan(20 * 2 ** 20)
    expect(statSync(file).size).toBeGreaterThan(20 * 2 ** 20)
    await store.close()
  })
})

/** A client whose statements fail when told so, as a full or broken disk makes them fail. */
function failing(): { client: SqliteConstructor; fail: (sql: RegExp, code: string) => void } {
  let pattern: RegExp | undefined
  let failure = ''
  class Client extends Database {
    override prepare(sql: string): never {
      const statement = super.prepare(sql)
      const run = statement.run.bind(statement)
      statement.run = (...parameters: unknown[]) => {
        if (!pattern?.test(sql)) return run(...parameters)
        pattern = undefined
        throw Object.assign(new Error(failure), { code: failure })
      }
      return statement as never
    }
  }
  return {
    client: Client,
    fail: (sql, code) => {
      pattern = sql
      failure = code
    },
  }
}

describe('trouble underneath', () => {
  test('a disk that is full in mid-transaction: nothing is applied, later it works', async () => {
    const { client, fail } = failing()
    const store = await opened({ database: client })
    await store.transact([batch('a')])
    for (const sql of [/^INSERT INTO "thing"/, /^INSERT INTO change/, /^COMMIT/]) {
      fail(sql, 'SQLITE_FULL')
      const error: unknown = await store.transact([batch('b'), batch('c')]).catch((e) => e)
      expect(error).toMatchObject({ code: 'unavailable', detail: undefined })
      expect(await store.count(thing, {})).toBe(1)
    }
    expect(await store.transact([batch('b'), batch('a'), batch('c')])).toMatchObject([
      { ok: true },
      { ok: false },
      { ok: true },
    ])
    await store.close()
  })

  test('a room that runs out for real', async () => {
    const client = class extends Database {
      override exec(sql: string): this {
        const result = super.exec(sql)
        if (sql.includes('user_version')) super.exec('PRAGMA max_page_count = 40')
        return result
      }
    }
    const store = await opened({ database: client as unknown as SqliteConstructor })
    let written = 0
    const fill = async (): Promise<void> => {
      for (; written < 100; written++) await store.transact([batch(`id-${written}`)])
    }
    const error: unknown = await fill().catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'unavailable', detail: undefined })
    expect(await store.count(thing, {})).toBe(written)
    expect((await store.changes(0, 1_000)).length).toBe(written)
    await store.close()
  })

  test('a commit whose end is not known says so, and the store is used no more', async () => {
    const { client, fail } = failing()
    const store = await opened({ database: client })
    fail(/^COMMIT/, 'SQLITE_IOERR_FSYNC')
    await expect(store.transact([batch('a')])).rejects.toMatchObject({
      code: 'unavailable',
      detail: { unknown: true },
    })
    await expect(store.count(thing, {})).rejects.toMatchObject({ code: 'unavailable' })
    await expect(store.transact([batch('b')])).rejects.toMatchObject({ code: 'unavailable' })
    await store.close()
    const again = await opened()
    expect(await again.count(thing, {})).toBe(0)
    await again.close()
  })
})
