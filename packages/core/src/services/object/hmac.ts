import type { Digest } from '../../ports/digest.ts'

/** Bytes of a block of each hash. */
const blockBytes = { sha256: 64, sha512: 128 } as const

export type HmacAlgorithm = keyof typeof blockBytes

/** HMAC (RFC 2104) of texts as UTF-8, in lower-case hex. */
export function hmac(
  digest: Pick<Digest, 'hash'>,
  algorithm: HmacAlgorithm,
  key: string,
  text: string,
): string {
  const encoder = new TextEncoder()
  const size = blockBytes[algorithm]
  const given = encoder.encode(key)
  const short = given.length > size ? bytesOf(digest.hash(algorithm, given)) : given
  const block = new Uint8Array(size)
  block.set(short)
  const inner = digest.hash(algorithm, joined(masked(block, 0x36), encoder.encode(text)))
  return digest.hash(algorithm, joined(masked(block, 0x5c), bytesOf(inner)))
}

function masked(block: Uint8Array, mask: number): Uint8Array {
  return block.map((byte) => byte ^ mask)
}

function joined(one: Uint8Array, two: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + two.length)
  both.set(one)
  both.set(two, one.length)
  return both
}

/** The bytes that a hex text spells. */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** True for equal texts, in a time that does not tell where they differ. */
export function equalInConstantTime(one: string, two: string): boolean {
  let difference = one.length ^ two.length
  for (let at = 0; at < two.length; at++) {
    difference |= (one.charCodeAt(at) || 0) ^ two.charCodeAt(at)
  }
  return difference === 0
}
