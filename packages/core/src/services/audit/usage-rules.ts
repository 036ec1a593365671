import {
  dayMs,
  type UsageDay,
  usageDayId,
  usageDayKind,
  usageLedgerKind,
  usagePeriodId,
  usagePeriodKind,
} from '../../model/meter/usage.ts'
import { type AuditKernel, concern, type Problem, type Rule, rowRule } from './rule.ts'

/** What sums of usage stand for is whole, and counted where it is looked for. */
export const usageRules: readonly Rule[] = [
  rowRule('usagePeriod-form', usagePeriodKind, function* (row) {
    const { id, kind, resourceId, since, to, amounts } = row
    if (!(since < to)) yield `lasts from ${since} to ${to}`
    if (id !== usagePeriodId(kind, resourceId, since)) yield 'is named after another'
    for (const [name, amount] of Object.entries(amounts)) {
      if (!Number.isSafeInteger(amount) || amount <= 0) yield `counts ${amount} of ${name}`
    }
  }),
  rowRule('usageDay-form', usageDayKind, function* ({ id, projectId, day, sums }) {
    if (day % dayMs !== 0 || id !== usageDayId(projectId, day)) yield 'is named after another'
    for (const [name, sum] of Object.entries(sums)) {
      if (!/^[1-9]\d*$/.test(sum)) yield `counts ${sum} of ${name}`
    }
  }),
  {
    type: 'subject',
    name: 'usageDay-ledger',
    concerns: [concern(usageDayKind, ({ id }) => [id])],
    check: checkDays,
  },
]

/** Days that the ledger does not cover are read as if their periods were there still. */
async function checkDays(kernel: AuditKernel, ids: readonly string[]): Promise<Problem[]> {
  const days = (await kernel.store.get(usageDayKind, ids)).filter((row) => row !== undefined)
  const ledgers = await kernel.store.get(
    usageLedgerKind,
    days.map(({ projectId }) => projectId),
  )
  return days.flatMap((row: UsageDay, index): Problem[] => {
    if (row.day < (ledgers[index]?.summedTo ?? 0)) return []
    const message = 'is summed up, but its ledger does not say so'
    return [{ of: row.id, subject: `usageDay:${row.id}`, message }]
  })
}
