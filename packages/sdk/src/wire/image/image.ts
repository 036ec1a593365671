import type { ImageView } from '@nephos/core'

/** A moment as the image service writes it. */
export function moment(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** An image (https://docs.openstack.org/api-ref/image/v2/#show-image). */
export function imageBody(image: ImageView): Readonly<Record<string, unknown>> {
  const { id, status } = image
  const { storesToCome: coming, storesFailed: failed } = image
  return {
    ...image.properties,
    id,
    name: image.name === '' ? null : image.name,
    status,
    visibility: image.visibility,
    disk_format: image.diskFormat,
    container_format: image.containerFormat,
    min_disk: image.minDiskGb,
    min_ram: image.minRamMb,
    size: image.size,
    virtual_size: image.virtualSize,
    checksum: image.checksum,
    os_hash_algo: image.osHashAlgo,
    os_hash_value: image.osHashValue,
    protected: image.protected,
    os_hidden: image.hidden,
    owner: image.projectId,
    tags: image.tags,
    created_at: moment(image.createdAt),
    updated_at: moment(image.updatedAt),
    ...(image.stores.length > 0 && { stores: image.stores.join(',') }),
    ...(coming.length > 0 && { os_glance_importing_to_stores: coming.join(',') }),
    ...(failed.length > 0 && { os_glance_failed_import: failed.join(',') }),
    self: `/v2/images/${id}`,
    file: `/v2/images/${id}/file`,
    schema: '/v2/schemas/image',
  }
}
