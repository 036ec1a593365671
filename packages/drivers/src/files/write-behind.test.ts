import { describe, expect, it } from 'vitest'
import { WriteBehind } from './write-behind.ts'

const kib = 1_024

/** A file, and the sizes of its writes. Each write ends a moment later. */
function file(fail?: Error) {
  const bytes = Buffer.alloc(8 * kib * kib)
  const sizes: number[] = []
  let under = 0
  let most = 0
  const write = async (chunk: Uint8Array, position: number): Promise<void> => {
    under++
    most = Math.max(most, under)
    await new Promise((resolve) => setImmediate(resolve))
    bytes.set(chunk, position)
    sizes.push(chunk.length)
    under--
    if (fail) throw fail
  }
  return { bytes, sizes, write, seen: () => ({ under, most }) }
}

/** Pieces of one buffer that is changed as soon as the next one is asked for. */
async function* pieces(count: number, size: number): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(size)
  for (let index = 0; index < count; index++) {
    buffer.fill(index % 251)
    yield buffer
    buffer.fill(0xff)
  }
}

function whole(count: number, size: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, at) => Buffer.alloc(size, at % 251)))
}

describe('write behind', () => {
  it.each([
    [0, 1, 0],
    [1, 5, 1],
    [3, 100, 1],
    [1, 512 * kib, 1],
    [1, 1_300 * kib, 3],
    [40, 64 * kib, 5],
    [333, 10_007, 7],
    [2, 700 * kib + 1, 3],
  ])('writes %i chunks of %i bytes in %i writes', async (count, size, writes) => {
    const { bytes, sizes, write, seen } = file()
    const written = await new WriteBehind(write).writeAll(pieces(count, size), undefined)
    expect(written).toBe(count * size)
    expect(sizes.length).toBe(writes)
    expect(bytes.subarray(0, written).equals(whole(count, size))).toBe(true)
    expect(seen().most).toBeLessThanOrEqual(1)
  })

  it('throws what a write throws, the last one too', async () => {
    for (const count of [1, 40]) {
      const { write } = file(new Error('full'))
      const writing = new WriteBehind(write).writeAll(pieces(count, 64 * kib), undefined)
      await expect(writing).rejects.toThrow('full')
    }
  })

  it('writes nothing more once it has thrown what the stream throws', async () => {
    const { write, seen } = file()
    async function* torn(): AsyncGenerator<Uint8Array> {
      yield* pieces(9, 64 * kib)
      throw new Error('torn')
    }
    await expect(new WriteBehind(write).writeAll(torn(), undefined)).rejects.toThrow('torn')
    expect(seen().under).toBe(0)
  })

  it('ends when it is told to', async () => {
    const { write, seen } = file()
    const stop = new AbortController()
    async function* stopped(): AsyncGenerator<Uint8Array> {
      yield* pieces(9, 64 * kib)
      stop.abort()
      yield* pieces(1, 64 * kib)
    }
    const writing = new WriteBehind(write).writeAll(stopped(), stop.signal)
    await expect(writing).rejects.toMatchObject({ code: 'aborted' })
    expect(seen().under).toBe(0)
  })
})
