import { iso, luks, partitions, ploop, vdi } from './plain.ts'
import { qcow2, qed } from './qcow2.ts'
import { type Reader, regionBytes, tailBytes, type Verdict, type Wanted } from './reader.ts'
import { vhd, vhdx } from './vhd.ts'
import { vmdk } from './vmdk.ts'

/** Every format that is told from its bytes. */
const readers: readonly (() => Reader)[] = [
  qcow2,
  qed,
  vmdk,
  vhd,
  vhdx,
  vdi,
  iso,
  partitions,
  luks,
  ploop,
]

/**
 * Tells from the bytes of an image, as they pass, what they are. It holds the regions that readers
 * wait for and the end of the stream, whatever its length: at most a megabyte for each format, in
 * practice a few kilobytes.
 */
export class Inspector {
  readonly #follows = readers.map((reader) => new Follow(reader()))
  readonly #tail = new Tail()
  #at = 0

  /** Bytes seen. */
  get size(): number {
    return this.#at
  }

  update(chunk: Uint8Array): void {
    for (const follow of this.#follows) follow.update(chunk, this.#at)
    this.#tail.update(chunk)
    this.#at += chunk.length
  }

  /** What it was, after the last chunk: no verdict means bytes without a format of their own. */
  finish(): readonly Verdict[] {
    const tail = this.#tail.bytes()
    return this.#follows.flatMap((follow) => follow.finish(tail) ?? [])
  }
}

/** One reader on its way through the stream. */
class Follow {
  readonly #reader: Reader
  #wanted: Wanted | undefined
  #verdict: Verdict | undefined
  #held: Uint8Array = new Uint8Array(0)
  #filled = 0

  constructor(reader: Reader) {
    this.#reader = reader
    this.#take(reader.next())
  }

  update(chunk: Uint8Array, start: number): void {
    const end = start + chunk.length
    while (this.#wanted !== undefined && this.#wanted !== 'tail') {
      const { at, length } = this.#wanted
      const next = at + this.#filled
      if (next >= end) return
      const part = chunk.subarray(next - start, Math.min(chunk.length, at + length - start))
      this.#hold(part, length)
      if (this.#filled < length) return
      this.#give()
    }
  }

  finish(tail: Uint8Array): Verdict | undefined {
    while (this.#wanted !== undefined) {
      if (this.#wanted === 'tail') this.#take(this.#reader.next(tail))
      else this.#give()
    }
    return this.#verdict
  }

  /** Grows with what arrives, not with what was asked for: a stream may end early. */
  #hold(part: Uint8Array, length: number): void {
    if (this.#filled + part.length > this.#held.length) {
      const room = Math.min(length, Math.max(2 * this.#held.length, this.#filled + part.length))
      const held = new Uint8Array(room)
      held.set(this.#held.subarray(0, this.#filled))
      this.#held = held
    }
    this.#held.set(part, this.#filled)
    this.#filled += part.length
  }

  #give(): void {
    const bytes = this.#held.subarray(0, this.#filled)
    const end = this.#end()
    this.#held = new Uint8Array(0)
    this.#filled = 0
    this.#take(this.#reader.next(bytes), end)
  }

  #end(): number {
    return this.#wanted === undefined || this.#wanted === 'tail'
      ? 0
      : this.#wanted.at + this.#wanted.length
  }

  #take(result: IteratorResult<Wanted, Verdict | undefined>, passed = 0): void {
    if (result.done === true) {
      this.#wanted = undefined
      this.#verdict = result.value
      return
    }
    const wanted = result.value
    if (wanted !== 'tail' && (wanted.at < passed || !(wanted.length <= regionBytes))) {
      throw new RangeError('A reader wants bytes that have passed, or too many.')
    }
    this.#wanted = wanted
  }
}

/** The last bytes of a stream. */
class Tail {
  #bytes: Uint8Array = new Uint8Array(0)

  update(chunk: Uint8Array): void {
    if (chunk.length >= tailBytes) {
      this.#bytes = chunk.slice(chunk.length - tailBytes)
      return
    }
    const kept = this.#bytes.subarray(Math.max(0, this.#bytes.length + chunk.length - tailBytes))
    const bytes = new Uint8Array(kept.length + chunk.length)
    bytes.set(kept)
    bytes.set(chunk, kept.length)
    this.#bytes = bytes
  }

  bytes(): Uint8Array {
    return this.#bytes
  }
}
