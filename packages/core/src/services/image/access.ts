import { type Image, imageKind } from '../../model/image/image.ts'
import { imageMemberId, imageMemberKind } from '../../model/image/member.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'

/**
 * An image that the caller may see: his project's, a public or community one, one shared with his
 * project, or (for an operator) any. One that is being deleted is gone for everyone.
 *
 * @throws CloudError `notFound` with `field`, alike for absent and foreign images.
 */
export async function fetchImage(call: Call, id: string, field = 'id'): Promise<Image> {
  const { actor, kernel } = call
  const [image] = await kernel.store.get(imageKind, [id])
  if (!image || isGone(image)) throw notFound('image', field)
  if (ownsImage(call, image) || image.visibility === 'public' || image.visibility === 'community') {
    return image
  }
  if (image.visibility === 'shared' && actor.projectId !== null) {
    const [member] = await kernel.store.get(imageMemberKind, [imageMemberId(id, actor.projectId)])
    if (member) return image
  }
  throw notFound('image', field)
}

/**
 * An image that the caller may change.
 *
 * @throws CloudError `notFound` for one he may not see, and for a foreign one alike: who may not
 *   change an image learns nothing by trying.
 */
export async function fetchOwnImage(call: Call, id: string, field = 'id'): Promise<Image> {
  const image = await fetchImage(call, id, field)
  if (!ownsImage(call, image)) throw notFound('image of this project', field)
  return image
}

export function ownsImage(call: Call, image: Image): boolean {
  return call.actor.system || image.projectId === call.actor.projectId
}

export function isGone(image: Image): boolean {
  return image.status === 'pending_delete' || image.status === 'deleted'
}
