/**
 * Full-jitter exponential backoff in [base, min(cap, base × 2^attempt)] milliseconds. `draw` is
 * uniform in [0, 2^32).
 */
export function backoffMs(
  draw: () => number,
  attempt: number,
  baseMs: number,
  capMs: number,
): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 20))
  return baseMs + Math.floor((draw() / 2 ** 32) * Math.max(0, ceiling - baseMs))
}
