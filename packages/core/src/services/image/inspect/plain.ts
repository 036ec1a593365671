import { type Reader, says, sizeOf, u16, u32, u64 } from './reader.ts'

/** VDI, VirtualBox's own format. Undo and differencing images need their parent. */
export function* vdi(): Reader {
  const head = yield { at: 0, length: 512 }
  if (head.length < 0x178 || u32(head, 0x40) !== 0xbeda107f) return undefined
  const found = { format: 'vdi', virtualSize: sizeOf(u64(head, 0x170)) } as const
  const type = u32(head, 0x4c)
  return type === 1 || type === 2 ? found : { ...found, danger: 'it is not whole by itself' }
}

/**
 * ISO 9660: the primary volume descriptor.
 *
 * @see ECMA-119
 */
export function* iso(): Reader {
  const descriptor = yield { at: 32_768, length: 2_048 }
  if (descriptor.length < 2_048 || descriptor[0] !== 1 || !says(descriptor, 1, 'CD001')) {
    return undefined
  }
  return { format: 'iso', virtualSize: u32(descriptor, 80) * u16(descriptor, 128) }
}

/**
 * A disk with partitions: GPT behind a protective MBR, or an MBR alone.
 *
 * @see UEFI specification 2.10, chapter 5
 */
export function* partitions(): Reader {
  const head = yield { at: 0, length: 1_024 }
  if (head.length < 512 || u16(head, 510) !== 0xaa55) return undefined
  const entries = [446, 462, 478, 494]
  // Boot sectors of file systems end alike: the entries tell.
  const isTable = entries.every((at) => head[at] === 0 || head[at] === 0x80)
  const types = entries.map((at) => head[at + 4] as number)
  if (!isTable || types.every((type) => type === 0)) return undefined
  const isGpt = types.includes(0xee) && says(head, 512, 'EFI PART')
  return { format: isGpt ? 'gpt' : 'mbr', virtualSize: null }
}

/**
 * An encrypted disk; what is in it, only its owner knows.
 *
 * @see LUKS1 and LUKS2 On-Disk Format Specification
 */
export function* luks(): Reader {
  const head = yield { at: 0, length: 8 }
  if (!says(head, 0, 'LUKS\u00ba\u00be') || head.length < 8) return undefined
  const found = { format: 'luks', virtualSize: null } as const
  const version = u16(head, 6, false)
  return version === 1 || version === 2
    ? found
    : { ...found, danger: `version ${version} is unknown` }
}

/**
 * Ploop, both versions.
 *
 * @see Virtuozzo, ploop userspace format
 */
export function* ploop(): Reader {
  const head = yield { at: 0, length: 64 }
  const isFirst = says(head, 0, 'WithoutFreeSpace')
  if ((!isFirst && !says(head, 0, 'WithouFreSpacExt')) || head.length < 64) return undefined
  const sectors = isFirst ? u32(head, 36) : u64(head, 36)
  return { format: 'ploop', virtualSize: sizeOf(sectors * 512) }
}
