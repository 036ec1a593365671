import { decodeBase64 } from '../../../base/base64.ts'
import { isoImage } from '../../../base/iso9660.ts'
import type { Kernel } from '../../../kernel.ts'
import { type Directory, ec2Directory } from './ec2.ts'
import { type Guest, readGuest } from './guest.ts'
import { metaData, networkData } from './openstack.ts'

/** Guests find the disk by this name. */
const label = 'config-2'

/**
 * The config drive of a server: a read-only disk that tells its guest what the metadata service
 * would (https://docs.openstack.org/nova/latest/user/metadata.html#config-drives), as it is now.
 * Undefined when there is no such server, or it has none.
 */
export async function configDriveOf(
  kernel: Kernel,
  serverId: string,
): Promise<Uint8Array | undefined> {
  const guest = await readGuest(kernel, serverId)
  if (!guest?.server.configDrive) return undefined
  return isoImage(configDriveFiles(guest), label, guest.server.createdAt)
}

/** Files of a guest's config drive, by their paths. */
export function configDriveFiles(guest: Guest): Map<string, Uint8Array> {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  const json = (value: unknown): Uint8Array => bytes(JSON.stringify(value))
  const { userData } = guest.server
  const given = userData === null ? undefined : decodeBase64(userData)
  return new Map([
    ['openstack/latest/meta_data.json', json(metaData(guest))],
    ['openstack/latest/network_data.json', json(networkData(guest))],
    ['openstack/latest/vendor_data.json', json({})],
    ['openstack/latest/vendor_data2.json', json({})],
    ...(given ? [['openstack/latest/user_data', given] as const] : []),
    ['ec2/latest/meta-data.json', json(ec2Json(ec2Directory(guest)))],
    ...(given ? [['ec2/latest/user-data', given] as const] : []),
  ])
}

/** As EC2's form is written in one document: keys go by their number, and by their name. */
function ec2Json(directory: Directory): unknown {
  return Object.fromEntries(
    Object.entries(directory).map(([name, value]) => {
      if (typeof value === 'string') return [name, value]
      const [number, keyName] = name.split('=')
      if (keyName === undefined) return [name, ec2Json(value)]
      return [number, { _name: name, ...value }]
    }),
  )
}
