/**
 * Leaves out as many items as it can while `fails` still holds for the rest: delta debugging
 * (Zeller and Hildebrandt, 2002). `fails` must hold for all items; it is not asked about them. The
 * answer is minimal if none of its items can be left out alone.
 */
export async function minimise<T>(
  items: readonly T[],
  fails: (kept: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  if (items.length === 0 || (await fails([]))) return []
  let kept = items
  let pieces = 2
  while (kept.length >= 2) {
    const smaller = await withoutSome(kept, pieces, fails)
    if (smaller) {
      kept = smaller
      pieces = Math.max(2, Math.min(pieces - 1, kept.length))
    } else if (pieces >= kept.length) {
      return kept
    } else {
      pieces = Math.min(2 * pieces, kept.length)
    }
  }
  return kept
}

/** The items without the first of so many pieces that is not needed. */
async function withoutSome<T>(
  items: readonly T[],
  pieces: number,
  fails: (kept: readonly T[]) => Promise<boolean>,
): Promise<readonly T[] | undefined> {
  for (let piece = 0; piece < pieces; piece++) {
    const from = Math.floor((piece * items.length) / pieces)
    const to = Math.floor(((piece + 1) * items.length) / pieces)
    const rest = [...items.slice(0, from), ...items.slice(to)]
    if (await fails(rest)) return rest
  }
  return undefined
}
