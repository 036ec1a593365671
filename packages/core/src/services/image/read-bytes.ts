import { CloudError } from '../../base/errors.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  type Image,
  imageDataKey,
  imageKind,
  type ImagePlace,
  imagePlaces,
} from '../../model/image/image.ts'

interface Range {
  readonly start: number
  readonly end: number
}

/**
 * The bytes of an image, or a range of them. A whole read is verified against the digest taken at
 * the upload, a range by its length. When a place has lost its bytes, the next one goes on from
 * where it stopped; one whose bytes are not those uploaded is the last that is asked from then on.
 *
 * @throws CloudError `checksumMismatch` at the end, `notFound` when no place has the bytes.
 */
export async function* readImageBytes(
  kernel: Kernel,
  image: Image,
  range: Range,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const size = image.digests?.size
  const whole = range.start === 0 && range.end === size
  const hash = whole ? kernel.digest.stream('sha256') : undefined
  const [first, ...others] = imagePlaces(image)
  const left: ImagePlace[] = [...others]
  let at = range.start
  for (let place = first; ;) {
    const part = at > range.start || !whole
    const options = { ...(part && { start: at, end: range.end }), ...(signal && { signal }) }
    try {
      for await (const chunk of kernel.images.get(imageDataKey(image, place), options)) {
        at += chunk.length
        hash?.update(chunk)
        yield chunk
      }
    } catch (error) {
      if (signal?.aborted || left.length === 0) throw error
      report(kernel, image, place, String(error))
    }
    const next = left.shift()
    if (at >= range.end || !next) {
      if (at === range.end && (!hash || hash.digest() === image.digests?.sha256)) return
      await askLast(kernel, image, place)
      break
    }
    place = next
  }
  kernel.telemetry.meter.count('image_checksum_mismatch')
  throw new CloudError('checksumMismatch', 'The stored bytes are not those uploaded.', {
    field: 'id',
    internal: { key: imageDataKey(image), length: at - range.start },
  })
}

function report(kernel: Kernel, image: Image, place: ImagePlace, error: string): void {
  kernel.telemetry.meter.count('image_copy_unread')
  const attributes = { key: imageDataKey(image, place), error }
  kernel.telemetry.logger.log('warn', 'another copy of an image is read instead', attributes)
}

/** The next reader gets another copy, if there is one. */
async function askLast(kernel: Kernel, image: Image, bad: ImagePlace): Promise<void> {
  const [now] = await kernel.store.get(imageKind, [image.id])
  if (!now || now.attempt !== image.attempt) return
  const isBad = ({ store, serial }: ImagePlace): boolean =>
    store === bad.store && serial === bad.serial
  const places = imagePlaces(now)
  const [first] = places
  if (places.length === 1 || !isBad(first)) return
  try {
    const reordered = { ...now, places: [...places.slice(1), first] }
    await kernel.committer.commit(new Writes().update(imageKind, reordered))
  } catch (error) {
    // Somebody changed the image at the same moment: the next reader finds out, too.
    if (!(error instanceof CommitConflict)) throw error
  }
}
