import type { Digest, DigestAlgorithm, DigestBatch } from '../../ports/digest.ts'

/** Several hashes of a stream: beside the caller where the runtime can, else as chunks come. */
export function hashBatch(digest: Digest, algorithms: readonly DigestAlgorithm[]): DigestBatch {
  if (digest.batch) return digest.batch(algorithms)
  const hashes = algorithms.map((algorithm) => digest.stream(algorithm))
  return {
    update: (chunk) => {
      for (const hash of hashes) hash.update(chunk)
      return undefined
    },
    digests: () => hashes.map((hash) => hash.digest()),
    close: () => undefined,
  }
}
