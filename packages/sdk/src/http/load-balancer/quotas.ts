import { quotaDefaults, quotaGet, quotaSet } from '@nephos/core'
import {
  defaultQuotas,
  quotaBody,
  quotaInput,
  quotaUpdateBody,
} from '../../wire/load-balancer/quota.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json, nothing } from '../reply.ts'
import { call } from './listing.ts'

const path = '/lbaas/quotas'
const one = `${path}/{project_id}`

type Limits = Parameters<typeof quotaBody>[0]

/** https://docs.openstack.org/api-ref/load-balancer/v2/#quotas */
export const quotas: readonly EndpointRow[] = [
  ...[`${path}/defaults`, `${one}/default`].map((at) =>
    endpoint({
      id:
        at === `${path}/defaults`
          ? 'load-balancer.quotas.defaults'
          : 'load-balancer.quotas.default',
      method: 'GET',
      path: at,
      summary: 'Shows the limits that a new project gets.',
      access: 'token',
      operations: [quotaDefaults],
      status: 200,
      run: async (x) => json({ quota: quotaBody(await call(x, quotaDefaults, {})) }),
    }),
  ),
  endpoint({
    id: 'load-balancer.quotas.list',
    method: 'GET',
    path,
    summary: 'Shows the limits of the project.',
    access: 'token',
    operations: [quotaGet],
    status: 200,
    async run(x) {
      const { projectId } = x
      const { quotas: entries } = await call(x, quotaGet, { projectId })
      const own = { ...quotaBody(limitsOf(entries)), project_id: projectId, tenant_id: projectId }
      return json({ quotas: [own], quotas_links: [] })
    },
  }),
  endpoint({
    id: 'load-balancer.quotas.get',
    method: 'GET',
    path: one,
    summary: 'Shows the limits of a project.',
    access: 'token',
    operations: [quotaGet],
    status: 200,
    async run(x) {
      const { quotas: entries } = await call(x, quotaGet, { projectId: x.param('project_id') })
      return json({ quota: quotaBody(limitsOf(entries)) })
    },
  }),
  endpoint({
    id: 'load-balancer.quotas.update',
    method: 'PUT',
    path: one,
    summary: 'Sets limits of a project.',
    access: 'token',
    operations: [quotaDefaults, quotaSet],
    body: quotaUpdateBody,
    status: 202,
    async run(x) {
      const limits = quotaInput(x.body, await call(x, quotaDefaults, {}))
      const projectId = x.param('project_id')
      const { quotas: entries } = await x.invoke(quotaSet, { projectId, limits })
      return json({ quota: quotaBody(limitsOf(entries)) })
    },
  }),
  endpoint({
    id: 'load-balancer.quotas.delete',
    method: 'DELETE',
    path: one,
    summary: 'Gives a project the limits back that a new one gets.',
    access: 'token',
    operations: [quotaDefaults, quotaSet],
    status: 204,
    async run(x) {
      const limits = defaultQuotas(await call(x, quotaDefaults, {}))
      await x.invoke(quotaSet, { projectId: x.param('project_id'), limits })
      return nothing
    },
  }),
]

function limitsOf(entries: Readonly<Record<string, { readonly limit: number }>>): Limits {
  const limits = Object.entries(entries).map(([name, { limit }]) => [name, limit])
  return Object.fromEntries(limits) as Limits
}
