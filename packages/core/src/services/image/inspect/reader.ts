import type { FoundContent } from '../../../model/image/image.ts'

/** What a reader of one format found. */
export type Verdict = FoundContent

/** Bytes of the stream that a reader wants next; `tail` is what the stream ends with. */
export type Wanted = { readonly at: number; readonly length: number } | 'tail'

/**
 * Reads the headers of one format from a stream: it yields what it wants next, in the order of the
 * stream, and is handed these bytes, or fewer when the stream ends. It returns undefined when the
 * bytes are of another format.
 */
export type Reader = Generator<Wanted, Verdict | undefined, Uint8Array>

/** Bytes of a tail: the longest footer, that of VMDK, and its markers. */
export const tailBytes = 1_536

/** Most bytes of one region: headers are small, and what says otherwise lies. */
export const regionBytes = 1 << 20

export function u16(bytes: Uint8Array, at: number, littleEndian = true): number {
  return view(bytes).getUint16(at, littleEndian)
}

export function u32(bytes: Uint8Array, at: number, littleEndian = true): number {
  return view(bytes).getUint32(at, littleEndian)
}

/** Beyond 2^53 it is no size of anything: infinite, so that every limit refuses it. */
export function u64(bytes: Uint8Array, at: number, littleEndian = true): number {
  const value = view(bytes).getBigUint64(at, littleEndian)
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.POSITIVE_INFINITY : Number(value)
}

/** True if the bytes at `at` are those of an ASCII text. */
export function says(bytes: Uint8Array, at: number, text: string): boolean {
  if (bytes.length < at + text.length) return false
  for (let i = 0; i < text.length; i++) {
    if (bytes[at + i] !== text.charCodeAt(i)) return false
  }
  return true
}

/** A size that may be recorded, or null. */
export function sizeOf(value: number): number | null {
  return Number.isSafeInteger(value) && value >= 0 ? value : null
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
