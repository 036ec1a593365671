import { CloudError, throwIfAborted } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { ImageDigests } from '../../model/image/image.ts'
import type { Digest } from '../../ports/digest.ts'
import { hashBatch } from './hash-batch.ts'
import type { DeclaredImage } from './upload-input.ts'

export interface MeasureOptions {
  readonly digest: Digest
  readonly declared: DeclaredImage
  /** Bytes that the quota has left. */
  readonly room: number
  readonly signal?: AbortSignal
  /** Called before each chunk passes; may end the stream by throwing. */
  readonly onProgress: () => Promise<void>
  /** Looks at each chunk that passes. */
  readonly onChunk?: (chunk: Uint8Array) => void
}

/** A stream that counts and hashes what passes, refuses too much, and then tells what it saw. */
export interface Measured {
  readonly bytes: AsyncIterable<Uint8Array>
  /** @throws CloudError `unavailable` when the stream was not read to its end. */
  finish(): ImageDigests
}

export function measureBytes(data: AsyncIterable<Uint8Array>, options: MeasureOptions): Measured {
  const { signal, onProgress, onChunk } = options
  let size = 0
  let digests: ImageDigests | undefined
  async function* pass(): AsyncGenerator<Uint8Array> {
    const hashes = hashBatch(options.digest, ['md5', 'sha256', 'sha512'])
    try {
      for await (const chunk of data) {
        throwIfAborted(signal)
        if (!(chunk instanceof Uint8Array)) {
          throw new CloudError('invalid', 'data: a chunk is not a Uint8Array.', { field: 'data' })
        }
        if (chunk.length === 0) continue
        size += chunk.length
        requireRoom(size, options)
        await onProgress()
        const room = hashes.update(chunk)
        if (room) await room
        onChunk?.(chunk)
        yield chunk
      }
      throwIfAborted(signal)
      const { size: declared } = options.declared
      if (declared !== undefined && size < declared) {
        throw new CloudError('invalid', `size: ${declared} bytes were declared, ${size} came.`, {
          field: 'size',
          limit: declared,
        })
      }
      const made = hashes.digests()
      const [checksum = '', sha256 = '', osHashValue = ''] = 'then' in made ? await made : made
      digests = { size, checksum, sha256, osHashAlgo: 'sha512', osHashValue }
    } finally {
      hashes.close()
    }
  }
  return {
    bytes: pass(),
    finish: () => {
      if (digests) return digests
      throw new CloudError('unavailable', 'The image store did not take all bytes.')
    },
  }
}

function requireRoom(size: number, { declared, room }: MeasureOptions): void {
  const most = declared.size ?? limits.imageBytes
  if (size > most) {
    throw new CloudError('tooLarge', `More than the ${most} bytes declared or allowed.`, {
      field: 'size',
      limit: most,
    })
  }
  if (size > room) {
    throw new CloudError(
      'quotaExceeded',
      `Quota exceeded for imageBytes: ${room} bytes were left.`,
      {
        field: 'imageBytes',
        limit: room,
      },
    )
  }
}

/** @throws CloudError `checksumMismatch` when the bytes are not those declared. */
export function requireDeclared(digests: ImageDigests, declared: DeclaredImage): void {
  const { checksum } = declared
  if (!checksum) return
  const actual = {
    md5: digests.checksum,
    sha256: digests.sha256,
    sha512: digests.osHashValue,
  }[checksum.algorithm]
  if (actual === checksum.value.toLowerCase()) return
  throw new CloudError('checksumMismatch', 'The bytes received are not those declared.', {
    field: 'checksum',
    detail: { algorithm: checksum.algorithm, received: actual },
  })
}
