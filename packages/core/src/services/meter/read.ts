import { CloudError, throwIfAborted } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Kernel } from '../../kernel.ts'
import type { Kind, Stored, UsageMeter } from '../../model/kind.ts'
import {
  dayMs,
  type UsageLedger,
  usageDayKind,
  usageLedgerKind,
  type UsagePeriod,
  usagePeriodId,
  usagePeriodKind,
} from '../../model/meter/usage.ts'
import { everyRow } from '../page.ts'
import { meteredKinds } from './kinds.ts'
import { type Span, UsageSums } from './sums.ts'

/** Reads that summing up may spoil, before the caller is asked to repeat. */
const reads = 4

/**
 * What a project used within a span: what lasts, what ended, and what was summed up by day. Exact
 * as of its reads; what is deleted meanwhile counts once.
 *
 * @throws CloudError `invalid` for bounds within a day that was summed up, with the first instant
 *   that may be any; `stale` when days were summed up at every read.
 */
export async function readUsage(
  kernel: Pick<Kernel, 'store'>,
  projectId: string,
  span: Span,
  signal?: AbortSignal,
): Promise<UsageSums> {
  const before = await readLedger(kernel, projectId)
  let rev = before?.rev ?? 0
  requireWholeDays(span, before)
  for (let tries = 0; tries < reads; tries++) {
    const sums = new UsageSums()
    // What lasts first: a resource that ends meanwhile is found again, by the name of its period.
    const seen = await addLasting(kernel, projectId, span, sums, signal)
    await addEnded(kernel, projectId, span, sums, seen, signal)
    await addDays(kernel, projectId, span, sums)
    const after = await readLedger(kernel, projectId)
    if ((after?.rev ?? 0) === rev) return sums
    rev = after?.rev ?? 0
    requireWholeDays(span, after)
  }
  throw new CloudError('stale', 'Usage was summed up at every read.', { limit: reads })
}

async function readLedger(
  { store }: Pick<Kernel, 'store'>,
  projectId: string,
): Promise<UsageLedger | undefined> {
  return (await store.get(usageLedgerKind, [projectId]))[0]
}

function requireWholeDays(span: Span, ledger: UsageLedger | undefined): void {
  const summedTo = ledger?.summedTo ?? 0
  for (const field of ['from', 'to'] as const) {
    const at = span[field]
    if (at >= summedTo || at % dayMs === 0) continue
    throw new CloudError(
      'invalid',
      `${field}: usage before ${summedTo} is kept by day: midnights (UTC) only.`,
      { field, limit: summedTo },
    )
  }
}

async function addLasting(
  kernel: Pick<Kernel, 'store'>,
  projectId: string,
  span: Span,
  sums: UsageSums,
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const seen = new Set<string>()
  for (const kind of meteredKinds) {
    const meter = kind.meter as UsageMeter
    for await (const rows of everyRow(kernel, kind, { index: meter.index, equals: [projectId] })) {
      throwIfAborted(signal)
      for (const row of rows) {
        const period = lasting(kind, meter, row)
        if (!period) continue
        seen.add(period.id)
        sums.addTime(period.amounts, period.since, span.to, span)
      }
    }
  }
  return seen
}

function lasting({ name }: Kind, { classes }: UsageMeter, { id, metered }: Stored) {
  const [since, ...amounts] = metered ?? []
  if (since === undefined) return undefined
  const named = amounts.map((amount, at): [string, number] => [classes[at] as string, amount])
  return { id: usagePeriodId(name, id, since), since, amounts: Object.fromEntries(named) }
}

async function addEnded(
  { store }: Pick<Kernel, 'store'>,
  projectId: string,
  span: Span,
  sums: UsageSums,
  seen: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  let after: UsagePeriod | undefined
  do {
    throwIfAborted(signal)
    const page: UsagePeriod[] = await store.query(usagePeriodKind, {
      index: 'byProject',
      equals: [projectId],
      from: span.from + 1,
      limit: limits.pageRows,
      ...(after && { after }),
    })
    for (const { id, amounts, since, to } of page) {
      if (!seen.has(id)) sums.addTime(amounts, since, to, span)
    }
    after = page.length === limits.pageRows ? page.at(-1) : undefined
  } while (after)
}

async function addDays(
  { store }: Pick<Kernel, 'store'>,
  projectId: string,
  span: Span,
  sums: UsageSums,
): Promise<void> {
  let from = span.from
  for (;;) {
    const page = await store.query(usageDayKind, {
      index: 'byProject',
      equals: [projectId],
      from,
      to: span.to,
      limit: limits.pageRows,
    })
    for (const { sums: day } of page) {
      for (const [name, sum] of Object.entries(day)) sums.add(name, BigInt(sum))
    }
    const last = page.at(-1)
    if (!last || page.length < limits.pageRows) return
    from = last.day + 1
  }
}
