import { createHash } from 'node:crypto'
import type { Digest, DigestAlgorithm, DigestStream } from '../ports/digest.ts'

/** Hashing by the runtime's own crypto. Pure: equal bytes give equal digests. */
export const nodeDigest: Digest = Object.freeze({
  hash(algorithm: DigestAlgorithm, data: string | Uint8Array): string {
    return createHash(algorithm).update(data).digest('hex')
  },
  stream(algorithm: DigestAlgorithm): DigestStream {
    const hash = createHash(algorithm)
    return {
      update: (chunk) => void hash.update(chunk),
      digest: () => hash.digest('hex'),
    }
  },
})
