import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { type UsagePeriod, usagePeriodKind } from '../../model/meter/usage.ts'
import type { Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { idField } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { usageClasses } from './kinds.ts'
import { readUsage } from './read.ts'
import type { Span } from './sums.ts'

/** What a project used of one resource class. */
export interface ResourceUsage {
  readonly resource: string
  /** Amount × milliseconds, exactly, in decimal: it may be more than a number holds. */
  readonly unitMs: string
  /** The same in amount × hours, as near as a number comes. */
  readonly unitHours: number
}

export interface UsageReport {
  readonly projectId: string
  readonly from: number
  /** As asked, or now when that was in the future. */
  readonly to: number
  /** Every class that is counted, also those that were not used. */
  readonly usage: readonly ResourceUsage[]
}

const hourMs = 3_600_000
/** The greatest time of a JavaScript date. */
const instant = z.int().min(0).max(8_640_000_000_000_000)

const spanFields = {
  /** Milliseconds since the epoch; `to` does not belong to the span. */
  from: instant,
  to: instant,
  /** System scope only, and needed there: also a project that is gone. */
  projectId: idField.optional(),
}

/**
 * What a project used between two instants, clipped to them. Use ends now: there is none in the
 * future. Usage outlives resources and projects. What ended more than five weeks ago is kept by day
 * (UTC), so bounds before that must be midnights.
 *
 * @throws CloudError `invalid` for such a bound, with the first instant that may be any as `limit`.
 */
export const usageGet = defineOperation({
  id: 'meter.usage.get',
  summary: 'What a project used between two instants, by resource class.',
  policy: { scope: 'any', role: 'reader' },
  input: z.strictObject(spanFields),
  mutates: false,
  run: async (call, input): Promise<UsageReport> => {
    const projectId = usageProject(call, input.projectId)
    const span = usageSpan(call, input)
    const sums = await readUsage(call.kernel, projectId, span, call.signal)
    const usage = usageClasses.map((resource): ResourceUsage => {
      const sum = sums.get(resource)
      return { resource, unitMs: String(sum), unitHours: Number(sum) / hourMs }
    })
    return { projectId, ...span, usage }
  },
})

export type UsagePeriodView = Omit<UsagePeriod, 'rev'>

const listInput = z.strictObject({
  ...spanFields,
  kind: z.string().min(1).max(limits.nameLength).optional(),
  limit: z.int().min(1).max(limits.pageRows).default(limits.pageRows),
  marker: z.string().min(1).max(1_024).optional(),
})
type ListInput = z.infer<typeof listInput>

/**
 * One page of the periods that ended within a span, by their end: which resource, how much of what,
 * from when to when. Those that last are the resources themselves; those that were summed up by day
 * are listed no more.
 *
 * @throws CloudError `invalid` when the marker names no period of the list.
 */
export const usageList = defineOperation({
  id: 'meter.usage.list',
  summary: 'Periods of use that ended between two instants, resource by resource.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: async (call: Call, input: ListInput): Promise<UsagePeriodView[]> => {
    const projectId = usageProject(call, input.projectId)
    const { from, to } = usageSpan(call, input)
    let after = await markedPeriod(call, projectId, input.marker)
    const items: UsagePeriodView[] = []
    for (;;) {
      const page = await call.kernel.store.query(usagePeriodKind, {
        index: 'byProject',
        equals: [projectId],
        from: from + 1,
        to: to + 1,
        limit: limits.pageRows,
        ...(after && { after }),
      })
      for (const { rev: _, ...period } of page) {
        if (input.kind !== undefined && period.kind !== input.kind) continue
        items.push(period)
        if (items.length === input.limit) return items
      }
      after = page.at(-1)
      if (page.length < limits.pageRows) return items
    }
  },
})

async function markedPeriod(
  { kernel }: Call,
  projectId: string,
  marker: string | undefined,
): Promise<UsagePeriod | undefined> {
  if (marker === undefined) return undefined
  const [period] = await kernel.store.get(usagePeriodKind, [marker])
  if (period?.projectId === projectId) return period
  throw new CloudError('invalid', 'marker: names no item.', { field: 'marker' })
}

/** A project asks for itself; what it asks of others cannot be told from what is not there. */
function usageProject({ actor }: Call, projectId: string | undefined): string {
  if (projectId !== undefined && (actor.system || projectId === actor.projectId)) return projectId
  if (projectId !== undefined) throw notFound('project', 'projectId')
  if (actor.projectId !== null) return actor.projectId
  throw new CloudError('invalid', 'projectId: names no project.', { field: 'projectId' })
}

function usageSpan({ kernel }: Call, { from, to }: Span): Span {
  if (from >= to) {
    throw new CloudError('invalid', 'to: is not after from.', { field: 'to', limit: from })
  }
  return { from, to: Math.max(from, Math.min(to, Math.floor(kernel.clock.now()))) }
}
