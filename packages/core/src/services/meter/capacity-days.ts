import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import { type CapacityDay, capacityDayKind } from '../../model/meter/capacity.ts'
import { dayMs } from '../../model/meter/usage.ts'
import type { Reconciler } from '../../work/reconciler.ts'
import { Horizon } from '../upkeep/horizon.ts'
import { dayOf } from './sums.ts'

/** Two years: what a forecast may look back on, and last year's season. */
const keptMs = 730 * dayMs
const rowsPerRun = 100

/**
 * Notes how full the hosts are, once a day and again when they are fuller by a hundredth, from the
 * sums that placement has at hand; forgets what is older than two years.
 */
export function capacityDays(kernel: Kernel): Reconciler {
  const horizon = new Horizon(kernel, keptMs)
  return {
    name: 'capacity-days',
    run: async () => {
      const before = horizon.look()
      const writes = new Writes()
      await noteDay(kernel, writes)
      const old = await kernel.store.query(capacityDayKind, {
        index: 'byDay',
        to: before,
        limit: rowsPerRun,
      })
      writes.remove(capacityDayKind, ...old)
      try {
        if (!writes.empty) await kernel.committer.commit(writes)
      } catch (error) {
        // Another process noted the same: next time.
        if (!(error instanceof CommitConflict)) throw error
      }
    },
  }
}

async function noteDay({ clock, fleet, store }: Kernel, writes: Writes): Promise<void> {
  const { hosts, total, used } = fleet.capacity()
  if (hosts === 0) return
  const day = dayOf(clock.now())
  const id = String(day)
  const [row] = await store.get(capacityDayKind, [id])
  if (!row) writes.insert(capacityDayKind, { id, day, hosts, total, used })
  else if (isFuller(row, used)) {
    writes.update(capacityDayKind, { ...row, hosts, total, used: most(row.used, used) })
  }
}

function isFuller({ total, used }: CapacityDay, now: Readonly<Record<string, number>>): boolean {
  return Object.entries(now).some(
    ([name, amount]) => amount > (used[name] ?? 0) + (total[name] ?? 0) / 100,
  )
}

function most(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return Object.fromEntries(names.map((name) => [name, Math.max(a[name] ?? 0, b[name] ?? 0)]))
}
