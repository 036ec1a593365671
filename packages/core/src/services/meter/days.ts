import { CommitConflict } from '../../commit/committer.ts'
import { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import {
  dayMs,
  usageDayId,
  usageDayKind,
  usageLedgerKind,
  type UsagePeriod,
  usagePeriodKind,
} from '../../model/meter/usage.ts'
import type { Reconciler } from '../../work/reconciler.ts'
import { Horizon } from '../upkeep/horizon.ts'
import { dayOf, UsageSums } from './sums.ts'

/** How long periods are kept as they were: five weeks, so that a month can be gone over. */
const detailMs = 35 * dayMs
/** Periods of one commit, commits of one run, days that a commit takes off the end of a period. */
const periodsPerCommit = 200
const commitsPerRun = 10
const daysPerPiece = 8

/** Periods that ended long ago become sums by day. No answer changes by it. */
export function usageDays(kernel: Kernel): Reconciler {
  const horizon = new Horizon(kernel, detailMs)
  return {
    name: 'usage-days',
    run: async () => {
      const before = dayOf(horizon.look())
      if (before <= 0) return
      try {
        for (let done = 0; done < commitsPerRun; done++) {
          if ((await sumUp(kernel, before)) === 0) return
        }
      } catch (error) {
        // Another process sums up the same: next time.
        if (!(error instanceof CommitConflict)) throw error
      }
    },
  }
}

/**
 * Moves the time of some periods that ended by then into days, in one commit, so that every instant
 * is in one of the two. Of a long period only the end is moved: the rest ends earlier from then on.
 *
 * @param before a midnight.
 * @returns periods moved or shortened; 0 when none is left.
 */
export async function sumUp(kernel: Kernel, before: number): Promise<number> {
  const { store } = kernel
  const periods = await store.query(usagePeriodKind, {
    index: 'byEnd',
    to: before + 1,
    limit: periodsPerCommit,
  })
  if (periods.length === 0) return 0
  const writes = new Writes()
  const days = new Map<string, Day>()
  for (const period of periods) {
    const cut = Math.max(period.since, dayOf(period.to - 1) - (daysPerPiece - 1) * dayMs)
    addPiece(days, period, cut)
    if (cut > period.since) writes.update(usagePeriodKind, { ...period, to: cut })
    else writes.remove(usagePeriodKind, period)
  }
  await writeDays(kernel, writes, days)
  await writeLedgers(kernel, writes, [...new Set(periods.map((one) => one.projectId))], before)
  await kernel.committer.commit(writes)
  kernel.telemetry.meter.count('usage_summed', periods.length)
  return periods.length
}

interface Day {
  readonly projectId: string
  readonly day: number
  readonly more: UsageSums
}

function addPiece(days: Map<string, Day>, period: UsagePeriod, since: number): void {
  const { projectId, amounts, to } = period
  for (let day = dayOf(since); day < to; day += dayMs) {
    const id = usageDayId(projectId, day)
    const entry = days.get(id) ?? { projectId, day, more: new UsageSums() }
    days.set(id, entry)
    entry.more.addTime(amounts, since, to, { from: day, to: day + dayMs })
  }
}

async function writeDays(
  { store }: Kernel,
  writes: Writes,
  days: ReadonlyMap<string, Day>,
): Promise<void> {
  const ids = [...days.keys()]
  const rows = await store.get(usageDayKind, ids)
  for (const [index, { projectId, day, more }] of [...days.values()].entries()) {
    const row = rows[index]
    const sums = new UsageSums(row?.sums)
    for (const [name, sum] of Object.entries(more.texts())) sums.add(name, BigInt(sum))
    if (row) writes.update(usageDayKind, { ...row, sums: sums.texts() })
    else
      writes.insert(usageDayKind, { id: ids[index] as string, projectId, day, sums: sums.texts() })
  }
}

/** Each sum changes the ledger: whoever reads meanwhile sees that, and reads again. */
async function writeLedgers(
  { store }: Kernel,
  writes: Writes,
  projectIds: readonly string[],
  before: number,
): Promise<void> {
  const rows = await store.get(usageLedgerKind, projectIds)
  for (const [index, id] of projectIds.entries()) {
    const row = rows[index]
    if (!row) writes.insert(usageLedgerKind, { id, summedTo: before })
    else writes.update(usageLedgerKind, { ...row, summedTo: Math.max(row.summedTo, before) })
  }
}
