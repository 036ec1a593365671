import { projectList, serverList, usageGet, usageList, type UsageReport } from '@nephos/core'
import { serverUsages, usageBody, usageSpan } from '../../wire/compute/tenant-usage.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, nextUrl, pageOf } from '../paging.ts'
import { json } from '../reply.ts'
import { readerOf } from './server-shape.ts'

type Asking = Exchange<unknown, unknown>

/** Servers of one project that are told of one by one. */
const most = 1_000

async function detailed(x: Asking, report: UsageReport): Promise<object> {
  const { projectId, from, to } = report
  const reader = readerOf(x)
  const named = reader.system ? { projectId } : {}
  const [servers, ended] = await Promise.all([
    x.invokeAs(reader, serverList, { ...named, limit: most }),
    x.invokeAs(reader, usageList, { from, to, kind: 'server', limit: most, ...named }),
  ])
  const now = x.plane.kernel.clock.now()
  return { ...usageBody(report), server_usages: serverUsages(report, servers, ended, now) }
}

/** https://docs.openstack.org/api-ref/compute/#usage-reports-os-simple-tenant-usage */
export const tenantUsage: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.tenantUsage.list',
    method: 'GET',
    path: '/os-simple-tenant-usage',
    summary: 'Tells what projects used.',
    access: 'token',
    operations: [projectList, usageGet, usageList, serverList],
    status: 200,
    async run(x) {
      const operator = x.requireOperator()
      const span = usageSpan(x.search, x.plane.kernel.clock.now())
      const { limit, marker } = pageOf(x.query, 100)
      const after = marker === undefined ? {} : { marker }
      const projects = await x.invokeAs(operator, projectList, { limit, ...after })
      const bodies: object[] = []
      for (const { id: projectId } of projects) {
        const report = await x.invokeAs(operator, usageGet, { projectId, ...span })
        if (report.usage.every(({ resource, unitMs }) => resource !== 'servers' || unitMs === '0'))
          continue
        bodies.push(
          first(x.query, 'detailed') === '1' ? await detailed(x, report) : usageBody(report),
        )
      }
      const last = projects.at(-1)
      const hasNext = x.version >= 40 && projects.length === limit && last
      return json({
        tenant_usages: bodies,
        ...(hasNext && {
          tenant_usages_links: [
            { rel: 'next', href: nextUrl(x.url('/os-simple-tenant-usage'), x.search, last.id) },
          ],
        }),
      })
    },
  }),
  endpoint({
    id: 'compute.tenantUsage.show',
    method: 'GET',
    path: '/os-simple-tenant-usage/{project_id}',
    summary: 'Tells what a project used, server by server.',
    access: 'token',
    operations: [usageGet, usageList, serverList],
    status: 200,
    async run(x) {
      const projectId = x.param('project_id')
      if (projectId !== x.actor.projectId) x.requireOperator()
      const span = usageSpan(x.search, x.plane.kernel.clock.now())
      const report = await x.invokeAs(readerOf(x), usageGet, { projectId, ...span })
      const body = await detailed(x, report)
      return json({ tenant_usage: body })
    },
  }),
]
