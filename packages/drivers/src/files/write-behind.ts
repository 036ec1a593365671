import { throwIfAborted } from '@nephos/core'

/** Bytes per write: those of sockets come in pieces that are not worth a call each. */
const writeBytes = 512 * 1024

/**
 * Gathers chunks into one buffer while another is written: 1 MiB for a long stream, and the bytes
 * of its first chunk for one that has no other.
 */
export class WriteBehind {
  readonly #write: (bytes: Uint8Array, position: number) => Promise<void>
  #gathering = Buffer.alloc(0)
  #spare = Buffer.alloc(0)
  #used = 0
  #written = 0
  #under: Promise<void> | undefined

  /** @param write writes all the bytes at the position. */
  constructor(write: (bytes: Uint8Array, position: number) => Promise<void>) {
    this.#write = write
  }

  /**
   * Writes the whole stream; nothing is being written any more when it ends, well or not.
   *
   * @returns how many bytes there were.
   * @throws what the stream and `write` throw; CloudError `aborted`.
   */
  async writeAll(
    data: AsyncIterable<Uint8Array>,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    try {
      for await (const chunk of data) {
        throwIfAborted(signal)
        await this.#add(chunk)
      }
      await this.#flush()
      await this.#under
    } finally {
      await this.#under?.catch(() => undefined)
    }
    return this.#written
  }

  async #add(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length;) {
      if (this.#used === this.#gathering.length) {
        if (this.#used > 0 && this.#used < writeBytes) this.#grow()
        else await this.#flush()
        if (this.#gathering.length === 0) {
          const bytes = this.#written > 0 ? writeBytes : Math.min(writeBytes, chunk.length)
          this.#gathering = Buffer.allocUnsafeSlow(bytes)
        }
      }
      const part = chunk.subarray(at, at + this.#gathering.length - this.#used)
      this.#gathering.set(part, this.#used)
      this.#used += part.length
      at += part.length
    }
  }

  #grow(): void {
    const grown = Buffer.allocUnsafeSlow(writeBytes)
    grown.set(this.#gathering)
    this.#gathering = grown
  }

  /** Begins to write what was gathered, once what is being written is. */
  async #flush(): Promise<void> {
    await this.#under
    this.#under = undefined
    if (this.#used === 0) return
    const full = this.#gathering
    this.#under = this.#write(full.subarray(0, this.#used), this.#written)
    // Told where it is awaited.
    this.#under.catch(() => undefined)
    this.#written += this.#used
    this.#used = 0
    this.#gathering = this.#spare
    this.#spare = full
  }
}
