import { CloudError, hostList } from '@nephos/core'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json, type Reply } from '../reply.ts'
import { everyHost } from './aggregates.ts'

/** A month (UTC) that ended before an instant. */
function monthBefore(at: number): { readonly begin: Date; readonly end: Date } {
  const date = new Date(at)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  return { begin: new Date(Date.UTC(year, month - 1, 1)), end: new Date(Date.UTC(year, month, 1)) }
}

/** As Python writes a time without a zone. */
function text(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ')
}

/** Use is counted as it happens here: there are no audits for hosts to have run. */
async function audit(x: Exchange<unknown, unknown>, at: number): Promise<object> {
  x.requireOperator()
  const hosts = (await everyHost(x)).map(({ name }) => name)
  const { begin, end } = monthBefore(at)
  return {
    hosts_not_run: hosts,
    log: {},
    num_hosts: hosts.length,
    num_hosts_done: 0,
    num_hosts_not_run: hosts.length,
    num_hosts_running: 0,
    overall_status: `0 of ${hosts.length} hosts done. 0 errors.`,
    period_beginning: text(begin),
    period_ending: text(end),
    total_errors: 0,
    total_instances: 0,
  }
}

/** https://docs.openstack.org/api-ref/compute/ (os-instance-usage-audit-log). */
export const usageAudit: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.usageAudit.list',
    method: 'GET',
    path: '/os-instance_usage_audit_log',
    summary: 'Tells which hosts ran audits of use in the last month: none do.',
    access: 'token',
    operations: [hostList],
    status: 200,
    run: async (x): Promise<Reply> =>
      json({ instance_usage_audit_logs: await audit(x, x.plane.kernel.clock.now()) }),
  }),
  endpoint({
    id: 'compute.usageAudit.show',
    method: 'GET',
    path: '/os-instance_usage_audit_log/{before_timestamp}',
    summary: 'Tells the same of the month before an instant.',
    access: 'token',
    operations: [hostList],
    status: 200,
    async run(x) {
      x.requireOperator()
      const before = x.param('before_timestamp')
      const at = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d{1,6})?$/.test(before)
        ? Date.parse(`${before.replace(' ', 'T')}Z`)
        : NaN
      if (Number.isNaN(at)) {
        throw new CloudError('invalid', `Invalid timestamp for date ${before.slice(0, 40)}`, {
          field: 'before_timestamp',
        })
      }
      return json({ instance_usage_audit_log: await audit(x, at) })
    },
  }),
]
