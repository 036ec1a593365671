import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  containerFormats,
  diskFormats,
  type Image,
  imageKind,
  imageVisibilities,
  type ImageVisibility,
} from '../../model/image/image.ts'
import { type ImageEvent, transition } from '../../model/image/image-state.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { idField, metadataField, nameField, tagsField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import { fetchImage, fetchOwnImage } from './access.ts'
import { imageView, type ImageView } from './view.ts'

const member = { scope: 'any', role: 'member' } as const
const operator = { scope: 'system', role: 'admin' } as const

/** 1 PiB in GiB, and 16 TiB in MiB: as for flavors. */
const minDiskGbField = z
  .int()
  .min(0)
  .max(2 ** 20)
const minRamMbField = z
  .int()
  .min(0)
  .max(16 * 2 ** 20)

/**
 * A record without bytes, in status `queued`: upload them next.
 *
 * @throws CloudError `forbidden` for a public image by anyone but an operator; `quotaExceeded`.
 */
export const imageCreate = defineOperation({
  id: 'image.image.create',
  summary: 'Creates an image record, to be filled by an upload.',
  policy: member,
  mutates: true,
  input: z.strictObject({
    /** The owner: for operators, who act in no project of their own. */
    projectId: idField.optional(),
    name: nameField,
    visibility: z.enum(imageVisibilities).default('shared'),
    diskFormat: z.enum(diskFormats).default('raw'),
    containerFormat: z.enum(containerFormats).default('bare'),
    minDiskGb: minDiskGbField.default(0),
    minRamMb: minRamMbField.default(0),
    virtualSize: z.int().min(0).max(limits.imageBytes).nullable().default(null),
    protected: z.boolean().default(false),
    hidden: z.boolean().default(false),
    tags: tagsField.default([]),
    properties: metadataField.default({}),
  }),
  run: async (call, input): Promise<ImageView> => {
    const { kernel } = call
    const projectId = ownerOf(call, input.projectId)
    requireMayShow(call, input.visibility)
    await checkQuota(kernel, projectId, { images: 1 })
    const at = kernel.clock.now()
    const image: Draft<Image> = {
      id: kernel.ids.next(),
      status: 'queued',
      ...input,
      projectId,
      digests: null,
      attempt: 0,
      upload: null,
      createdAt: at,
      updatedAt: at,
    }
    const writes = new Writes().insert(imageKind, image)
    chargeQuota(writes, projectId, { images: 1 })
    const answer = imageView({ ...image, rev: 1 })
    await call.commit(writes, [image.id], answer)
    return answer
  },
})

export const imageGet = defineOperation({
  id: 'image.image.get',
  summary: 'Shows an image that the project may see.',
  policy: { scope: 'any', role: 'reader' },
  mutates: false,
  input: z.strictObject({ id: idField }),
  run: async (call, input): Promise<ImageView> => imageView(await fetchImage(call, input.id)),
})

/**
 * @throws CloudError `forbidden` to publish without being an operator; `conflict` to change a
 *   format after upload.
 */
export const imageUpdate = defineOperation({
  id: 'image.image.update',
  summary: 'Changes an image’s record; its formats only before an upload.',
  policy: member,
  mutates: true,
  input: z.strictObject({
    id: idField,
    name: nameField.optional(),
    visibility: z.enum(imageVisibilities).optional(),
    diskFormat: z.enum(diskFormats).optional(),
    containerFormat: z.enum(containerFormats).optional(),
    minDiskGb: minDiskGbField.optional(),
    minRamMb: minRamMbField.optional(),
    protected: z.boolean().optional(),
    hidden: z.boolean().optional(),
    tags: tagsField.optional(),
    properties: metadataField.optional(),
  }),
  run: async (call, { id, ...patch }): Promise<ImageView> => {
    const image = await fetchOwnImage(call, id)
    if (patch.visibility !== undefined && patch.visibility !== image.visibility) {
      requireMayShow(call, patch.visibility)
    }
    for (const field of ['diskFormat', 'containerFormat'] as const) {
      const changed = patch[field] !== undefined && patch[field] !== image[field]
      if (!changed || image.status === 'queued') continue
      throw new CloudError('conflict', `A format is fixed once the image is ${image.status}.`, {
        field,
      })
    }
    return commitImage(call, image, { ...image, ...given(patch) })
  },
})

/** Only operators see its bytes then, and no server starts from it. */
export const imageDeactivate = defineOperation({
  id: 'image.image.deactivate',
  summary: 'Takes an image out of use.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<ImageView> => moveImage(call, id, 'deactivate', 'deactivated'),
})

export const imageReactivate = defineOperation({
  id: 'image.image.reactivate',
  summary: 'Puts an image back into use.',
  policy: operator,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<ImageView> => moveImage(call, id, 'reactivate', 'active'),
})

/** @throws CloudError `conflict` naming the status that refuses the event. */
export function nextStatus(image: Image, event: ImageEvent): Image['status'] {
  const status = transition(image.status, event)
  if (status !== null) return status
  throw new CloudError('conflict', `An image that is ${image.status} cannot ${event}.`, {
    field: 'id',
    detail: { status: image.status },
  })
}

/** Moves an image, unless it is there already. */
async function moveImage(
  call: Call,
  id: string,
  event: ImageEvent,
  reached: Image['status'],
): Promise<ImageView> {
  const image = await fetchImage(call, id)
  if (image.status === reached) return imageView(image)
  return commitImage(call, image, { ...image, status: nextStatus(image, event) })
}

async function commitImage(call: Call, before: Image, after: Image): Promise<ImageView> {
  const image = { ...after, updatedAt: call.kernel.clock.now() }
  const answer = imageView({ ...image, rev: before.rev + 1 })
  await call.commit(new Writes().update(imageKind, image), [image.id], answer)
  return answer
}

function ownerOf(call: Call, asked: string | undefined): string {
  const { actor } = call
  const owner = actor.projectId ?? asked
  if (owner === undefined) {
    throw new CloudError('invalid', 'projectId: an operator names the owner.', {
      field: 'projectId',
    })
  }
  if (asked === undefined || asked === owner || actor.system) return asked ?? owner
  throw new CloudError('forbidden', 'An image belongs to the project that makes it.', {
    field: 'projectId',
  })
}

function requireMayShow(call: Call, visibility: ImageVisibility): void {
  if (visibility !== 'public' || call.actor.system) return
  throw new CloudError('forbidden', 'Only operators make an image public.', { field: 'visibility' })
}
