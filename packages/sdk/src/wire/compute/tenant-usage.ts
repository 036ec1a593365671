import type { ServerView, UsagePeriodView, UsageReport } from '@nephos/core'
import { CloudError } from '@nephos/core'

const hourMs = 3_600_000

/** The instants that a query names; now, if it names none. @throws CloudError `invalid`. */
export function usageSpan(
  search: URLSearchParams,
  now: number,
): { readonly from: number; readonly to: number } {
  const from = instant(search.get('start'), 'start') ?? now
  const to = instant(search.get('end'), 'end') ?? now
  // A span is never empty: an instant is its last millisecond.
  if (from <= to) return { from: Math.min(from, to - 1), to }
  throw new CloudError(
    'invalid',
    'Invalid start time. The start time cannot occur after the end.',
    {
      field: 'start',
    },
  )
}

const form = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(\.\d{1,6})?)?$/

function instant(text: string | null, field: string): number | undefined {
  if (text === null || text === '') return undefined
  const parts = form.exec(text)
  const time = parts ? Date.parse(`${parts[1]}T${parts[2] ?? '00:00:00'}${parts[3] ?? ''}Z`) : NaN
  if (!Number.isNaN(time)) return time
  throw new CloudError('invalid', `Datetime is in invalid format: ${text.slice(0, 40)}`, { field })
}

/** An instant without a zone, as Nova writes it. */
function plainTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '000')
}

/** What a project used, summed up. */
export function usageBody(report: UsageReport): Record<string, unknown> {
  const hours = (name: string): number =>
    report.usage.find(({ resource }) => resource === name)?.unitHours ?? 0
  return {
    tenant_id: report.projectId,
    start: plainTime(report.from),
    stop: plainTime(report.to),
    total_hours: hours('servers'),
    total_vcpus_usage: hours('vcpus'),
    total_memory_mb_usage: hours('ramMb'),
    total_local_gb_usage: hours('diskGb'),
  }
}

interface Lived {
  readonly id: string
  readonly name: string
  readonly amounts: Readonly<Record<string, number>>
  readonly since: number
  readonly to: number
  readonly isLive: boolean
  readonly flavor: string
  readonly state: string
}

/** What each server of a project used within a span: those that live, and those that ended. */
export function serverUsages(
  report: UsageReport,
  servers: readonly ServerView[],
  ended: readonly UsagePeriodView[],
  now: number,
): object[] {
  const live = new Set(servers.map(({ id }) => id))
  const lives: Lived[] = [
    ...ended
      .filter(({ resourceId }) => !live.has(resourceId))
      .map(({ resourceId: id, name, amounts, since, to }) => {
        return { id, name, amounts, since, to, isLive: false, flavor: '', state: 'terminated' }
      }),
    ...servers.map(({ id, name, flavor, createdAt, vmState }) => ({
      id,
      name,
      amounts: { vcpus: flavor.vcpus, ramMb: flavor.ramMb, diskGb: flavor.diskGb },
      since: createdAt,
      to: now,
      isLive: true,
      flavor: flavor.name,
      state: vmState as string,
    })),
  ]
  return lives
    .filter(({ since, to }) => since < report.to && to > report.from)
    .map((one) => ({
      instance_id: one.id,
      name: one.name,
      tenant_id: report.projectId,
      flavor: one.flavor,
      state: one.state,
      hours: (Math.min(one.to, report.to) - Math.max(one.since, report.from)) / hourMs,
      vcpus: one.amounts['vcpus'] ?? 0,
      memory_mb: one.amounts['ramMb'] ?? 0,
      local_gb: one.amounts['diskGb'] ?? 0,
      uptime: Math.floor((one.to - one.since) / 1_000),
      started_at: plainTime(one.since),
      ended_at: one.isLive ? null : plainTime(one.to),
    }))
}
