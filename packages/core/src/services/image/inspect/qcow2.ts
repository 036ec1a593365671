import { type Reader, says, sizeOf, u32, u64 } from './reader.ts'

/** Incompatible features that need nothing but the file: dirty, corrupt, compression, long L2. */
const harmless = 0b11011n
const externalData = 0b100n
const headerBytes = 104

/**
 * QCOW2, versions 2 and 3. A backing file or a data file outside would be opened by whoever opens
 * the image, as any file of theirs.
 *
 * @see QEMU, docs/interop/qcow2.txt
 */
export function* qcow2(): Reader {
  const head = yield { at: 0, length: headerBytes }
  if (!says(head, 0, 'QFI\u00fb') || head.length < 72) return undefined
  const version = u32(head, 4, false)
  const virtualSize = sizeOf(u64(head, 24, false))
  const found = { format: 'qcow2', virtualSize } as const
  if (version !== 2 && version !== 3) return { ...found, danger: `version ${version} is unknown` }
  if (u64(head, 8, false) !== 0) return { ...found, danger: 'it has a backing file' }
  if (version === 2) return found
  if (head.length < headerBytes) return { ...found, danger: 'its header is cut off' }
  const features = new DataView(head.buffer, head.byteOffset).getBigUint64(72, false)
  if ((features & externalData) !== 0n) return { ...found, danger: 'it has an external data file' }
  if ((features & ~harmless) !== 0n) return { ...found, danger: 'it has unknown features' }
  return found
}

/**
 * QED, which can have a backing file, and which no list of image formats has.
 *
 * @see QEMU, docs/interop/qed_spec.rst
 */
export function* qed(): Reader {
  const head = yield { at: 0, length: 4 }
  if (!says(head, 0, 'QED\0')) return undefined
  return { format: 'qed', virtualSize: null, danger: 'QED is not supported' }
}
