import { type CloudError, type DigestAlgorithm, type DigestBatch, nodeDigest } from '@nephos/core'
import type { HashThread } from './hash-thread.ts'

/** A thread that makes some of a stream's hashes. */
export interface Lane {
  readonly thread: HashThread
  readonly algorithms: readonly DigestAlgorithm[]
  /** The thread has no more to do with the stream. */
  readonly release: () => void
}

/** Bytes sent to the threads at once. What is shorter than that is not worth a thread. */
export const slotBytes = 512 * 1024

/** Slots of one stream: 2 MiB, however long it is. */
const slots = 4

interface Slot {
  readonly bytes: Uint8Array
  used: number
  /** Lanes that have not taken it yet. */
  wanted: number
}

interface OpenLane extends Lane {
  readonly id: number
  /** Those that the thread has not taken yet, the oldest first. */
  readonly under: Slot[]
}

interface Waiter {
  readonly resolve: () => void
  readonly reject: (error: CloudError) => void
}

/** Several hashes of one stream, made in threads from memory that is shared with them. */
export class HashedStream implements DigestBatch {
  readonly #algorithms: readonly DigestAlgorithm[]
  readonly #open: () => Lane[]
  readonly #free: Slot[] = []
  readonly #digests = new Map<DigestAlgorithm, string>()
  #lanes: OpenLane[] | undefined
  #made = 0
  #filling: Slot | undefined
  #waiter: Waiter | undefined
  #failure: CloudError | undefined

  /** @param open asked for threads once there is more than one slot of bytes. */
  constructor(algorithms: readonly DigestAlgorithm[], open: () => Lane[]) {
    this.#algorithms = algorithms
    this.#open = open
  }

  update(chunk: Uint8Array): Promise<void> | undefined {
    const slot = this.#filling
    if (!slot || slot.used + chunk.length >= slotBytes) return this.#spread(chunk)
    slot.bytes.set(chunk, slot.used)
    slot.used += chunk.length
    return undefined
  }

  async #spread(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length;) {
      const slot = (this.#filling ??= await this.#room())
      const part = chunk.subarray(at, at + slotBytes - slot.used)
      slot.bytes.set(part, slot.used)
      slot.used += part.length
      at += part.length
      if (slot.used === slotBytes) this.#send(slot)
    }
  }

  async digests(): Promise<readonly string[]> {
    const last = this.#filling
    if (!this.#lanes) return this.#hashHere(last)
    if (last) this.#send(last)
    for (const { thread, id } of this.#lanes) thread.finish(id)
    while (this.#digests.size < this.#algorithms.length) await this.#change()
    return this.#algorithms.map((algorithm) => this.#digests.get(algorithm) as string)
  }

  close(): void {
    for (const lane of this.#lanes ?? []) {
      lane.thread.drop(lane.id)
      lane.release()
    }
    this.#lanes = []
  }

  #hashHere(slot: Slot | undefined): readonly string[] {
    const bytes = slot ? slot.bytes.subarray(0, slot.used) : new Uint8Array()
    return this.#algorithms.map((algorithm) => nodeDigest.hash(algorithm, bytes))
  }

  async #room(): Promise<Slot> {
    while (this.#free.length === 0 && this.#made === slots) await this.#change()
    const slot = this.#free.pop()
    if (slot) return slot
    this.#made++
    return { bytes: new Uint8Array(new SharedArrayBuffer(slotBytes)), used: 0, wanted: 0 }
  }

  #send(slot: Slot): void {
    this.#filling = undefined
    this.#lanes ??= this.#open().map((lane) => this.#begin(lane))
    slot.wanted = this.#lanes.length
    for (const { thread, id, under } of this.#lanes) {
      under.push(slot)
      thread.send(id, slot.bytes.subarray(0, slot.used))
    }
  }

  #begin(lane: Lane): OpenLane {
    const under: Slot[] = []
    const id = lane.thread.begin(lane.algorithms, {
      onTaken: () => {
        this.#taken(under.shift())
      },
      onDigests: (digests) => {
        for (const [index, algorithm] of lane.algorithms.entries()) {
          this.#digests.set(algorithm, digests[index] as string)
        }
        this.#waiter?.resolve()
      },
      onFailed: (error) => {
        this.#failure = error
        this.#waiter?.reject(error)
      },
    })
    return { ...lane, id, under }
  }

  #taken(slot: Slot | undefined): void {
    if (!slot || --slot.wanted > 0) return
    slot.used = 0
    this.#free.push(slot)
    this.#waiter?.resolve()
  }

  /** @throws CloudError `unavailable` when a thread has ended. */
  async #change(): Promise<void> {
    if (this.#failure) throw this.#failure
    await new Promise<void>((resolve, reject) => {
      this.#waiter = { resolve, reject }
    })
  }
}
