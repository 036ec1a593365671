import { isCloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { restStatus } from '../../model/block/volume-state.ts'
import { type Volume, volumeKind } from '../../model/block/volume.ts'
import { hasImageData, type Image, imageKind } from '../../model/image/image.ts'
import type { Outcome, Program, WorkContext } from '../../work/program.ts'
import type { Actor } from '../call.ts'
import { uploadImage } from '../image/upload.ts'
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
 * active, and is done; or queued again, once the upload that was cut off has lost its lease.
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
  if (image?.status === 'saving') return { type: 'retry', reason: 'an upload is under way' }
  if (image?.status !== 'queued') {
    return settle(kernel, context, found, 'The image was deleted meanwhile.')
  }
  try {
    await upload(kernel, context, found, image)
  } catch (error) {
    if (!isCloudError(error)) throw error
    const isFinal = error.retry === 'never' && !['conflict', 'closed'].includes(error.code)
    if (!isFinal) return { type: 'retry', reason: error.message }
    return settle(kernel, context, found, error.message)
  }
  return settle(kernel, context, found, undefined)
}

async function upload(
  kernel: Kernel,
  { work, signal }: WorkContext,
  volume: Volume,
  image: Image,
): Promise<void> {
  const { projectId } = image
  const userId = volume.order?.userId ?? volume.userId
  const actor: Actor = { userId, projectId, domainId: null, roles: ['member'], system: false }
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
