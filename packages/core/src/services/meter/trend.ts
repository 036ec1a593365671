import { z } from 'zod'
import { type CapacityDay, capacityDayKind } from '../../model/meter/capacity.ts'
import { dayMs } from '../../model/meter/usage.ts'
import { defineOperation } from '../operation.ts'
import { leastSquares } from './line.ts'
import { dayOf } from './sums.ts'

/** How the use of one resource class goes on if it goes on as it did. */
export interface ResourceTrend {
  readonly resource: string
  /** Of all hosts, on the last day that was noted. */
  readonly total: number
  readonly used: number
  /** Growth of the use in a day; null when fewer than two days are known. */
  readonly perDay: number | null
  /** Use after `ahead` days, at least 0; null as above. */
  readonly forecast: number | null
  /**
   * When the use comes to the total, in milliseconds since the epoch; null when it does not grow,
   * or not within 100 years.
   */
  readonly fullAt: number | null
}

export interface CapacityTrend {
  /** Days that the trend was found from. */
  readonly days: number
  readonly resources: readonly ResourceTrend[]
}

const longestDays = 730
const furthestDays = 36_500

/**
 * The trend of the hosts' daily use, as a straight line of least squares through the fullest moment
 * of each day, and where it leads. It tells of steady growth; of a tenant that is about to come it
 * knows nothing.
 */
export const capacityTrend = defineOperation({
  id: 'meter.capacity.trend',
  summary: 'How full the hosts were by day, where that leads, and when they are full.',
  policy: { scope: 'system', role: 'reader' },
  input: z.strictObject({
    /** Days to look back on, today among them. */
    days: z.int().min(2).max(longestDays).default(30),
    /** Days to look ahead. */
    ahead: z.int().min(1).max(longestDays).default(30),
  }),
  mutates: false,
  run: async ({ kernel }, { days, ahead }): Promise<CapacityTrend> => {
    const today = dayOf(kernel.clock.now())
    const rows = await kernel.store.query(capacityDayKind, {
      index: 'byDay',
      from: today - (days - 1) * dayMs,
      // A clock that was ahead for a while may have noted days to come.
      to: today + 1,
      limit: days,
    })
    const last = rows.at(-1)
    if (!last) return { days: 0, resources: [] }
    const resources = Object.keys(last.total).sort()
    return { days: rows.length, resources: resources.map((name) => trendOf(name, rows, ahead)) }
  },
})

function trendOf(resource: string, rows: readonly CapacityDay[], ahead: number): ResourceTrend {
  const { day, total, used } = rows.at(-1) as CapacityDay
  const now = { resource, total: total[resource] ?? 0, used: used[resource] ?? 0 }
  const points = rows.map((row) => ({ x: (row.day - day) / dayMs, y: row.used[resource] ?? 0 }))
  const line = leastSquares(points)
  if (!line) return { ...now, perDay: null, forecast: null, fullAt: null }
  const { base, slope } = line
  const left = slope > 0 ? Math.max(0, (now.total - base) / slope) : Infinity
  return {
    ...now,
    perDay: slope,
    forecast: Math.max(0, base + slope * ahead),
    fullAt: left <= furthestDays ? Math.round(day + left * dayMs) : null,
  }
}
