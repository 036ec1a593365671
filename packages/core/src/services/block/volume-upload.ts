import { isCloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { restStatus } from '../../model/block/volume-state.ts'
import { type Volume, volumeKind } from '../../model/block/volume.ts'
import { hasImageData, type Image, imageDataKey, imageKind } from '../../model/image/image.ts'
import type { Outcome, Program, WorkContext } from '../../work/program.ts'
import type { Actor } from '../call.ts'
import { imageUploadFail, uploadImage } from '../image/upload.ts'
import { invoke } from '../operation.ts'
import type { Drive, DriveInput } from './drive.ts'
import { planMessage } from './messages.ts'

/** Volumes whose bytes go into an image: by one worker at a time, which streams them. */
export const uploadDrive: Pick<Drive<Volume>, 'name' | 'kind' | 'isUnderWay'> = {
  name: 'volume.upload',
  kind: volumeKind,
  isUnderWay: ({ status }) => status === 'uploading',
}

/** How often a row is looked for before it is believed to be gone. */
const looks = 6

/**
 * Streams a volume into the image that was made for it. Run again after a crash it finds the image
 * active, and is done; or ends the upload that was cut off, and streams anew: to wait for its lease
 * to run out takes as long as there is for the whole.
 */
export function uploadProgram(kernel: Kernel): Program {
  return {
    name: uploadDrive.name,
    steps: [
      {
        name: 'apply',
        run: (context) => run(kernel, context),
        undo: (context) => giveUp(kernel, context),
      },
    ],
  }
}

async function run(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const found = await ownVolume(kernel, context)
  if (found === 'early') return { type: 'retry', reason: 'the row was read too early' }
  if (!found) return { type: 'next' }
  const [image] = await kernel.store.get(imageKind, [found.order?.imageId ?? ''])
  if (image && hasImageData(image)) return settle(kernel, context, found, undefined)
  if (image?.status !== 'queued' && image?.status !== 'saving') {
    return settle(kernel, context, found, 'The image was deleted meanwhile.')
  }
  try {
    if (image.status === 'saving') await endUpload(kernel, context, found, image)
    await upload(kernel, context, found, image)
  } catch (error) {
    if (!isCloudError(error)) throw error
    const isFinal = error.retry === 'never' && !['conflict', 'closed'].includes(error.code)
    if (!isFinal) return { type: 'retry', reason: error.message }
    return settle(kernel, context, found, error.message)
  }
  return settle(kernel, context, found, undefined)
}

/** Cut off by a crash, or by the loss of this work's lease: what comes late has another key. */
async function endUpload(
  kernel: Kernel,
  { work }: WorkContext,
  volume: Volume,
  image: Image,
): Promise<void> {
  const { id, attempt } = image
  const { requestId } = work
  await invoke(kernel, actorOf(volume, image), imageUploadFail, { id, attempt }, { requestId })
  await kernel.images.delete(imageDataKey(image))
}

function actorOf(volume: Volume, { projectId }: Image): Actor {
  const userId = volume.order?.userId ?? volume.userId
  return { userId, projectId, domainId: null, roles: ['member'], system: false }
}

async function upload(
  kernel: Kernel,
  { work, signal }: WorkContext,
  volume: Volume,
  image: Image,
): Promise<void> {
  const actor = actorOf(volume, image)
  const bytes = kernel.volumes.read(volume.id, { signal })
  await uploadImage(kernel, actor, { id: image.id }, bytes, { signal, requestId: work.requestId })
}

/** The deadline passed: the volume is as it was, and the image without bytes. */
async function giveUp(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const found = await ownVolume(kernel, context)
  if (found === 'early') return { type: 'retry', reason: 'the row was read too early' }
  if (!found) return { type: 'next' }
  return settle(kernel, context, found, 'It did not finish in time.')
}

/** The volume, while its order is this work's to see through. */
async function ownVolume(
  kernel: Kernel,
  { work }: WorkContext,
): Promise<Volume | 'early' | undefined> {
  const { ids, generations } = work.input as DriveInput
  const [row] = await kernel.store.get(volumeKind, ids)
  if (!row) return work.attempt >= looks ? undefined : 'early'
  const generation = generations[0] ?? 0
  if (row.generation < generation) return 'early'
  return row.generation === generation && row.status === 'uploading' ? row : undefined
}

async function settle(
  kernel: Kernel,
  { work }: WorkContext,
  volume: Volume,
  failure: string | undefined,
): Promise<Outcome> {
  const writes = new Writes().update(volumeKind, {
    ...volume,
    status: restStatus(volume.attachments),
    order: null,
    updatedAt: kernel.clock.now(),
  })
  if (failure !== undefined) {
    const { id: resourceId, projectId } = volume
    const { requestId } = work
    const notice = { projectId, resourceType: 'volume', resourceId, requestId } as const
    planMessage(kernel, writes, { ...notice, event: 'uploading', text: failure })
  }
  return { type: 'next', writes }
}
