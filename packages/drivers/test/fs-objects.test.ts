import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ObjectStore } from '@nephos/core'
import { objectStoreConformance } from '@nephos/testkit'
import { afterAll, describe, expect, it, test } from 'vitest'
import { fsObjects } from '../src/object/fs/index.ts'

const directories: string[] = []

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'fs-objects-'))
  directories.push(directory)
  return directory
}

afterAll(async () => {
  for (const directory of directories) await rm(directory, { recursive: true, force: true })
})

objectStoreConformance({
  test,
  make: async (): Promise<ObjectStore> => fsObjects({ directory: await newDirectory() }),
  reopen: () => fsObjects({ directory: directories.at(-1) as string }),
})

async function* stream(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

describe('fsObjects', () => {
  it('O1: spreads files over directories, and writes nowhere else', async () => {
    const outer = await newDirectory()
    const store = await fsObjects({ directory: join(outer, 'objects') })
    for (const key of ['../../escape', '/etc/x', 'a/../../b', '..']) {
      await store.put(key, stream(Uint8Array.of(1)))
    }
    expect(await readdir(outer)).toEqual(['objects'])
    expect((await readdir(join(outer, 'objects'))).sort()).toEqual(['data', 'tmp'])
    const shards = await readdir(join(outer, 'objects', 'data'))
    expect(shards).toHaveLength(4)
    for (const shard of shards) expect(shard).toMatch(/^[0-9a-f]{3}$/)
    expect(await readdir(join(outer, 'objects', 'tmp'))).toEqual([])
  })

  it('lists only what it wrote', async () => {
    const directory = await newDirectory()
    const store = await fsObjects({ directory })
    await store.put('a', stream(Uint8Array.of(1)))
    const [shard] = await readdir(join(directory, 'data'))
    await writeFile(join(directory, 'data', shard as string, 'Not-Ours'), 'x')
    await writeFile(join(directory, 'data', shard as string, 'elsewhere'), 'x')
    await writeFile(join(directory, 'data', 'foreign'), 'x')
    expect(await store.list({ limit: 9 })).toEqual(['a'])
  })

  it('what cannot be deleted does not keep the others, and is reported', async () => {
    const directory = await newDirectory()
    const store = await fsObjects({ directory })
    for (const key of ['a', 'b']) await store.put(key, stream(Uint8Array.of(1)))
    const shards = await readdir(join(directory, 'data'))
    const path = join(directory, 'data')
    const ofA = await Promise.all(shards.map(async (one) => readdir(join(path, one))))
    const shard = shards[ofA.findIndex((files) => files.includes('a'))] as string
    await rm(join(path, shard), { recursive: true })
    await writeFile(join(path, shard), 'not a directory')
    await expect(store.delete(['a', 'b'])).rejects.toMatchObject({ code: 'unavailable' })
    expect(await store.sizes(['b'])).toEqual([undefined])
  })
})
