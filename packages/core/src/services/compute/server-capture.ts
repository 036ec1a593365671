import { type ErrorCode, isCloudError } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import { serverKind } from '../../model/compute/server.ts'
import { hasImageData, type Image, imageDataKey, imageKind } from '../../model/image/image.ts'
import type { Outcome, Program, WorkContext } from '../../work/program.ts'
import type { Actor } from '../call.ts'
import { imageDelete } from '../image/delete.ts'
import { imageUploadFail, uploadImage } from '../image/upload.ts'
import { invoke } from '../operation.ts'
import { everyRow } from '../page.ts'

/** Input of the `server.capture` workflow: the disk to be read, and the image it fills. */
export interface CaptureInput {
  readonly serverId: string
  readonly imageId: string
  /** In whose name the image is made. */
  readonly actor: { readonly userId: string; readonly projectId: string }
  /** Of the server's backups of this type, this many are kept. */
  readonly rotation?: { readonly backupType: string; readonly keep: number }
}

/** One image of a server at a time: its work has the server's name. */
export function captureWorkId(serverId: string): string {
  return `server.capture:${serverId}`
}

export const capturePlan = {
  name: 'server.capture',
  steps: [{ name: 'upload' }, { name: 'rotate' }],
} as const

/** How often an image is looked for before it is believed to be gone. */
const looks = 6

/** What trying again does not mend. */
const final: ReadonlySet<ErrorCode> = new Set(['invalid', 'quotaExceeded', 'forbidden', 'tooLarge'])

/**
 * Reads a guest's disk into an image, and deletes old backups. Safe to run twice: the image's own
 * states say whether its bytes are wanted still, are coming, or are there.
 */
export function captureProgram(kernel: Kernel): Program {
  return {
    name: capturePlan.name,
    steps: [
      {
        name: 'upload',
        run: (context) => upload(kernel, context),
        undo: (context) => discard(kernel, context),
      },
      { name: 'rotate', run: (context) => rotate(kernel, context), undo: null },
    ],
  }
}

async function upload(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const { imageId, serverId } = context.work.input as CaptureInput
  const [[image], [server]] = await Promise.all([
    kernel.store.get(imageKind, [imageId]),
    kernel.store.get(serverKind, [serverId]),
  ])
  if (!image && context.work.attempt < looks) return again('the image cannot be read yet')
  if (!image || isOver(image)) return { type: 'next' }
  if (!server) {
    if (context.work.attempt < looks) return again('the server cannot be read yet')
    return { type: 'fail', reason: 'The server is gone.' }
  }
  const { signal } = context
  const guest = { serverId, hostId: server.hostId }
  try {
    // Cut off by a crash, or by the loss of this work's lease: what comes late has another key.
    if (image.status === 'saving') await giveUp(kernel, context, image)
    const bytes = kernel.hypervisor.readDisk(guest, { signal })
    const options = { signal, requestId: context.work.requestId }
    await uploadImage(kernel, actorOf(context), { id: imageId }, bytes, options)
  } catch (error) {
    if (!isCloudError(error)) throw error
    if (final.has(error.code)) return { type: 'fail', reason: error.message }
    return again(error.message)
  }
  return { type: 'next' }
}

async function giveUp(kernel: Kernel, context: WorkContext, image: Image): Promise<void> {
  const { id, attempt } = image
  await invoke(kernel, actorOf(context), imageUploadFail, { id, attempt })
  await kernel.images.delete(imageDataKey(image))
}

function again(reason: string): Outcome {
  return { type: 'retry', reason }
}

/** True if there is nothing to be uploaded any more: it is there, or not wanted. */
function isOver(image: Image): boolean {
  return hasImageData(image) || !['queued', 'saving'].includes(image.status)
}

/** An image that could not be filled is none (as in Nova). */
async function discard(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const { imageId } = context.work.input as CaptureInput
  await remove(kernel, context, imageId)
  return { type: 'next' }
}

/** Deletes what a user may have protected, or deleted himself, meanwhile: then it is left. */
async function remove(kernel: Kernel, context: WorkContext, id: string): Promise<void> {
  try {
    await invoke(kernel, actorOf(context), imageDelete, { id })
  } catch (error) {
    if (!isCloudError(error) || (error.code !== 'notFound' && error.code !== 'conflict'))
      throw error
  }
}

async function rotate(kernel: Kernel, context: WorkContext): Promise<Outcome> {
  const { serverId, actor, rotation } = context.work.input as CaptureInput
  if (!rotation) return { type: 'next' }
  const backups: Image[] = []
  const query = { index: 'byProject', equals: [actor.projectId] }
  for await (const rows of everyRow(kernel, imageKind, query)) {
    for (const row of rows) {
      const { properties } = row
      const isOwn = properties['instance_uuid'] === serverId && hasImageData(row)
      if (!isOwn || properties['image_type'] !== 'backup') continue
      if (properties['backup_type'] === rotation.backupType) backups.push(row)
    }
  }
  backups.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
  for (const { id } of backups.slice(rotation.keep)) await remove(kernel, context, id)
  return { type: 'next' }
}

function actorOf(context: WorkContext): Actor {
  const { userId, projectId } = (context.work.input as CaptureInput).actor
  return { userId, projectId, domainId: null, roles: ['member', 'reader'], system: false }
}
