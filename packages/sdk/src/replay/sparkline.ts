import type { DensityPoint } from './density.ts'

const levels = '▁▂▃▄▅▆▇█'

/**
 * Density over time in one line of at most `width` characters: full blocks are 100 %, gaps unused
 * time.
 */
export function sparkline(points: readonly DensityPoint[], width = 60): string {
  const columns = Math.min(width, points.length)
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * points.length) / columns)
    const to = Math.floor(((column + 1) * points.length) / columns)
    const used = points.slice(from, to).flatMap(({ density }) => density ?? [])
    if (used.length === 0) return ' '
    const mean = used.reduce((sum, density) => sum + density, 0) / used.length
    return levels[Math.min(levels.length - 1, Math.floor(mean * levels.length))] as string
  }).join('')
}
