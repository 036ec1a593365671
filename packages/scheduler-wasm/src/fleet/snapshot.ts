import { firstBasis, secondBasis, stir } from '../hash.ts'
import { corrupt } from './corrupt.ts'
import type { FleetState } from './state.ts'
import { contentOf } from './snapshot-content.ts'

/** `NPHF`, the version of the layout, lengths of both parts, and two checksums over them. */
const headerWords = 6
const magic = 0x4648504e
const version = 1

/** All of a fleet as bytes: a header, names as JSON, and the kernel's memory. */
export function snapshotOf(state: FleetState): Uint8Array {
  const names = new TextEncoder().encode(JSON.stringify(contentOf(state)))
  const kernel = state.kernel.save()
  const namesLength = Math.ceil(names.length / 4) * 4
  const kernelAt = 4 * headerWords + namesLength
  const bytes = new Uint8Array(kernelAt + Math.ceil(kernel.length / 4) * 4)
  bytes.set(names, 4 * headerWords)
  bytes.set(kernel, kernelAt)
  const header = new DataView(bytes.buffer)
  const words = [magic, version, names.length, kernel.length, ...checksums(bytes)]
  for (const [index, word] of words.entries()) header.setUint32(4 * index, word >>> 0, true)
  return bytes
}

/** The parts of a snapshot. @throws EngineError `corrupt` for bytes that are none. */
export function partsOf(given: Uint8Array): {
  readonly content: unknown
  readonly kernel: Uint8Array
} {
  if (!(given instanceof Uint8Array)) throw corrupt('must be bytes', 'Uint8Array')
  // A copy: aligned, and nobody changes it meanwhile.
  const bytes = given.slice()
  if (bytes.length < 4 * headerWords || bytes.length % 4 !== 0)
    throw corrupt('is cut off', 'length')
  const header = new DataView(bytes.buffer)
  const word = (index: number): number => header.getUint32(4 * index, true)
  if (word(0) !== magic) throw corrupt('is no snapshot', 'NPHF')
  if (word(1) !== version) throw corrupt('is of another version', version)
  const namesEnd = 4 * headerWords + word(2)
  const kernelAt = 4 * headerWords + Math.ceil(word(2) / 4) * 4
  if (kernelAt + Math.ceil(word(3) / 4) * 4 !== bytes.length) throw corrupt('is cut off', 'length')
  const [first, second] = checksums(bytes)
  if (word(4) !== first >>> 0 || word(5) !== second >>> 0) throw corrupt('was damaged', 'checksum')
  const text = new TextDecoder().decode(bytes.subarray(4 * headerWords, namesEnd))
  try {
    const content: unknown = JSON.parse(text)
    return { content, kernel: bytes.subarray(kernelAt, kernelAt + word(3)) }
  } catch {
    throw corrupt('was damaged', 'names')
  }
}

/** Over the words after the header, two at a time; they find damage, not malice. */
function checksums(bytes: Uint8Array): [number, number] {
  const words = new Int32Array(bytes.buffer, 4 * headerWords)
  let first: number = firstBasis
  let second: number = secondBasis
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as number
    first = Math.imul(first ^ word, 0x01000193) ^ (first >>> 15)
    second = (Math.imul(second, 0x9e3779b1) + word) | 0
  }
  return [stir(first ^ words.length), stir(second)]
}
