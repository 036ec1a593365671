/**
 * Hashes that are the same everywhere: of ids for the table of hosts, of labels for kinds, of a
 * fleet's content. They depend on no history, so two fleets filled in different orders agree.
 */

/** Two independent bases: ids that collide under one differ under the other. */
export const firstBasis = 0x811c9dc5
export const secondBasis = 0x9747b28c

/** FNV-1a over UTF-16 units, then stirred. A signed 32-bit integer. */
export function hashId(id: string, basis: number): number {
  let hash = basis
  for (let index = 0; index < id.length; index++) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  }
  return stir(hash)
}

/** The finaliser of MurmurHash3: every bit of the input moves every bit of the result. */
export function stir(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** 32 bits of any finite number. */
export function seedBits(seed: number): number {
  // −0 and 0 are the same seed.
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, seed + 0)
  return stir(bits.getInt32(4) ^ stir(bits.getInt32(0) ^ secondBasis))
}
