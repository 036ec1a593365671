/** A shape to keep room for, and how much one place for it is worth. */
export interface ScarceShape {
  readonly shape: number
  /** 1 … 1,000; the scarcest has 1,000. */
  readonly weight: number
}

const scale = 1_000

/**
 * The shapes that run out first: those asked for most often in proportion to the places for them in
 * the fleet. Who places so that Σ weight × (places lost) is least, breaks the fewest places that
 * will be wanted. With every shape weighed by its popularity alone this is the measure of
 * fragmentation gradient descent (Weng et al., USENIX ATC 2023); here places that are plenty count
 * for little.
 *
 * @param asked By shape: how often it was asked for so far.
 * @param room By shape: instances that the fleet takes when nothing but it is placed.
 * @param most Shapes wanted, at the most.
 * @returns The scarcest first; among equals the lowest index. Shapes never asked for, and shapes
 *   that fit nowhere, are left out.
 */
export function scarceShapes(
  asked: ArrayLike<number>,
  room: ArrayLike<number>,
  most: number,
): readonly ScarceShape[] {
  const found = Array.from(asked, (count, shape) => ({ shape, need: count / (room[shape] ?? 0) }))
    .filter(({ need }) => need > 0 && Number.isFinite(need))
    .sort((one, other) => other.need - one.need || one.shape - other.shape)
    .slice(0, most)
  const scarcest = found[0]?.need ?? 1
  return found.map(({ shape, need }) => ({
    shape,
    weight: Math.max(1, Math.round((need / scarcest) * scale)),
  }))
}
