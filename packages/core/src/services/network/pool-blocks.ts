import { type Cidr, cidrOf, overlaps, parseCidr, printCidr } from '../../base/cidr.ts'
import type { PoolAllocation } from '../../model/network/subnet-pool.ts'

/** Arithmetic of the blocks of subnet pools. All texts are canonical already. */

export function blocksOf(texts: readonly string[]): Cidr[] {
  return texts.map((text) => parseCidr(text) as Cidr)
}

/** The same addresses in as few blocks as there can be, in address order. */
export function merged(blocks: readonly Cidr[]): Cidr[] {
  const result: Cidr[] = []
  // A wider block comes before those within it.
  const order = blocks.toSorted((a, b) =>
    a.first === b.first ? a.prefix - b.prefix : a.first < b.first ? -1 : 1,
  )
  for (const block of order) {
    const last = result.at(-1)
    if (last && block.last <= last.last) continue
    result.push(block)
    mergeEnd(result)
  }
  return result
}

/** Two halves of a block at the end become that block, as often as there are two. */
function mergeEnd(blocks: Cidr[]): void {
  for (;;) {
    const [left, right] = [blocks.at(-2), blocks.at(-1)]
    if (!left || !right || left.prefix !== right.prefix || left.prefix === 0) return
    const whole = cidrOf({ version: left.version, value: left.first }, left.prefix - 1)
    if (whole.first !== left.first || whole.last !== right.last) return
    blocks.splice(-2, 2, whole)
  }
}

/** What is left of blocks without others, in as few as there can be. */
export function without(blocks: readonly Cidr[], gone: readonly Cidr[]): Cidr[] {
  return merged(blocks.flatMap((block) => remainder(block, gone)))
}

function remainder(block: Cidr, gone: readonly Cidr[]): Cidr[] {
  const near = gone.filter((other) => overlaps(other, block))
  if (near.length === 0) return [block]
  if (near.some((other) => other.first <= block.first && block.last <= other.last)) return []
  return halves(block).flatMap((half) => remainder(half, near))
}

function halves(block: Cidr): [Cidr, Cidr] {
  const { version, first, prefix } = block
  const low = cidrOf({ version, value: first }, prefix + 1)
  return [low, cidrOf({ version, value: low.last + 1n }, prefix + 1)]
}

export function isWithin(blocks: readonly Cidr[], inner: Cidr): boolean {
  return blocks.some((block) => block.first <= inner.first && inner.last <= block.last)
}

/** The lowest block of this length that nothing has yet. */
export function freeBlock(
  blocks: readonly Cidr[],
  taken: readonly Cidr[],
  prefix: number,
): Cidr | undefined {
  const order = taken.toSorted((a, b) => (a.first < b.first ? -1 : 1))
  for (const block of blocks) {
    if (block.prefix > prefix) continue
    const { version } = block
    let candidate = cidrOf({ version, value: block.first }, prefix)
    for (const other of order) {
      if (!overlaps(other, candidate)) continue
      // The next of this length behind what is in the way.
      const behind = cidrOf({ version, value: other.last }, prefix)
      candidate = cidrOf({ version, value: behind.last + 1n }, prefix)
    }
    if (candidate.last <= block.last) return candidate
  }
  return undefined
}

/** What quotas count: IPv4 addresses, and IPv6 blocks of /64 (smaller ones as one). */
export function quotaUnits(cidrs: readonly Pick<PoolAllocation, 'cidr'>[]): bigint {
  return blocksOf(cidrs.map(({ cidr }) => cidr)).reduce((sum, { version, prefix }) => {
    const bits = version === 4 ? 32 - prefix : Math.max(0, 64 - prefix)
    return sum + (1n << BigInt(bits))
  }, 0n)
}

export function textsOf(blocks: readonly Cidr[]): string[] {
  return blocks.map((block) => printCidr(block))
}
