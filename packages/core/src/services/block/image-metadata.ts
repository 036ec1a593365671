import type { Image } from '../../model/image/image.ts'
import { limits } from '../../base/limits.ts'

/** What describes an image's bytes; a new image has its own. */
export const imageCoreKeys: ReadonlySet<string> = new Set([
  'image_id',
  'image_name',
  'checksum',
  'container_format',
  'disk_format',
  'min_disk',
  'min_ram',
  'size',
])

/** What a volume keeps of the image that it is made of, under Cinder's names. */
export function imageMetadataOf(image: Image): Readonly<Record<string, string>> {
  const own = {
    image_id: image.id,
    image_name: image.name,
    checksum: image.digests?.checksum ?? '',
    container_format: image.containerFormat ?? '',
    disk_format: image.diskFormat ?? '',
    min_disk: String(image.minDiskGb),
    min_ram: String(image.minRamMb),
    size: String(image.digests?.size ?? 0),
  }
  const room = limits.metadataItems - Object.keys(own).length
  const kept = Object.entries(image.properties).filter(([key]) => !imageCoreKeys.has(key))
  return { ...Object.fromEntries(kept.slice(0, room)), ...own }
}
