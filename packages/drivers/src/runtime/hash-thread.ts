import { Worker } from 'node:worker_threads'
import { CloudError, type DigestAlgorithm } from '@nephos/core'

/** What a thread answers: that it took bytes, or the digests at the end. */
interface Answer {
  readonly id: number
  readonly digests?: readonly string[]
}

/** One who has hashes in a thread. */
export interface HashClient {
  /** The oldest bytes that were sent are hashed, and their memory is free again. */
  readonly onTaken: () => void
  readonly onDigests: (digests: readonly string[]) => void
  readonly onFailed: (error: CloudError) => void
}

/**
 * What the thread runs, as text: a file of its own would not be found once packages are bundled,
 * or run from their sources.
 */
const program = `
const { parentPort } = require('node:worker_threads')
const { createHash } = require('node:crypto')
const open = new Map()
parentPort.on('message', ({ id, begin, bytes, end }) => {
  if (begin) open.set(id, begin.map((algorithm) => createHash(algorithm)))
  const hashes = open.get(id)
  if (bytes) {
    for (const hash of hashes) hash.update(bytes)
    parentPort.postMessage({ id })
  }
  if (end) open.delete(id)
  if (end === 'digest') {
    parentPort.postMessage({ id, digests: hashes.map((hash) => hash.digest('hex')) })
  }
})
`

/** A thread that hashes many streams. It keeps the process alive only while it has one. */
export class HashThread {
  readonly #worker: Worker
  readonly #clients = new Map<number, HashClient>()
  readonly #onEnded: () => void
  #nextId = 0
  #ended = false

  /** @param onEnded called once when the thread is there no more. */
  constructor(onEnded: () => void) {
    this.#onEnded = onEnded
    this.#worker = new Worker(program, {
      eval: true,
      // It loads nothing: neither loaders of sources nor inspectors have a part in it.
      execArgv: [],
      env: {},
      resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 },
    })
    this.#worker.unref()
    this.#worker.on('message', (answer: Answer) => {
      this.#take(answer)
    })
    this.#worker.once('error', (cause) => {
      this.#fail(cause)
    })
    this.#worker.once('exit', () => {
      this.#fail(undefined)
    })
  }

  /** Begins hashes of one stream; what is sent under the id goes through all of them. */
  begin(algorithms: readonly DigestAlgorithm[], client: HashClient): number {
    const id = this.#nextId++
    if (this.#clients.size === 0) this.#worker.ref()
    this.#clients.set(id, client)
    this.#worker.postMessage({ id, begin: algorithms }, [])
    return id
  }

  /** @param bytes in shared memory, which stays as it is until they are taken. */
  send(id: number, bytes: Uint8Array): void {
    this.#worker.postMessage({ id, bytes }, [])
  }

  /** Asks for the digests of all that was sent. */
  finish(id: number): void {
    this.#worker.postMessage({ id, end: 'digest' }, [])
  }

  /** Ends a stream whose digests nobody wants. */
  drop(id: number): void {
    if (!this.#clients.has(id)) return
    this.#forget(id)
    this.#worker.postMessage({ id, end: 'drop' }, [])
  }

  #take({ id, digests }: Answer): void {
    const client = this.#clients.get(id)
    if (!digests) {
      client?.onTaken()
      return
    }
    this.#forget(id)
    client?.onDigests(digests)
  }

  #forget(id: number): void {
    this.#clients.delete(id)
    if (this.#clients.size === 0) this.#worker.unref()
  }

  #fail(cause: unknown): void {
    const clients = [...this.#clients.values()]
    this.#clients.clear()
    // A thread that fails says so, and then that it has ended.
    if (!this.#ended) this.#onEnded()
    this.#ended = true
    const error = new CloudError('unavailable', 'The thread that hashes has ended.', { cause })
    for (const client of clients) client.onFailed(error)
  }
}
