/** Hashing as a parameter: pure, but its implementation belongs to the runtime. */
export type DigestAlgorithm = 'md5' | 'sha256' | 'sha512'

export interface Digest {
  /** Hex digest of a text (UTF-8) or of bytes. */
  hash(algorithm: DigestAlgorithm, data: string | Uint8Array): string
  /** An incremental hash for streams. */
  stream(algorithm: DigestAlgorithm): DigestStream
  /** Several hashes of one stream, made beside the caller; absent: he makes them one by one. */
  batch?(algorithms: readonly DigestAlgorithm[]): DigestBatch
}

/** Several hashes of the same bytes. One call at a time. */
export interface DigestBatch {
  /**
   * Takes a chunk, which is the caller's again afterwards. A promise while too much is to be
   * hashed.
   *
   * @throws CloudError `unavailable` when what hashes has ended.
   */
  update(chunk: Uint8Array): Promise<void> | undefined
  /**
   * Hex digests of all that was taken, in the order of the algorithms.
   *
   * @throws CloudError `unavailable` when what hashes has ended.
   */
  digests(): Promise<readonly string[]> | readonly string[]
  /** Gives back what it holds: always called, whether digests were asked for or not. */
  close(): void
}

export interface DigestStream {
  update(chunk: Uint8Array): void
  /** Hex digest; the stream takes no more bytes afterwards. */
  digest(): string
}
