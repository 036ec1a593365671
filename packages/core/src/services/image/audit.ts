import type { Kernel } from '../../kernel.ts'
import { hasImageData, imageDataKey, imageKind } from '../../model/image/image.ts'
import { imageMemberKind } from '../../model/image/member.ts'
import type { Finding } from '../audit/finding.ts'
import { everyRow } from '../page.ts'
import { isGone } from './access.ts'
import { imageUsage } from './delete.ts'
import { orphanKeys } from './reconcile.ts'

/**
 * An image that is usable has its bytes, all of them; no bytes are without an image; no member
 * without an image.
 */
export async function* auditImages(kernel: Kernel): AsyncGenerator<Finding> {
  for await (const images of everyRow(kernel, imageKind)) {
    for (const image of images) {
      if (!hasImageData(image)) continue
      const size = await kernel.images.size(imageDataKey(image))
      if (size === image.digests?.size) continue
      const wanted = image.digests?.size ?? 'no'
      const message = `is ${image.status} with ${wanted} bytes, the store has ${size ?? 'none'}`
      yield { invariant: 19, subject: `image:${image.id}`, message }
    }
  }
  for await (const key of orphanKeys(kernel)) {
    yield { invariant: 14, subject: `imageBytes:${key}`, message: 'belong to no image' }
  }
  for await (const members of everyRow(kernel, imageMemberKind)) {
    const images = await kernel.store.get(
      imageKind,
      members.map((member) => member.imageId),
    )
    for (const [index, member] of members.entries()) {
      const image = images[index]
      if (image && !isGone(image)) continue
      yield { invariant: 14, subject: `imageMember:${member.id}`, message: 'outlives its image' }
    }
  }
}

/** What the counters of `images` and `imageBytes` should stand at. */
export async function countImageUsage(
  kernel: Kernel,
  add: (projectId: string, name: string, amount: number) => void,
): Promise<void> {
  for await (const images of everyRow(kernel, imageKind)) {
    for (const image of images) {
      if (isGone(image)) continue
      const usage = imageUsage(image)
      add(image.projectId, 'images', usage.images)
      add(image.projectId, 'imageBytes', usage.imageBytes)
    }
  }
}
