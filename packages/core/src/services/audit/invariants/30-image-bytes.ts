import { hasImageData, imageDataKey, imageKind, imagePlaces } from '../../../model/image/image.ts'
import { objectBytesRule } from '../object-rules.ts'
import { type AuditKernel, concern, type Invariant, type Problem } from '../rule.ts'

export const imageBytes: Invariant = {
  number: 30,
  title: 'An image in use has its bytes, all of them; so has every object.',
  cause:
    'The image store, or that of objects, lost or cut what it had confirmed, or somebody changed ' +
    'it from outside. Servers cannot be made from the image: upload it again.',
  rules: [
    objectBytesRule,
    {
      type: 'subject',
      name: 'image-bytes',
      concerns: [concern(imageKind, (image) => (hasImageData(image) ? [image.id] : []))],
      check: checkImages,
    },
  ],
}

async function checkImages(kernel: AuditKernel, ids: readonly string[]): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const image of await kernel.store.get(imageKind, ids)) {
    if (!image || !hasImageData(image)) continue
    const wanted = image.digests?.size
    for (const place of imagePlaces(image)) {
      const size = await kernel.images.size(imageDataKey(image, place))
      if (size === wanted) continue
      const held = size ?? 'none'
      const message = `is ${image.status} with ${wanted ?? 'no'} bytes, the store has ${held}`
      problems.push({ of: image.id, subject: `image:${image.id}`, message })
    }
  }
  return problems
}
