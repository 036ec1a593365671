import { CloudError } from '../../../base/errors.ts'
import type { DiskFormat } from '../../../model/image/image.ts'
import type { Verdict } from './reader.ts'

/** Formats whose bytes have no mark of their own: kernels, ram disks, and what is as it is. */
const unmarked: ReadonlySet<string> = new Set<DiskFormat>(['raw', 'ami', 'ari', 'aki'])

/** Marks that bytes without a format of their own may bear: what is in the disk. */
const contents: ReadonlySet<Verdict['format']> = new Set(['gpt', 'mbr', 'luks'])

/**
 * Holds what the bytes are against what they were said to be.
 *
 * @param size of the whole image in bytes: of a raw one that is the disk.
 * @param options.unmarked bytes without any mark may be said to be of any format.
 * @returns bytes of the disk that a guest sees; null when the headers do not say.
 * @throws CloudError `invalid`, field `diskFormat`, with `detail.found`: another format, two at
 *   once, or one that reaches for files outside.
 */
export function judgeFormat(
  declared: DiskFormat,
  verdicts: readonly Verdict[],
  size: number,
  { unmarked: isAnyFormat = false }: { readonly unmarked?: boolean } = {},
): number | null {
  const found = verdicts.filter(({ format }) => !contents.has(format))
  const names = found.map(({ format }) => format)
  if (found.length > 1) {
    throw refused(declared, names, `is ${names.join(' and ')} at once`)
  }
  const [only] = found
  if (only?.danger !== undefined) throw refused(declared, names, `is refused: ${only.danger}`)
  // A disc image is read as it is, so it may as well be called raw.
  const isPlain = only === undefined || (only.format === 'iso' && declared === 'raw')
  if (isPlain && unmarked.has(declared)) return declared === 'raw' ? size : null
  if (only?.format === declared) return only.virtualSize
  if (only === undefined && isAnyFormat) return null
  throw refused(declared, names, `is ${only?.format ?? 'raw'}`)
}

function refused(declared: DiskFormat, found: readonly string[], what: string): CloudError {
  return new CloudError(
    'invalid',
    `diskFormat: the image was said to be ${declared}, and ${what}.`,
    { field: 'diskFormat', detail: { declared, found } },
  )
}
