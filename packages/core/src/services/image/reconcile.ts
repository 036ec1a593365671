import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  type Image,
  imageDataKey,
  imageKind,
  ownsImageData,
  parseImageDataKey,
} from '../../model/image/image.ts'
import { everyRow } from '../page.ts'
import { chargeQuota } from '../quota.ts'
import { scrubImage } from './delete.ts'
import { nextStatus } from './next-status.ts'
import { Interruptions } from './interrupted.ts'
import { imageUsage } from './usage.ts'

export interface ImageReconciliation {
  /** Uploads given up because nobody renewed their lease. */
  readonly interrupted: number
  /** Staged bytes given up because nobody imported them. */
  readonly expired: number
  /** Deleted images whose bytes and record are gone now. */
  readonly scrubbed: number
  /** Keys without a live record, removed. */
  readonly orphans: number
}

/** Keys looked up at once: bounds memory whatever the store holds. */
const keysPerLookup = 256

/**
 * Brings records and bytes together again after crashes. Takes no input, may run at any time and in
 * several processes: an upload under way is told from an interrupted one by its lease, and a key is
 * judged by the record as it is after the key was seen.
 *
 * @param options.interruptions what the rounds before saw; nothing by default.
 */
export async function reconcileImageBytes(
  kernel: Kernel,
  options: {
    readonly signal?: AbortSignal
    readonly orphans?: boolean
    readonly interruptions?: Interruptions
  } = {},
): Promise<ImageReconciliation> {
  const interruptions = options.interruptions ?? new Interruptions(kernel)
  const interrupted = await endInterruptedUploads(kernel, interruptions)
  const expired = await endForgotten(kernel)
  const scrubbed = await scrubDeleted(kernel)
  const orphans = options.orphans === false ? 0 : await removeOrphans(kernel, options.signal)
  return { interrupted, expired, scrubbed, orphans }
}

async function endInterruptedUploads(
  kernel: Kernel,
  interruptions: Interruptions,
): Promise<number> {
  interruptions.beginRound()
  const saving = await endInterrupted(kernel, interruptions, 'saving')
  return saving + (await endInterrupted(kernel, interruptions, 'uploading'))
}

async function endInterrupted(
  kernel: Kernel,
  interruptions: Interruptions,
  uploading: Image['status'],
): Promise<number> {
  let ended = 0
  for await (const images of everyRow(kernel, imageKind, {
    index: 'byStatus',
    equals: [uploading],
  })) {
    for (const image of images) {
      // What is staged waits for its import.
      if (image.upload === null) continue
      if (!interruptions.isInterrupted(image)) continue
      const event = image.attempt >= limits.imageUploadAttempts ? 'kill' : 'fail'
      const ending: Image = {
        ...image,
        status: nextStatus(image, event),
        upload: null,
        updatedAt: kernel.clock.now(),
      }
      // The record first: from then on the late writer's key is an orphan, whoever removes it.
      if (!(await commits(kernel, new Writes().update(imageKind, ending)))) continue
      await kernel.images.delete(imageDataKey(image))
      ended++
    }
  }
  return ended
}

/** What is staged counts against a quota and fills a store: it does not wait for ever. */
async function endForgotten(kernel: Kernel): Promise<number> {
  let ended = 0
  const staged = { index: 'byStatus', equals: ['uploading'] }
  for await (const images of everyRow(kernel, imageKind, staged)) {
    for (const image of images) {
      if (image.upload !== null) continue
      if (kernel.clock.now() - image.updatedAt < limits.imageStagedMs) continue
      const { imageBytes } = imageUsage(image)
      const writes = new Writes().update(imageKind, {
        ...image,
        status: nextStatus(image, 'fail'),
        staged: null,
        importFailed: true,
        updatedAt: kernel.clock.now(),
      })
      chargeQuota(writes, image.projectId, { imageBytes }, -1)
      // An import that came first needs them.
      if (!(await commits(kernel, writes))) continue
      await kernel.images.delete(imageDataKey(image))
      ended++
    }
  }
  return ended
}

async function scrubDeleted(kernel: Kernel): Promise<number> {
  let scrubbed = 0
  const deleted = { index: 'byStatus', equals: ['pending_delete'] }
  for await (const images of everyRow(kernel, imageKind, deleted)) {
    for (const image of images) await scrubImage(kernel, image)
    scrubbed += images.length
  }
  return scrubbed
}

async function removeOrphans(kernel: Kernel, signal: AbortSignal | undefined): Promise<number> {
  let removed = 0
  for await (const key of orphanKeys(kernel, signal)) {
    await kernel.images.delete(key)
    removed++
  }
  return removed
}

/**
 * Keys that no record wants. Keys of another form than ours are left alone. An image store belongs
 * to one cloud: the keys of a second one would have no record here.
 */
export async function* orphanKeys(
  kernel: Pick<Kernel, 'store' | 'images'>,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  let keys: string[] = []
  for await (const key of kernel.images.list()) {
    if (signal?.aborted) return
    keys.push(key)
    if (keys.length < keysPerLookup) continue
    yield* await withoutOwner(kernel, keys)
    keys = []
  }
  yield* await withoutOwner(kernel, keys)
}

async function withoutOwner(
  kernel: Pick<Kernel, 'store'>,
  keys: readonly string[],
): Promise<readonly string[]> {
  const ours = keys.flatMap((key) => {
    const parsed = parseImageDataKey(key)
    return parsed ? [{ key, ...parsed }] : []
  })
  if (ours.length === 0) return []
  const images = await kernel.store.get(
    imageKind,
    ours.map(({ imageId }) => imageId),
  )
  return ours.flatMap(({ key, ...data }, index) =>
    ownsImageData(images[index], data) ? [] : [key],
  )
}

/** False when another process was faster. */
async function commits(kernel: Kernel, writes: Writes): Promise<boolean> {
  try {
    await kernel.committer.commit(writes)
    return true
  } catch (error) {
    if (error instanceof CommitConflict) return false
    throw error
  }
}
