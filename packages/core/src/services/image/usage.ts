import { hasImageData, type Image } from '../../model/image/image.ts'

/** What an image counts against its project's quotas. */
export function imageUsage(image: Image): { images: number; imageBytes: number } {
  const staged = image.staged?.digests.size ?? 0
  return { images: 1, imageBytes: hasImageData(image) ? (image.digests?.size ?? 0) : staged }
}
