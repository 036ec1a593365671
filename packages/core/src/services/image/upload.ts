import { z } from 'zod'
import { CloudError, isCloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type Image, imageKind, imagePlaces, type StagedBytes } from '../../model/image/image.ts'
import type { Actor, Call, CallOptions } from '../call.ts'
import { idField } from '../fields.ts'
import { defineOperation, invoke, requireOptions } from '../operation.ts'
import { chargeQuota, quotaHeadroom, readQuota, requireQuota } from '../quota.ts'
import { fetchOwnImage, ownsImage } from './access.ts'
import { nextStatus } from './next-status.ts'
import { completed, requireFormats, storeBytes } from './store-bytes.ts'
import { requireStore, usualStore } from './stores.ts'
import { type DeclaredImage, type ImageUploadInput, uploadInput } from './upload-input.ts'
import { imageView, type ImageView } from './view.ts'
import { removeUnowned } from './unowned-bytes.ts'

export type { ImageUploadInput } from './upload-input.ts'

const policy = { scope: 'any', role: 'member' } as const

/** What an upload may bring, and where it goes. */
interface Begun {
  readonly image: Image
  readonly declared: DeclaredImage
  /** Bytes that the quota has left. */
  readonly room: number
}

/** First step of an upload: takes the image, so that of two uploads one wins. */
export const imageUploadBegin = defineOperation({
  id: 'image.data.begin',
  summary: 'Begins an upload.',
  policy,
  mutates: true,
  input: uploadInput,
  run: (call, input): Promise<Begun> => begin(call, input, 'upload'),
})

/** As `imageUploadBegin`, for bytes that an import will take. */
export const imageStageBegin = defineOperation({
  id: 'image.data.stage',
  summary: 'Begins an upload for a later import.',
  policy,
  mutates: true,
  input: uploadInput,
  run: (call, input): Promise<Begun> => begin(call, input, 'stage'),
})

async function begin(
  call: Call,
  { id, ...declared }: z.output<typeof uploadInput>,
  event: 'upload' | 'stage',
): Promise<Begun> {
  const { kernel } = call
  const image = await fetchOwnImage(call, id)
  const status = nextStatus(image, event)
  const store = declared.store ?? usualStore(kernel)
  requireStore(kernel, store, 'store')
  if (event === 'upload') requireFormats(image)
  const quota = await readQuota(kernel, image.projectId)
  if (declared.size !== undefined) requireQuota(quota, { imageBytes: declared.size })
  const begun: Image = {
    ...image,
    status,
    attempt: image.attempt + 1,
    upload: { leaseUntil: kernel.clock.now() + limits.imageStallMs },
    places: [{ store, serial: 0 }],
    importFailed: false,
    failedStores: [],
    updatedAt: kernel.clock.now(),
  }
  await call.commit(new Writes().update(imageKind, begun), [id], null)
  const room = quotaHeadroom(quota, { imageBytes: 1 }, limits.imageBytes)
  return { image: { ...begun, rev: image.rev + 1 }, declared, room }
}

/** Last step of an upload: all bytes are stored and are those declared. */
function imageUploadComplete({ digests, found }: StagedBytes) {
  return defineOperation({
    id: 'image.data.complete',
    summary: 'Completes an upload.',
    policy,
    mutates: true,
    input: z.strictObject({ id: idField, attempt: z.int() }),
    run: async (call, { id, attempt }): Promise<ImageView> => {
      const image = await requireUploading(call.kernel, id, attempt, call)
      const usage = { imageBytes: digests.size }
      requireQuota(await readQuota(call.kernel, image.projectId), usage)
      const after =
        image.status === 'saving'
          ? completed(call.kernel, image, { digests, found })
          : { ...image, staged: { digests, found } }
      const writes = new Writes().update(imageKind, settled(call, after))
      chargeQuota(writes, image.projectId, usage)
      await call.commit(writes, [id], null)
      return imageView({ ...settled(call, after), rev: image.rev + 1 })
    },
  })
}

/** Instead of completing: the image is as before the upload. */
export const imageUploadFail = defineOperation({
  id: 'image.data.fail',
  summary: 'Ends an upload that failed.',
  policy,
  mutates: true,
  input: z.strictObject({ id: idField, attempt: z.int() }),
  run: async (call, { id, attempt }): Promise<void> => {
    const image = await requireUploading(call.kernel, id, attempt, call)
    const queued = settled(call, { ...image, status: nextStatus(image, 'fail') })
    await call.commit(new Writes().update(imageKind, queued), [id], null)
  },
})

function settled(call: Call, image: Image): Image {
  return { ...image, upload: null, updatedAt: call.kernel.clock.now() }
}

/**
 * Stores the bytes of a queued image, hashing them as they pass, and makes it active. Nothing is
 * held in memory but the chunk at hand. An upload that fails leaves no bytes and the image queued;
 * one that is cut off by a crash is cleared by `reconcileImageBytes`.
 *
 * @param data chunks of any size, each taken before the next is asked for.
 * @throws CloudError `conflict` when the image is not queued (another upload won, or it was deleted
 *   meanwhile); `quotaExceeded` for `imageBytes`; `tooLarge` and `invalid` (field `size`) for more
 *   and fewer bytes than declared; `invalid` (field `data`) for what is no async iterable of
 *   chunks, (field `store`) for a store that there is not, and (field `diskFormat`) for bytes of
 *   another format, or that reach for other files; `checksumMismatch`; `aborted` when the signal
 *   fires.
 */
export async function uploadImage(
  kernel: Kernel,
  actor: Actor,
  input: ImageUploadInput,
  data: AsyncIterable<Uint8Array>,
  options: Pick<CallOptions, 'signal' | 'requestId'> = {},
): Promise<ImageView> {
  return take(kernel, actor, { operation: imageUploadBegin, input }, data, options)
}

/**
 * As `uploadImage`, but the image is `uploading` afterwards: an import says that these are its
 * bytes, and only then are they held against its formats. They count against the quota meanwhile.
 */
export async function stageImage(
  kernel: Kernel,
  actor: Actor,
  input: ImageUploadInput,
  data: AsyncIterable<Uint8Array>,
  options: Pick<CallOptions, 'signal' | 'requestId'> = {},
): Promise<ImageView> {
  return take(kernel, actor, { operation: imageStageBegin, input }, data, options)
}

async function take(
  kernel: Kernel,
  actor: Actor,
  { operation, input }: { operation: typeof imageUploadBegin; input: ImageUploadInput },
  data: AsyncIterable<Uint8Array>,
  options: Pick<CallOptions, 'signal' | 'requestId'>,
): Promise<ImageView> {
  requireOptions(options)
  requireAsyncIterable(data)
  const { signal, requestId } = options
  const steps = { ...(signal && { signal }), ...(requestId !== undefined && { requestId }) }
  const begun = await invoke(kernel, actor, operation, input, steps)
  const { id, attempt } = begun.image
  try {
    const stored = await storeBytes(kernel, begun, data, {
      ...(signal && { signal }),
      onProgress: leaseKeeper(kernel, begun.image),
    })
    // Told before the commit, so that nothing but a lost race can refuse it.
    if (begun.image.status === 'saving') completed(kernel, begun.image, stored)
    return await invoke(kernel, actor, imageUploadComplete(stored), { id, attempt }, steps)
  } catch (error) {
    await undo(kernel, actor, begun.image, requestId)
    if (isCloudError(error)) throw error
    throw new CloudError('unavailable', 'The upload failed.', { cause: error })
  }
}

/** Before the image is taken: a caller's mistake costs no attempt. */
function requireAsyncIterable(data: unknown): void {
  const isObject = typeof data === 'object' && data !== null
  if (isObject && Symbol.asyncIterator in data) return
  throw new CloudError('invalid', 'data: is not an async iterable of Uint8Array.', {
    field: 'data',
  })
}

/**
 * Keeps the lease while bytes arrive, and ends the upload early when the image is no longer its
 * own.
 */
function leaseKeeper(kernel: Kernel, image: Image): () => Promise<void> {
  const every = limits.imageStallMs / 3
  let renewedAt = kernel.clock.elapsed()
  return async () => {
    if (kernel.clock.elapsed() - renewedAt < every) return
    renewedAt = kernel.clock.elapsed()
    const current = await requireUploading(kernel, image.id, image.attempt)
    const upload = { leaseUntil: kernel.clock.now() + limits.imageStallMs }
    try {
      await kernel.committer.commit(new Writes().update(imageKind, { ...current, upload }))
    } catch (error) {
      // Someone changed the record at the same moment: the next renewal finds out what.
      if (!(error instanceof CommitConflict)) throw error
    }
  }
}

/** With a call, its actor must own the image; a foreign upload is not told from one that ended. */
async function requireUploading(
  kernel: Kernel,
  id: string,
  attempt: number,
  call?: Call,
): Promise<Image> {
  const [image] = await kernel.store.get(imageKind, [id])
  if (
    image !== undefined &&
    image.upload !== null &&
    image.attempt === attempt &&
    (!call || ownsImage(call, image))
  ) {
    return image
  }
  throw new CloudError('conflict', 'The image was deleted, or its upload given up, meanwhile.', {
    field: 'id',
  })
}

/**
 * The record first, the bytes only when it does not own them: a commit whose outcome is unknown may
 * have completed the upload. A record that is no newer than the one the upload began with, or that
 * is not there, proves nothing: the read may be old. Whatever fails here, or is in doubt, is left
 * to the reconciler; the caller learns what failed first.
 */
async function undo(
  kernel: Kernel,
  actor: Actor,
  image: Image,
  requestId: string | undefined,
): Promise<void> {
  const { id, attempt } = image
  const [place] = imagePlaces(image)
  const options = requestId === undefined ? {} : { requestId }
  try {
    await invoke(kernel, actor, imageUploadFail, { id, attempt }, options)
  } catch (error) {
    logUndo(kernel, id, error)
  }
  await removeUnowned(kernel, image, [place], (error) => logUndo(kernel, id, error))
}

function logUndo(kernel: Kernel, imageId: string, error: unknown): void {
  kernel.telemetry.meter.count('image_upload_undo_failed')
  const attributes = { imageId, error: String(error) }
  kernel.telemetry.logger.log('warn', 'upload left to the reconciler', attributes)
}
