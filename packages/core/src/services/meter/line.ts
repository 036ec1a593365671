/** A point of a series. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** y = base + slope × x. */
export interface Line {
  readonly base: number
  readonly slope: number
}

/**
 * The line with the least sum of squared distances to the points, in y. Computed about their means,
 * so that large x lose no digits.
 *
 * @returns undefined when there are no two points with different x.
 */
export function leastSquares(points: readonly Point[]): Line | undefined {
  const count = points.length
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / count
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / count
  let spread = 0
  let joint = 0
  for (const { x, y } of points) {
    spread += (x - meanX) ** 2
    joint += (x - meanX) * (y - meanY)
  }
  if (!(spread > 0)) return undefined
  const slope = joint / spread
  return { slope, base: meanY - slope * meanX }
}
