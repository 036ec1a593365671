import { CloudError, type InputOf, type serverCreate } from '@nephos/core'
import type { Device } from './device-field.ts'

type BootDisk = Pick<InputOf<typeof serverCreate>, 'imageId' | 'bootVolume'>

/**
 * The disk that a server boots from, of an image reference and of Nova's block devices: the one
 * whose boot index is 0.
 *
 * @throws CloudError `invalid` without one, and for devices besides it.
 */
export function bootDiskOf(imageRef: string | undefined, devices: readonly Device[]): BootDisk {
  const wanted = devices.filter(({ no_device }) => !isSet(no_device))
  const boots = wanted.filter((device) => bootIndex(device, wanted) === 0)
  const others = wanted.length - boots.length
  if (boots.length > 1) throw malformed('several devices have the boot index 0.')
  if (others > 0) throw malformed('a server is made with the device that it boots from only.')
  const [boot] = boots
  if (!boot) {
    if (imageRef) return { imageId: imageRef }
    throw malformed('there is no bootable device for imageRef.')
  }
  const { kind, id } = sourceOf(boot)
  if (kind === 'image' && boot.destination_type !== 'volume') {
    if (imageRef && imageRef !== id) throw malformed('the image differs from imageRef.')
    return { imageId: id }
  }
  return { bootVolume: { ...bootSource(kind, id), ...volumeFields(boot) } }
}

type SourceKind = 'image' | 'snapshot' | 'volume'

function isSet(value: boolean | string | null | undefined): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|1|t|yes)$/i.test(value))
}

/** In the first form of block devices, a single one is what is booted from. */
function bootIndex(device: Device, all: readonly Device[]): number {
  if (device.boot_index !== undefined && device.boot_index !== null)
    return Number(device.boot_index)
  const isFirstForm = device.source_type === undefined
  return isFirstForm && all.length === 1 ? 0 : -1
}

function sourceOf(device: Device): { readonly kind: SourceKind; readonly id: string } {
  const { source_type: type, uuid, volume_id, snapshot_id, image_id } = device
  if (type === 'blank') throw malformed('a blank device cannot be booted from.')
  const kind = type ?? (snapshot_id ? 'snapshot' : 'volume')
  const own = { image: image_id, snapshot: snapshot_id, volume: volume_id }[kind]
  const id = uuid ?? own
  if (!id) throw malformed('the device names no source.')
  return { kind, id }
}

function bootSource(
  kind: SourceKind,
  id: string,
): { imageId: string } | { snapshotId: string } | { volumeId: string } {
  if (kind === 'image') return { imageId: id }
  return kind === 'snapshot' ? { snapshotId: id } : { volumeId: id }
}

function volumeFields(device: Device): {
  sizeGb?: number
  volumeType?: string
  deleteOnTermination?: boolean
} {
  const size = Number(device.volume_size ?? 0)
  const isNew = sourceOf(device).kind !== 'volume'
  return {
    ...(size > 0 && isNew && { sizeGb: size }),
    ...(device.volume_type && isNew && { volumeType: device.volume_type }),
    ...(device.delete_on_termination !== undefined && {
      deleteOnTermination: device.delete_on_termination,
    }),
  }
}

function malformed(why: string): CloudError {
  return new CloudError('invalid', `Block Device Mapping is Invalid: ${why}`, {
    field: 'block_device_mapping_v2',
  })
}
