import { type Reader, regionBytes, says, sizeOf, u32, u64, type Verdict } from './reader.ts'

const sector = 512
/** Where the grain directory would be: its true place is in the footer. */
const atEnd = 0xffff_ffff_ffff_ffffn

/** Kinds that keep everything in this one file. */
const selfContained = new Set(['monolithicSparse', 'streamOptimized'])

/**
 * VMDK, hosted sparse extents. Its descriptor names the files that make up the disk: any but this
 * one would be opened on the host.
 *
 * @see VMware, Virtual Disk Format 1.1
 */
export function* vmdk(): Reader {
  const head = yield { at: 0, length: sector }
  if (says(head, 0, '# Disk DescriptorFile')) {
    return { format: 'vmdk', virtualSize: null, danger: 'it names its extents in other files' }
  }
  if (says(head, 0, 'COWD')) {
    return { format: 'vmdk', virtualSize: null, danger: 'this kind of extent is not supported' }
  }
  if (!says(head, 0, 'KDMV') || head.length < sector) return undefined
  const found = { format: 'vmdk', virtualSize: sizeOf(u64(head, 12) * sector) } as const
  const version = u32(head, 4)
  if (version < 1 || version > 3) return { ...found, danger: `version ${version} is unknown` }
  const at = u64(head, 28) * sector
  const length = u64(head, 36) * sector
  if (at < sector || length === 0) return { ...found, danger: 'it has no descriptor of its own' }
  if (length > regionBytes) return { ...found, danger: 'its descriptor is too long' }
  const text = yield { at, length }
  const danger = dangerOf(text, length)
  if (danger !== undefined) return { ...found, danger }
  if (directoryOf(head) !== atEnd) return found
  const tail = yield 'tail'
  return footerAgrees(head, tail) ? found : { ...found, danger: 'its footer tells otherwise' }
}

function directoryOf(head: Uint8Array): bigint {
  return new DataView(head.buffer, head.byteOffset).getBigUint64(56, true)
}

/** The footer is a header again, with the true place of the grain directory. */
function footerAgrees(head: Uint8Array, tail: Uint8Array): boolean {
  const from = tail.length - 2 * sector
  if (from < 0 || !says(tail, from, 'KDMV')) return false
  const footer = tail.subarray(from, from + sector)
  // Version, capacity, and where the descriptor is.
  const same = (at: number, length: number): boolean =>
    footer.subarray(at, at + length).every((byte, index) => byte === head[at + index])
  return same(4, 4) && same(12, 8) && same(28, 16) && directoryOf(footer) !== atEnd
}

/** What is wrong with a descriptor; undefined when it names this file alone. */
function dangerOf(bytes: Uint8Array, length: number): Verdict['danger'] {
  if (bytes.length < length) return 'its descriptor is cut off'
  const end = bytes.indexOf(0)
  const text = textOf(end < 0 ? bytes : bytes.subarray(0, end))
  if (!text.startsWith('# Disk DescriptorFile')) return 'its descriptor is none'
  const lines = text.split('\n').map((line) => line.trim())
  const kind = /^createType\s*=\s*"([^"]*)"$/
  const kinds = lines.flatMap((line) => kind.exec(line)?.[1] ?? [])
  if (kinds.length !== 1 || !selfContained.has(kinds[0] as string)) {
    return 'it is of a kind with files outside'
  }
  if (lines.some((line) => /^parentFileNameHint\b/i.test(line))) return 'it has a parent'
  const extents = lines.filter((line) => /^(?:RW|RDONLY|NOACCESS)\b/i.test(line))
  const own = /^RW\s+\d+\s+SPARSE\s+"[^"/\\]+"$/
  if (extents.length !== 1 || !own.test(extents[0] as string)) return 'it names extents outside'
  return undefined
}

/** Latin-1: descriptors are ASCII, and no byte may make reading fail. */
function textOf(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 4_096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4_096))
  }
  return text
}
