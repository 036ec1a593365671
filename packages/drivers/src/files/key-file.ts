import { CloudError } from '@nephos/core'

/** Bytes of the longest file name common file systems take, less what a temporary name adds. */
const nameBytes = 200

const plain = /[a-z0-9-]/

/**
 * The file name of a key: lower-case letters, digits and hyphens as they are, every other byte of
 * its UTF-8 as `%` and two digits. One key has one name, also where file names ignore case, and no
 * name leads out of its directory.
 *
 * @throws CloudError `invalid` when the key is empty, too long, or not well-formed text.
 */
export function fileOfKey(key: string): string {
  const name = /\p{Cs}/u.test(key) ? '' : [...Buffer.from(key, 'utf8')].map(encoded).join('')
  if (name !== '' && name.length <= nameBytes) return name
  throw new CloudError('invalid', 'key: 1 to 200 bytes of well-formed text when encoded.', {
    field: 'key',
    limit: nameBytes,
  })
}

function encoded(byte: number): string {
  const letter = String.fromCharCode(byte)
  return plain.test(letter) ? letter : `%${byte.toString(16).padStart(2, '0')}`
}

/** The key of a file name, or undefined for a file that is not ours. */
export function keyOfFile(name: string): string | undefined {
  if (!/^(?:[a-z0-9-]|%[0-9a-f]{2})+$/.test(name)) return undefined
  try {
    const key = decodeURIComponent(name)
    return fileOfKey(key) === name ? key : undefined
  } catch {
    // Not UTF-8.
    return undefined
  }
}
