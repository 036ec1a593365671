import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { projectKind } from '../../model/identity/project.ts'
import {
  containerFormats,
  diskFormats,
  type Image,
  imageKind,
  imageVisibilities,
  type ImageVisibility,
} from '../../model/image/image.ts'
import type { ImageEvent } from '../../model/image/image-state.ts'
import type { Draft } from '../../model/kind.ts'
import type { Call } from '../call.ts'
import { descriptionField, idField, metadataField, tagsField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { commitUnchanged } from '../unchanged.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import { notFound } from '../fetch.ts'
import { fetchImage, fetchOwnImage } from './access.ts'
import { nextStatus } from './next-status.ts'
import { requireMayWrite } from './protection.ts'
import { imageUsage } from './usage.ts'
import { imageView, type ImageView } from './view.ts'

const member = { scope: 'any', role: 'member' } as const

/** As other names, or none. */
const imageNameField = descriptionField.refine(
  (name) => name.trim() === name,
  'begins or ends with white space',
)

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
 * @throws CloudError `forbidden` for a public image by anyone but an operator, and for a property
 *   that is protected from the caller; `quotaExceeded`.
 */
export const imageCreate = defineOperation({
  id: 'image.image.create',
  summary: 'Creates an image record, to be filled by an upload.',
  policy: member,
  mutates: true,
  input: z.strictObject({
    /** Its id, if the caller chooses one. */
    id: z.uuid().toLowerCase().optional(),
    /** The owner: for operators, who act in no project of their own. */
    projectId: idField.optional(),
    name: imageNameField,
    visibility: z.enum(imageVisibilities).default('shared'),
    diskFormat: z.enum(diskFormats).nullable().default('raw'),
    containerFormat: z.enum(containerFormats).nullable().default('bare'),
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
    requireMayWrite(call, {}, input.properties)
    if (projectId !== call.actor.projectId) await requireProject(call, projectId)
    await checkQuota(kernel, projectId, { images: 1 })
    if (input.id !== undefined) await requireNewId(call, input.id)
    const at = kernel.clock.now()
    const image: Draft<Image> = {
      status: 'queued',
      ...input,
      id: input.id ?? kernel.ids.next(),
      projectId,
      digests: null,
      attempt: 0,
      upload: null,
      importFailed: false,
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
 * @throws CloudError `forbidden` to publish, or to give away, without being an operator, and to
 *   change a property that is protected from the caller; `conflict` to change a format after
 *   upload; `quotaExceeded` for the new owner.
 */
export const imageUpdate = defineOperation({
  id: 'image.image.update',
  summary: 'Changes an image’s record; its formats only before an upload.',
  policy: member,
  mutates: true,
  input: z.strictObject({
    id: idField,
    /** The revision that was seen: the image is changed only if it is still the present one. */
    rev: z.int().optional(),
    /** The new owner: for operators. */
    projectId: idField.optional(),
    name: imageNameField.optional(),
    visibility: z.enum(imageVisibilities).optional(),
    diskFormat: z.enum(diskFormats).nullable().optional(),
    containerFormat: z.enum(containerFormats).nullable().optional(),
    minDiskGb: minDiskGbField.optional(),
    minRamMb: minRamMbField.optional(),
    protected: z.boolean().optional(),
    hidden: z.boolean().optional(),
    tags: tagsField.optional(),
    properties: metadataField.optional(),
  }),
  run: async (call, { id, rev, ...patch }): Promise<ImageView> => {
    const image = await fetchOwnImage(call, id)
    if (rev !== undefined && rev !== image.rev) {
      throw new CloudError('stale', 'The image was changed meanwhile.', { field: 'rev' })
    }
    if (patch.visibility !== undefined && patch.visibility !== image.visibility) {
      requireMayShow(call, patch.visibility)
    }
    if (patch.properties) requireMayWrite(call, image.properties, patch.properties)
    for (const field of ['diskFormat', 'containerFormat'] as const) {
      const changed = patch[field] !== undefined && patch[field] !== image[field]
      if (!changed || image.status === 'queued') continue
      throw new CloudError('conflict', `A format is fixed once the image is ${image.status}.`, {
        field,
      })
    }
    const writes = new Writes()
    if (patch.projectId !== undefined) await planOwner(call, writes, image, patch.projectId)
    return commitImage(call, image, { ...image, ...given(patch) }, writes)
  },
})

/** Only operators see its bytes then, and no server starts from it. Its owner may do it, too. */
export const imageDeactivate = defineOperation({
  id: 'image.image.deactivate',
  summary: 'Takes an image out of use.',
  policy: member,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<ImageView> => moveImage(call, id, 'deactivate', 'deactivated'),
})

export const imageReactivate = defineOperation({
  id: 'image.image.reactivate',
  summary: 'Puts an image back into use.',
  policy: member,
  mutates: true,
  input: z.strictObject({ id: idField }),
  run: (call, { id }): Promise<ImageView> => moveImage(call, id, 'reactivate', 'active'),
})

/** Moves an image, unless it is there already. */
async function moveImage(
  call: Call,
  id: string,
  event: ImageEvent,
  reached: Image['status'],
): Promise<ImageView> {
  const image = await fetchOwnImage(call, id)
  if (image.status === reached) return commitUnchanged(call, imageKind, image, [id], imageView)
  return commitImage(call, image, { ...image, status: nextStatus(image, event) })
}

/** Writes a change of an image, with whatever goes with it. */
export async function commitImage(
  call: Call,
  before: Image,
  after: Image,
  writes: Writes = new Writes(),
): Promise<ImageView> {
  const image = { ...after, updatedAt: call.kernel.clock.now() }
  const answer = imageView({ ...image, rev: before.rev + 1 })
  await call.commit(writes.update(imageKind, image), [image.id], answer)
  return answer
}

async function requireNewId({ kernel }: Call, id: string): Promise<void> {
  const [taken] = await kernel.store.get(imageKind, [id])
  if (taken) throw new CloudError('conflict', 'There is an image with this id.', { field: 'id' })
}

async function requireProject({ kernel }: Call, id: string): Promise<void> {
  const [project] = await kernel.store.get(projectKind, [id])
  if (!project) throw notFound('project', 'projectId')
}

/** What the image counts is the new owner's. */
async function planOwner(
  call: Call,
  writes: Writes,
  image: Image,
  projectId: string,
): Promise<void> {
  if (projectId === image.projectId) return
  if (!call.actor.system) {
    throw new CloudError('forbidden', 'Only operators give an image away.', { field: 'projectId' })
  }
  await requireProject(call, projectId)
  const usage = imageUsage(image)
  await checkQuota(call.kernel, projectId, usage)
  chargeQuota(writes, projectId, usage)
  chargeQuota(writes, image.projectId, usage, -1)
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
