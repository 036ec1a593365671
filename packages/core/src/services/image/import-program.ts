import { CloudError, isCloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  type Image,
  imageDataKey,
  imageKind,
  imagePlaces,
  type StagedBytes,
} from '../../model/image/image.ts'
import { imageTaskKind } from '../../model/image/task.ts'
import type { Outcome, Program, WorkContext } from '../../work/program.ts'
import { chargeQuota, quotaHeadroom, readQuota, requireQuota } from '../quota.ts'
import { copyStep, giveUpCopy } from './copy-step.ts'
import { copyingTo, type ImportInput, importProgram } from './import.ts'
import { type ImportRows, planTask, settleImport } from './import-end.ts'
import { imageUsage } from './usage.ts'
import { nextStatus } from './next-status.ts'
import { completed, storeBytes } from './store-bytes.ts'
import { usualStore } from './stores.ts'
import { fetchPage } from './web/fetch.ts'
import { removeUnowned } from './unowned-bytes.ts'

/** How often an image is looked for before it is believed to be gone. */
const looks = 8

/** An import as it is now. */
/**
 * Brings the bytes of an image from where its task says, and settles both. Each try to download
 * has an attempt of its own, so that a worker who lost his lease writes beside the image.
 */
export function importImage(kernel: Kernel): Program {
  return {
    name: importProgram.name,
    steps: [
      {
        name: 'import',
        run: (context) => bring(kernel, context),
        undo: (context) => giveUp(kernel, context),
      },
      copyStep(kernel),
    ],
  }
}

async function bring(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const found = await read(kernel, context)
  if (!('image' in found)) return found
  try {
    const begun = await begin(kernel, context, found)
    const bytes = begun.image.staged ?? (await download(kernel, context, begun))
    const before = await settle(kernel, context, (now) => planCompleted(kernel, now, bytes))
    // Deleted meanwhile: the next look settles the task.
    return before ? { type: 'next' } : { type: 'retry', reason: 'the image is not importing' }
  } catch (error) {
    if (context.signal.aborted || !isFinal(error)) throw error
    return await fail(kernel, context, error.message)
  }
}

/** True for what another try would not change: what the user named, and what it brought. */
function isFinal(error: unknown): error is CloudError {
  return isCloudError(error) && final.has(error.code)
}

const final: ReadonlySet<string> = new Set([
  'invalid',
  'tooLarge',
  'quotaExceeded',
  'checksumMismatch',
  'notFound',
])

/** @returns the outcome of the step, when there is nothing to bring. */
async function read(kernel: Kernel, { work }: WorkContext): Promise<ImportRows | Outcome> {
  const { imageId, taskId } = work.input as ImportInput
  const [[image], [task]] = await Promise.all([
    kernel.store.get(imageKind, [imageId]),
    kernel.store.get(imageTaskKind, [taskId]),
  ])
  if (task && task.expiresAt !== null) return { type: 'next' }
  if (image && task && image.status === 'importing') return { image, task }
  // Nothing is to be brought here from outside, or it is here already.
  if (task?.method.name === 'copy-image') return { type: 'next' }
  if (image?.copying && image.copying.taskId === taskId) return { type: 'next' }
  // The rows may have been read as they were before the import began.
  if (work.attempt < looks) return { type: 'retry', reason: 'the import is not to be read' }
  const gone = 'The image was deleted.'
  return { type: 'next', ...(task && { writes: planTask(kernel, new Writes(), task, gone) }) }
}

/** What comes from elsewhere gets a new attempt; the bytes of the one before are in its way. */
async function begin(kernel: Kernel, context: WorkContext, found: ImportRows): Promise<ImportRows> {
  const { image, task } = found
  if (image.staged) return found
  if (image.attempt >= limits.imageUploadAttempts) {
    throw new CloudError('tooLarge', 'The image was tried to be filled too often.', {
      field: 'id',
      limit: limits.imageUploadAttempts,
    })
  }
  const at = kernel.clock.now()
  const store = task.stores?.[0] ?? usualStore(kernel)
  const begun = {
    ...image,
    attempt: image.attempt + 1,
    places: [{ store, serial: 0 }],
    updatedAt: at,
  }
  const processing = { ...task, status: 'processing', updatedAt: at } as const
  await context.commit(new Writes().update(imageKind, begun).update(imageTaskKind, processing))
  if (image.attempt > 0) await kernel.images.delete(imageDataKey(image))
  return {
    image: { ...begun, rev: image.rev + 1 },
    task: { ...processing, rev: task.rev + 1 },
  }
}

async function download(
  kernel: Kernel,
  { signal }: WorkContext,
  { image, task }: ImportRows,
): Promise<StagedBytes> {
  const { method } = task
  if (method.name !== 'web-download' || !kernel.web) {
    throw new CloudError('invalid', `${method.name} is not offered here.`, { field: 'method.name' })
  }
  const quota = await readQuota(kernel, image.projectId)
  const room = quotaHeadroom(quota, { imageBytes: 1 }, limits.imageBytes)
  const { size, bytes } = await fetchPage(kernel.web, method.uri, { room, signal })
  const declared = size === null ? {} : { size }
  return await storeBytes(kernel, { image, declared, room }, bytes, {
    signal,
    // The worker renews the lease.
    onProgress: () => Promise.resolve(),
  })
}

async function planCompleted(
  kernel: Kernel,
  { image, task }: ImportRows,
  bytes: StagedBytes,
): Promise<Writes> {
  const writes = new Writes()
  const usage = { imageBytes: bytes.digests.size - imageUsage(image).imageBytes }
  if (usage.imageBytes > 0) {
    requireQuota(await readQuota(kernel, image.projectId), usage)
    chargeQuota(writes, image.projectId, usage)
  }
  const updatedAt = kernel.clock.now()
  const active = { ...completed(kernel, image, bytes), updatedAt }
  const copying = copyingTo(image, task)
  if (copying.stores.length === 0) return planTask(kernel, writes.update(imageKind, active), task)
  return writes
    .update(imageKind, { ...active, copying })
    .update(imageTaskKind, { ...task, status: 'processing', updatedAt })
}

/** The image waits again for bytes; those it had go. */
async function fail(kernel: Kernel, context: WorkContext, reason: string): Promise<Outcome> {
  kernel.telemetry.meter.count('image_import_failed')
  const failed = await settle(kernel, context, ({ image, task }) => {
    const writes = new Writes()
    const { imageBytes } = imageUsage(image)
    if (imageBytes > 0) chargeQuota(writes, image.projectId, { imageBytes }, -1)
    writes.update(imageKind, {
      ...image,
      status: nextStatus(image, 'fail'),
      staged: null,
      importFailed: true,
      updatedAt: kernel.clock.now(),
    })
    return planTask(kernel, writes, task, reason)
  })
  if (failed) await removeUnowned(kernel, failed, [imagePlaces(failed)[0]])
  return { type: 'next' }
}

function settle(
  kernel: Kernel,
  context: WorkContext,
  plan: (current: ImportRows) => Promise<Writes> | Writes,
): Promise<Image | undefined> {
  return settleImport(context, () => read(kernel, context), plan)
}

/** Past the deadline. */
async function giveUp(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const found = await read(kernel, context)
  if ('image' in found) return await fail(kernel, context, 'The import took too long.')
  // Of a copy this step has nothing to do; the step of the copy, which settles it, never began.
  return found.type === 'next' && !found.writes ? await giveUpCopy(kernel, context) : found
}
