/** Hashing as a parameter: pure, but its implementation belongs to the runtime. */
export type DigestAlgorithm = 'md5' | 'sha256' | 'sha512'

export interface Digest {
  /** Hex digest of a text (UTF-8) or of bytes. */
  hash(algorithm: DigestAlgorithm, data: string | Uint8Array): string
  /** An incremental hash for streams. */
  stream(algorithm: DigestAlgorithm): DigestStream
}

export interface DigestStream {
  update(chunk: Uint8Array): void
  /** Hex digest; the stream takes no more bytes afterwards. */
  digest(): string
}
