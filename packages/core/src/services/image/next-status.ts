import { CloudError } from '../../base/errors.ts'
import type { Image } from '../../model/image/image.ts'
import { type ImageEvent, transition } from '../../model/image/image-state.ts'

/** @throws CloudError `conflict` naming the status that refuses the event. */
export function nextStatus(image: Image, event: ImageEvent): Image['status'] {
  const status = transition(image.status, event)
  if (status !== null) return status
  throw new CloudError('conflict', `An image that is ${image.status} cannot ${event}.`, {
    field: 'id',
    detail: { status: image.status },
  })
}
