import { availableParallelism } from 'node:os'
import { type Digest, type DigestAlgorithm, type DigestBatch, nodeDigest } from '@nephos/core'
import { HashThread } from './hash-thread.ts'
import { HashedStream, type Lane } from './hashed-stream.ts'

/** Threads at most: three hashes of two streams at once are as fast as bytes come. */
const mostThreads = 4

/** What a byte costs each of them, roughly, to spread them over threads. */
const costs: Readonly<Record<DigestAlgorithm, number>> = { md5: 13, sha512: 12, sha256: 6 }

/** A thread, and what the streams that it has cost. */
interface Held {
  thread: HashThread
  cost: number
}

/** The process's. They begin with the first long stream. */
const threads: Held[] = []

/**
 * Hashing by the runtime's own crypto; several hashes of one long stream are made in threads of
 * their own, so that who receives the bytes has the time to.
 */
export const threadedDigest: Digest = Object.freeze({
  ...nodeDigest,
  batch: (algorithms: readonly DigestAlgorithm[]): DigestBatch =>
    new HashedStream(algorithms, () => lanesOf(algorithms)),
})

/** The thread with least to do, which is a new one while there may be more. */
function hold(algorithm: DigestAlgorithm): Held {
  const most = Math.min(mostThreads, availableParallelism())
  const [least] = threads.toSorted((a, b) => a.cost - b.cost)
  const held = least && (least.cost === 0 || threads.length >= most) ? least : open()
  held.cost += costs[algorithm]
  return held
}

function open(): Held {
  const thread = new HashThread(() => {
    const at = threads.findIndex((held) => held.thread === thread)
    if (at !== -1) threads.splice(at, 1)
  })
  const held = { thread, cost: 0 }
  threads.push(held)
  return held
}

/** The most expensive first, each with the thread that has least to do. */
function lanesOf(algorithms: readonly DigestAlgorithm[]): Lane[] {
  const lanes = new Map<Held, DigestAlgorithm[]>()
  for (const algorithm of algorithms.toSorted((a, b) => costs[b] - costs[a])) {
    const held = hold(algorithm)
    lanes.set(held, [...(lanes.get(held) ?? []), algorithm])
  }
  return [...lanes].map(([held, own]) => ({
    thread: held.thread,
    algorithms: own,
    release: () => {
      for (const algorithm of own) held.cost -= costs[algorithm]
    },
  }))
}
