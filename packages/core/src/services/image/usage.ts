import { hasImageData, type Image, imagePlaces } from '../../model/image/image.ts'

/** What an image counts against its project's quotas: each copy of its bytes. */
export function imageUsage(image: Image): { images: number; imageBytes: number } {
  const staged = image.staged?.digests.size ?? 0
  const stored = (image.digests?.size ?? 0) * imagePlaces(image).length
  return { images: 1, imageBytes: hasImageData(image) ? stored : staged }
}
