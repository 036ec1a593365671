import { CloudError, isCloudError } from '../../base/errors.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  hasImageData,
  type Image,
  type ImageCopying,
  imageDataKey,
  imageKind,
  type ImagePlace,
  imagePlaces,
} from '../../model/image/image.ts'
import { imageTaskKind } from '../../model/image/task.ts'
import type { Outcome, Step, WorkContext } from '../../work/program.ts'
import { chargeQuota, readQuota, requireQuota } from '../quota.ts'
import type { ImportInput } from './import.ts'
import { type ImportRows, planTask, settleImport } from './import-end.ts'
import { readImageBytes } from './read-bytes.ts'
import { removeUnowned } from './unowned-bytes.ts'

/** How often an image is looked for, and its stores are tried, before one is believed to fail. */
const tries = 8

interface Copying extends ImportRows {
  readonly image: Image & { readonly copying: ImageCopying }
}

/**
 * Brings the bytes of an image to further stores, one after the other, and settles its task. Each
 * try has a key of its own, so that a worker who lost his lease writes beside it.
 */
export function copyStep(kernel: Kernel): Step {
  return {
    name: 'copy',
    run: (context) => copy(kernel, context),
    undo: (context) => giveUpCopy(kernel, context),
  }
}

async function copy(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  for (;;) {
    const found = await read(kernel, context)
    if (!('image' in found)) return found
    const { stores, failed } = found.image.copying
    const [store] = stores
    const isOver = failed.length > 0 && found.task.allMustSucceed !== false
    if (store === undefined || isOver) return await end(kernel, context)
    try {
      await copyTo(kernel, context, found, store)
    } catch (error) {
      const isOurs = !(error instanceof CommitConflict) && !context.signal.aborted
      const isFinal = isCloudError(error) && error.code === 'quotaExceeded'
      if (!isOurs || (!isFinal && context.work.attempt < tries)) throw error
      await settle(kernel, context, (now) => withoutStore(now, store))
    }
  }
}

/** @returns the outcome of the step, when there is nothing to copy. */
async function read(kernel: Kernel, { work }: WorkContext): Promise<Copying | Outcome> {
  const { imageId, taskId } = work.input as ImportInput
  const [[image], [task]] = await Promise.all([
    kernel.store.get(imageKind, [imageId]),
    kernel.store.get(imageTaskKind, [taskId]),
  ])
  if (task && task.expiresAt !== null) return { type: 'next' }
  const copying = image?.copying
  if (task && image && hasImageData(image) && copying?.taskId === taskId) {
    return { image: { ...image, copying }, task }
  }
  // The rows may have been read as they were before the import began.
  if (work.attempt < tries) return { type: 'retry', reason: 'the copy is not to be read' }
  const gone = 'The image was deleted.'
  return { type: 'next', ...(task && { writes: planTask(kernel, new Writes(), task, gone) }) }
}

async function copyTo(
  kernel: Kernel,
  context: WorkContext,
  { image, task }: Copying,
  store: string,
): Promise<void> {
  const size = image.digests?.size ?? 0
  requireQuota(await readQuota(kernel, image.projectId), { imageBytes: size })
  const serial = (image.copied ?? 0) + 1
  const { copying } = image
  const begun: Image = { ...image, copied: serial, copying: { ...copying, serial } }
  const processing = { ...task, status: 'processing', updatedAt: kernel.clock.now() } as const
  await context.commit(new Writes().update(imageKind, begun).update(imageTaskKind, processing))
  // What a try before left is nobody's from here.
  if (copying.serial !== null)
    await removeUnowned(kernel, image, [{ store, serial: copying.serial }])
  const place = { store, serial }
  const { signal } = context
  const bytes = readImageBytes(kernel, image, { start: 0, end: size }, signal)
  const stored = await kernel.images.put(imageDataKey(image, place), bytes, { signal })
  if (stored !== size) {
    throw new CloudError('unavailable', 'The image store kept another number of bytes.', {
      internal: { stored, sent: size },
    })
  }
  const before = await settle(kernel, context, async (now) => {
    requireQuota(await readQuota(kernel, now.image.projectId), { imageBytes: size })
    const writes = new Writes().update(imageKind, {
      ...now.image,
      places: [...imagePlaces(now.image), place],
      copying: { ...now.image.copying, stores: now.image.copying.stores.slice(1), serial: null },
      updatedAt: kernel.clock.now(),
    })
    chargeQuota(writes, now.image.projectId, { imageBytes: size })
    return writes
  })
  // Deleted meanwhile.
  if (!before) await removeUnowned(kernel, image, [place])
}

function withoutStore({ image }: Copying, store: string): Writes {
  const { copying } = image
  return new Writes().update(imageKind, {
    ...image,
    copying: {
      ...copying,
      stores: copying.stores.slice(1),
      serial: null,
      failed: [...copying.failed, store],
    },
  })
}

/** The task is settled, and what is not to stay goes: see `ImageTask.allMustSucceed`. */
async function end(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  let dropped: readonly ImagePlace[] = []
  const before = await settle(kernel, context, ({ image, task }) => {
    const { failed, stores, since } = image.copying
    const places = imagePlaces(image)
    const isNew = ({ serial }: ImagePlace): boolean => serial > since
    const reached = places.filter(({ store }) => task.stores?.includes(store))
    const mustUndo = failed.length > 0 && task.allMustSucceed !== false
    const isCopy = task.method.name === 'copy-image'
    const isKept = (place: ImagePlace): boolean =>
      mustUndo ? !isNew(place) : isCopy || reached.includes(place)
    const kept = places.some(isKept) ? places.filter(isKept) : places
    dropped = places.filter((place) => !kept.includes(place))
    const missed = [...failed, ...stores]
    const isFailed = missed.length > 0 && (mustUndo || !(isCopy ? places.some(isNew) : reached[0]))
    const writes = new Writes().update(imageKind, {
      ...image,
      places: kept,
      copying: null,
      failedStores: missed,
      updatedAt: kernel.clock.now(),
    })
    const imageBytes = (image.digests?.size ?? 0) * dropped.length
    if (imageBytes > 0) chargeQuota(writes, image.projectId, { imageBytes }, -1)
    const reason = `Not brought to ${missed.join(', ')}.`
    return planTask(kernel, writes, task, ...(isFailed ? [reason] : []))
  })
  if (before) await removeUnowned(kernel, before, [...dropped])
  return before ? { type: 'next' } : { type: 'retry', reason: 'the image is not being copied' }
}

/** Past the deadline: the stores that were not reached are missed. */
export async function giveUpCopy(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const found = await read(kernel, context)
  if (!('image' in found)) return found
  await settle(kernel, context, ({ image }) => {
    const { copying } = image
    const failed = [...copying.failed, ...copying.stores]
    return new Writes().update(imageKind, {
      ...image,
      copying: { ...copying, stores: [], serial: null, failed },
    })
  })
  return await end(kernel, context)
}

function settle(
  kernel: Kernel,
  context: WorkContext,
  plan: (current: Copying) => Promise<Writes> | Writes,
): Promise<Image | undefined> {
  return settleImport(context, () => read(kernel, context), plan)
}
