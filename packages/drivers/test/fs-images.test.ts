import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImageStore } from '@nephos/core'
import { imageStoreConformance } from '@nephos/testkit'
import fc from 'fast-check'
import { afterAll, describe, expect, it, test } from 'vitest'
import { fsImages } from '../src/image/fs/index.ts'
import { fileOfKey, keyOfFile } from '../src/files/key-file.ts'

const directories: string[] = []

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'fs-images-'))
  directories.push(directory)
  return directory
}

afterAll(async () => {
  for (const directory of directories) await rm(directory, { recursive: true, force: true })
})

imageStoreConformance({
  test,
  make: async (): Promise<ImageStore> => fsImages({ directory: await newDirectory() }),
  reopen: () => fsImages({ directory: directories.at(-1) as string }),
})

async function* stream(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

describe('fsImages', () => {
  it('writes only below its directory, and leaves no temporary files', async () => {
    const outer = await newDirectory()
    const store = await fsImages({ directory: join(outer, 'images') })
    for (const key of ['../../escape', '/etc/x', 'a/../../b', '..']) {
      await store.put(key, stream(Uint8Array.of(1)))
    }
    expect(await readdir(outer)).toEqual(['images'])
    expect((await readdir(join(outer, 'images'))).sort()).toEqual(['data', 'tmp'])
    expect(await readdir(join(outer, 'images', 'data'))).toHaveLength(4)
    expect(await readdir(join(outer, 'images', 'tmp'))).toEqual([])
  })

  it('removes at opening what dead writers left, and nothing else', async () => {
    const directory = await newDirectory()
    const tmp = join(directory, 'tmp')
    const first = await fsImages({ directory })
    let unblock = (): void => undefined
    const blocked = new Promise<void>((resolve) => (unblock = resolve))
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(1)
      await blocked
      yield Uint8Array.of(2)
    }
    const putting = first.put('slow', slow())
    while ((await readdir(tmp)).length === 0) await new Promise((resolve) => setImmediate(resolve))
    const [live] = await readdir(tmp)
    const [, host] = (live as string).split('~')
    // No process has the largest id; another host's file counts as alive until it is a day old.
    const dead = `x~${host}~4194304~1`
    const old = 'x~ffff~1~1'
    const fresh = 'x~ffff~1~2'
    for (const name of [dead, old, fresh, 'foreign']) await writeFile(join(tmp, name), 'x')
    await utimes(join(tmp, old), 0, 0)
    await fsImages({ directory })
    expect(new Set(await readdir(tmp))).toEqual(new Set([live, fresh, 'foreign']))
    unblock()
    expect(await putting).toBe(2)
    expect(await first.size('slow')).toBe(2)
  })

  it('lists and reads only what it wrote', async () => {
    const directory = await newDirectory()
    const store = await fsImages({ directory })
    const data = join(directory, 'data')
    await store.put('a', stream(Uint8Array.of(1)))
    await writeFile(join(data, 'Not-Ours'), 'x')
    await writeFile(join(data, '%zz'), 'x')
    await mkdir(join(data, 'directory'))
    await symlink('/etc/hostname', join(data, 'link'))
    const keys: string[] = []
    for await (const key of store.list()) keys.push(key)
    expect(keys).toEqual(['a'])
    const reading = store.get('link')[Symbol.asyncIterator]().next()
    await expect(reading).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('reports a directory it cannot use, without its path', async () => {
    const directory = await newDirectory()
    await writeFile(join(directory, 'file'), '')
    const refusal = await fsImages({ directory: join(directory, 'file') }).catch((error) => error)
    expect(refusal).toMatchObject({ code: 'unavailable' })
    expect(JSON.stringify(refusal)).not.toContain(directory)
  })

  it('reports a full or failing disk as unavailable and leaves nothing', async () => {
    const directory = await newDirectory()
    const store = await fsImages({ directory })
    async function* vanishing(): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(1)
      await rm(join(directory, 'data'), { recursive: true })
      yield Uint8Array.of(2)
    }
    await expect(store.put('a', vanishing())).rejects.toMatchObject({ code: 'unavailable' })
    expect(await readdir(join(directory, 'tmp'))).toEqual([])
  })
})

describe('file names of keys', () => {
  it('are safe, and lead back to the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 16 }), (key) => {
        const name = fileOfKey(key)
        expect(name).toMatch(/^[a-z0-9%-]+$/)
        expect(keyOfFile(name)).toBe(key)
      }),
    )
  })

  it('that are not canonical are not ours', () => {
    for (const name of ['A', '%41%', '%4', '%61', '%FF', '%ff', '.', '', 'a~b']) {
      expect(keyOfFile(name), name).toBeUndefined()
    }
  })
})
