import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Container } from '../../model/object/container.ts'
import type { ObjectVersion } from '../../model/object/object.ts'
import { byteLength } from './fields.ts'

/**
 * What the names of all replaced versions of an object begin with, in the container that keeps them
 * (Swift's versioned writes): three hexadecimal digits of the name's length, the name, a slash.
 */
export function archivePrefix(name: string): string {
  return `${[...name].length.toString(16).padStart(3, '0')}${name}/`
}

/**
 * Where a version goes that is replaced: its name ends with the time at which it was made, so that
 * the last in order is the latest.
 *
 * @throws CloudError `invalid` for a name that leaves no room for that.
 */
export function archivedPlace(
  archive: Container,
  { name, lastModified, sequence }: ObjectVersion,
): Pick<ObjectVersion, 'containerId' | 'name' | 'sequence'> {
  const seconds = Math.floor(lastModified / 1_000)
    .toString()
    .padStart(10, '0')
  // Two of one millisecond are told apart by how many came before.
  const fraction = (lastModified % 1_000).toString().padStart(3, '0')
  const order = (sequence % 100).toString().padStart(2, '0')
  const place = `${archivePrefix(name)}${seconds}.${fraction}${order}`
  if (byteLength(place) <= limits.objectNameBytes) {
    return { containerId: archive.id, name: place, sequence: 1 }
  }
  throw new CloudError('invalid', 'name: is too long for versions to be kept of it.', {
    field: 'name',
    limit: limits.objectNameBytes,
  })
}
