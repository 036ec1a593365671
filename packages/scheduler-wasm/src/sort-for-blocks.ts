import type { HostView } from './types.ts'

/** Indexes fit 21 bits: the limit on hosts. */
const indexSpan = 2 ** 21
const shapeSpan = 2 ** 11
/** Signature numbers above this are not told apart here: a key stays below 2⁵³. */
const signatureSpan = 2 ** 20

/**
 * The order in which hosts are given slots: those with the same labels and capacity side by side,
 * so that most blocks hold hosts of one kind and are filtered as a whole. Placement does not depend
 * on it.
 */
export function sortForBlocks(
  hosts: readonly HostView[],
  signatures: readonly number[],
): Iterable<number> {
  if (hosts.length < 2) return hosts.keys()
  const keys = new Float64Array(hosts.length)
  hosts.forEach((host, index) => {
    const label = Math.min(signatures[index] as number, signatureSpan - 1)
    keys[index] = (label * shapeSpan + shapeOf(host)) * indexSpan + index
  })
  keys.sort()
  return Array.from(keys, (key) => key % indexSpan)
}

function shapeOf({ capacity }: HostView): number {
  let shape = 0
  for (const name of Object.keys(capacity)) {
    shape = Math.imul(shape ^ (capacity[name] as number), 0x9e3779b1)
  }
  return (shape >>> 21) % shapeSpan
}
