import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { statusOf } from '../../model/block/volume-state.ts'
import { type Volume, volumeKind } from '../../model/block/volume.ts'
import {
  containerFormats,
  diskFormats,
  type Image,
  imageKind,
  imageVisibilities,
} from '../../model/image/image.ts'
import type { Draft } from '../../model/kind.ts'
import { fetchOne } from '../fetch.ts'
import { idField, metadataField, nameField } from '../fields.ts'
import { fetchImage } from '../image/access.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import { recharge, volumeCharges } from './charges.ts'
import { planDrive } from './drive.ts'
import { owner } from './fields.ts'
import { imageCoreKeys, imageMetadataOf } from './image-metadata.ts'
import { beginVolume } from './volume-begin.ts'
import { volumeDrive } from './volume-drive.ts'
import { uploadDrive } from './volume-upload.ts'
import { type VolumeView, viewVolume } from './volume-view.ts'

const bytesPerGb = 2 ** 30

/** The image that is being made, and of what. */
export interface VolumeUploaded {
  readonly imageId: string
  readonly imageName: string
  readonly diskFormat: Image['diskFormat']
  readonly containerFormat: Image['containerFormat']
  readonly volume: VolumeView
}

/**
 * @throws CloudError `conflict` unless the volume is available, or in use and `force` is given;
 *   `invalid` for another format than the volume's bytes have, which is `raw`; `quotaExceeded`;
 *   `forbidden` for a public image by anyone but an operator.
 */
export const volumeUpload = defineOperation({
  id: 'block.volume.upload',
  summary: 'Makes an image of a volume.',
  policy: owner,
  mutates: true,
  input: z.strictObject({
    id: idField,
    imageName: nameField,
    diskFormat: z.enum(diskFormats).default('raw'),
    containerFormat: z.enum(containerFormats).default('bare'),
    visibility: z.enum(imageVisibilities).default('shared'),
    protected: z.boolean().default(false),
    /** True: also while a server writes to it. */
    force: z.boolean().default(false),
  }),
  run: async (call, input): Promise<VolumeUploaded> => {
    const { kernel } = call
    const { diskFormat, containerFormat, visibility } = input
    const before = await fetchOne(call, volumeKind, input.id)
    const status = statusOf(before)
    if (status === 'in-use' && !input.force) {
      throw new CloudError('conflict', 'The volume is in-use.', { field: 'id', detail: { status } })
    }
    if (diskFormat !== 'raw' || containerFormat !== 'bare') {
      const field = diskFormat === 'raw' ? 'containerFormat' : 'diskFormat'
      throw new CloudError('invalid', `${field}: a volume’s bytes are raw and bare.`, { field })
    }
    if (visibility === 'public' && !call.actor.system) {
      throw new CloudError('forbidden', 'Only operators publish images.', { field: 'visibility' })
    }
    const { projectId } = before
    await checkQuota(kernel, projectId, { images: 1 })
    const at = kernel.clock.now()
    const properties = Object.entries(before.imageMetadata ?? {})
    const image: Draft<Image> = {
      id: kernel.ids.next(),
      projectId,
      name: input.imageName,
      status: 'queued',
      visibility,
      diskFormat,
      containerFormat,
      minDiskGb: Number(before.imageMetadata?.['min_disk'] ?? 0),
      minRamMb: Number(before.imageMetadata?.['min_ram'] ?? 0),
      virtualSize: null,
      digests: null,
      protected: input.protected,
      hidden: false,
      tags: [],
      properties: Object.fromEntries(properties.filter(([key]) => !imageCoreKeys.has(key))),
      attempt: 0,
      upload: null,
      importFailed: false,
      createdAt: at,
      updatedAt: at,
    }
    const order = { imageId: image.id, userId: call.actor.userId }
    const volume = beginVolume(call, before, 'upload', order)
    const writes = new Writes().insert(imageKind, image).update(volumeKind, volume)
    chargeQuota(writes, projectId, { images: 1 })
    planDrive(call, writes, uploadDrive, [volume])
    const answer = {
      ...{ imageId: image.id, imageName: image.name, diskFormat, containerFormat },
      volume: viewVolume(volume, { pool: call.actor.system }),
    }
    await call.commit(writes, [before.id, image.id], answer)
    return answer
  },
})

/** @throws CloudError `conflict` unless both are usable; `invalid` for a larger image. */
export const volumeReimage = defineOperation({
  id: 'block.volume.reimage',
  summary: 'Replaces all bytes of an available volume with those of an image.',
  policy: owner,
  mutates: true,
  input: z.strictObject({ id: idField, imageId: idField }),
  run: async (call, { id, imageId }): Promise<VolumeView> => {
    // One after the other: which of two is refused must not depend on what there is elsewhere.
    const before = await fetchOne(call, volumeKind, id)
    const image = await fetchImage(call, imageId, 'imageId')
    if (image.status !== 'active') {
      throw new CloudError('conflict', `imageId: the image is ${image.status}.`, {
        field: 'imageId',
        detail: { status: image.status },
      })
    }
    const unpacked = image.virtualSize ?? image.digests?.size ?? 0
    const leastGb = Math.max(image.minDiskGb, Math.ceil(unpacked / bytesPerGb))
    if (leastGb > before.sizeGb) {
      throw new CloudError('invalid', `imageId: the image needs ${leastGb} GiB.`, {
        field: 'imageId',
        limit: before.sizeGb,
      })
    }
    const from = { type: 'image', id: imageId } as const
    const begun = beginVolume(call, before, 'reimage', { from })
    const volume: Volume = { ...begun, bootable: true, imageMetadata: imageMetadataOf(image) }
    const writes = new Writes().update(volumeKind, volume)
    recharge(writes, volumeCharges(before), volumeCharges(volume))
    planDrive(call, writes, volumeDrive, [volume])
    const view = viewVolume(volume, { pool: call.actor.system })
    await call.commit(writes, [id, imageId], view)
    return view
  },
})

/** @throws CloudError `notFound` for a key to be removed that is not there. */
export const volumeImageMetadata = defineOperation({
  id: 'block.volume.imageMetadata',
  summary: 'Changes what a volume says of the image that it was made of.',
  policy: owner,
  mutates: true,
  input: z.strictObject({
    id: idField,
    set: metadataField.default({}),
    unset: z
      .array(z.string().min(1).max(limits.metadataLength))
      .max(limits.metadataItems)
      .default([]),
  }),
  run: async (call, { id, set, unset }): Promise<VolumeView> => {
    const before = await fetchOne(call, volumeKind, id)
    const items = new Map(Object.entries({ ...before.imageMetadata, ...set }))
    for (const key of unset) {
      if (items.delete(key)) continue
      throw new CloudError('notFound', 'unset: there is no such item.', { field: 'unset' })
    }
    if (items.size > limits.metadataItems) {
      throw new CloudError('invalid', 'set: there would be too many items.', {
        field: 'set',
        limit: limits.metadataItems,
      })
    }
    const imageMetadata = Object.fromEntries(items)
    const volume = { ...before, imageMetadata, updatedAt: call.kernel.clock.now() }
    const view = viewVolume(volume, { pool: call.actor.system })
    await call.commit(new Writes().update(volumeKind, volume), [id], view)
    return view
  },
})
