import { type DigestAlgorithm, type DigestBatch, nodeDigest } from '@nephos/core'
import { describe, expect, it } from 'vitest'
import { HashThread } from './hash-thread.ts'
import { HashedStream, slotBytes } from './hashed-stream.ts'
import { threadedDigest } from './threaded-digest.ts'

const algorithms: readonly DigestAlgorithm[] = ['md5', 'sha256', 'sha512']

function batch(): DigestBatch {
  const made = threadedDigest.batch?.(algorithms)
  if (!made) throw new Error('hashes are made one by one')
  return made
}

/** Bytes that are not the same everywhere. */
function noise(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = seed
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

/** Sends the bytes in pieces from one buffer, which is another's as soon as it was taken. */
async function hashed(bytes: Uint8Array, piece: number): Promise<readonly string[]> {
  const hashes = batch()
  const buffer = new Uint8Array(piece)
  for (let at = 0; at < bytes.length; at += piece) {
    const part = bytes.subarray(at, at + piece)
    buffer.set(part)
    await hashes.update(buffer.subarray(0, part.length))
    buffer.fill(0xee)
  }
  const digests = await hashes.digests()
  hashes.close()
  return digests
}

const expected = (bytes: Uint8Array): readonly string[] =>
  algorithms.map((algorithm) => nodeDigest.hash(algorithm, bytes))

describe('threaded digest', () => {
  it.each([
    [0, 1],
    [1, 1],
    [slotBytes - 1, 65_536],
    [slotBytes, 65_536],
    [slotBytes + 1, 65_536],
    [9 * slotBytes + 77, 65_521],
    [9 * slotBytes + 77, 3 * slotBytes + 5],
  ])('gives the digests of %i bytes that come by %i', async (length, piece) => {
    const bytes = noise(length, length)
    expect(await hashed(bytes, piece)).toEqual(expected(bytes))
  })

  it('keeps streams of the same moment apart', async () => {
    const all = Array.from({ length: 7 }, (_, index) => noise(5 * slotBytes + index, index))
    const digests = await Promise.all(all.map((bytes) => hashed(bytes, 100_000)))
    expect(digests).toEqual(all.map(expected))
  })

  it('holds no more than four slots of bytes that are not hashed yet', async () => {
    const sent: Uint8Array[] = []
    const stuck = { begin: () => 0, send: (_: number, bytes: Uint8Array) => sent.push(bytes) }
    const hashes = new HashedStream(['md5'], () => [
      { thread: stuck as unknown as HashThread, algorithms: ['md5'], release: () => undefined },
    ])
    let isTaken = false
    void hashes.update(noise(5 * slotBytes, 1))?.then(() => {
      isTaken = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(sent.length).toBe(4)
    expect(isTaken).toBe(false)
  })

  it('fails what waits when its thread ends, and gives the next stream another', async () => {
    let ended = 0
    const thread = new HashThread(() => ended++)
    const wrong = ['no such'] as unknown as DigestAlgorithm[]
    const hashes = new HashedStream(['md5'], () => [
      { thread, algorithms: wrong, release: () => undefined },
    ])
    const sending = (async () => {
      for (let round = 0; round < 9; round++) await hashes.update(noise(slotBytes, round))
      await hashes.digests()
    })()
    await expect(sending).rejects.toMatchObject({ code: 'unavailable' })
    hashes.close()
    expect(ended).toBe(1)
    const bytes = noise(3 * slotBytes, 3)
    expect(await hashed(bytes, 65_536)).toEqual(expected(bytes))
  })

  it('goes on after streams that were given up', async () => {
    const left = batch()
    for (let round = 0; round < 3; round++) await left.update(noise(slotBytes, round))
    left.close()
    left.close()
    const bytes = noise(3 * slotBytes, 4)
    expect(await hashed(bytes, 65_536)).toEqual(expected(bytes))
  })
})
