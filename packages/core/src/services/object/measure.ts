import { CloudError, throwIfAborted } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Digest } from '../../ports/digest.ts'
import type { ObjectUpload } from './upload-input.ts'

/** What is known of bytes once all of them were seen: digests in lower-case hex. */
export interface ObjectDigests {
  readonly size: number
  readonly etag: string
  readonly sha256: string
}

/** Bytes that still fit, and the limit that says so. */
export interface Room {
  readonly bytes: number
  readonly field: 'objectBytes' | 'maxBytes'
}

export interface MeasureOptions {
  readonly digest: Digest
  readonly declared: Pick<ObjectUpload, 'size' | 'checksum'>
  readonly room: Room
  readonly signal: AbortSignal | undefined
  /** Called before each chunk passes; may end the stream by throwing. */
  readonly onProgress: () => Promise<void>
}

/** A stream that counts and hashes what passes, refuses too much, and then tells what it saw. */
export interface Measured {
  readonly bytes: AsyncIterable<Uint8Array>
  /** @throws CloudError `unavailable` when the stream was not read to its end. */
  finish(): ObjectDigests
}

export function measureObject(data: AsyncIterable<Uint8Array>, options: MeasureOptions): Measured {
  const { digest, declared, signal, onProgress } = options
  const md5 = digest.stream('md5')
  const sha256 = digest.stream('sha256')
  let size = 0
  let ended = false
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of data) {
      throwIfAborted(signal)
      if (!(chunk instanceof Uint8Array)) {
        throw new CloudError('invalid', 'data: a chunk is not a Uint8Array.', { field: 'data' })
      }
      if (chunk.length === 0) continue
      size += chunk.length
      requireRoom(size, options)
      await onProgress()
      md5.update(chunk)
      sha256.update(chunk)
      yield chunk
    }
    throwIfAborted(signal)
    if (declared.size !== undefined && size < declared.size) {
      throw new CloudError('invalid', `size: ${declared.size} were declared, ${size} came.`, {
        field: 'size',
        limit: declared.size,
      })
    }
    ended = true
  }
  return {
    bytes: pass(),
    finish: () => {
      if (!ended) throw new CloudError('unavailable', 'The object store did not take all bytes.')
      const digests = { size, etag: md5.digest(), sha256: sha256.digest() }
      requireDeclared(digests, declared)
      return digests
    },
  }
}

function requireRoom(size: number, { declared, room }: MeasureOptions): void {
  const most = declared.size ?? limits.objectBytes
  if (size > most) {
    throw new CloudError('tooLarge', `More than the ${most} bytes declared or allowed.`, {
      field: 'size',
      limit: most,
    })
  }
  if (size <= room.bytes) return
  throw new CloudError('quotaExceeded', `Quota exceeded: ${room.bytes} bytes were left.`, {
    field: room.field,
    limit: room.bytes,
  })
}

function requireDeclared(
  digests: ObjectDigests,
  { checksum }: Pick<ObjectUpload, 'checksum'>,
): void {
  if (!checksum) return
  const actual = checksum.algorithm === 'md5' ? digests.etag : digests.sha256
  if (actual === checksum.value.toLowerCase()) return
  throw new CloudError('checksumMismatch', 'The bytes received are not those declared.', {
    field: 'checksum',
    detail: { algorithm: checksum.algorithm, received: actual },
  })
}
