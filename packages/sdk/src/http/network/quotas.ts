import { quotaDefaults, quotaGet, quotaList, quotaSet, type QuotaView } from '@nephos/core'
import {
  quotaBody,
  quotaDetailsBody,
  quotaLimits,
  quotaLimitsBody,
  quotaShownBody,
} from '../../wire/network/quota.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { pageOf } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { ask, type Asked } from './calls.ts'

const one = { path: '/quotas/{project_id}', access: 'token' } as const

function owner(projectId: string): Readonly<Record<string, string>> {
  return { tenant_id: projectId, project_id: projectId }
}

function view(x: Asked): Promise<QuotaView> {
  return ask(x, quotaGet, { projectId: x.param('project_id') })
}

/** Quotas (https://docs.openstack.org/api-ref/network/v2/#quotas-extension-quotas). */
export const quotas: readonly EndpointRow[] = [
  endpoint({
    id: 'network.quotas.list',
    method: 'GET',
    path: '/quotas',
    access: 'token',
    summary: 'Lists the limits of projects that have others than new ones.',
    operations: [quotaList, quotaDefaults],
    status: 200,
    run: async (x) => {
      x.requireOperator()
      const usual = JSON.stringify(quotaLimitsBody(await ask(x, quotaDefaults, {})))
      const { limit, ...after } = pageOf(x.query)
      const page = await ask(x, quotaList, { limit, ...after })
      const own = page.filter((row) => JSON.stringify(quotaShownBody(row)) !== usual)
      return json({
        quotas: own.map((row) => ({ ...owner(row.projectId), ...quotaShownBody(row) })),
      })
    },
  }),
  endpoint({
    ...one,
    id: 'network.quotas.get',
    method: 'GET',
    summary: 'Shows the limits of a project.',
    operations: [quotaGet],
    status: 200,
    run: async (x) => json({ quota: quotaShownBody(await view(x)) }),
  }),
  endpoint({
    ...one,
    id: 'network.quotas.set',
    method: 'PUT',
    summary: 'Sets limits of a project; −1 is no limit.',
    operations: [quotaSet],
    body: quotaBody,
    status: 200,
    run: async (x) => {
      x.requireOperator()
      const input = { projectId: x.param('project_id'), limits: quotaLimits(x.body) }
      return json({ quota: quotaShownBody(await ask(x, quotaSet, input)) })
    },
  }),
  endpoint({
    ...one,
    id: 'network.quotas.reset',
    method: 'DELETE',
    summary: 'Gives a project the limits that new ones get.',
    operations: [quotaDefaults, quotaSet],
    status: 204,
    run: async (x) => {
      x.requireOperator()
      const defaults = quotaLimitsBody(await ask(x, quotaDefaults, {}))
      const limits = quotaLimits(defaults)
      await ask(x, quotaSet, { projectId: x.param('project_id'), limits })
      return nothing
    },
  }),
  endpoint({
    ...one,
    path: '/quotas/{project_id}/default',
    id: 'network.quotas.defaults',
    method: 'GET',
    summary: 'Shows the limits that a new project gets.',
    operations: [quotaDefaults],
    status: 200,
    run: async (x) => json({ quota: quotaLimitsBody(await ask(x, quotaDefaults, {})) }),
  }),
  ...['details', 'details.json'].map((last) =>
    endpoint({
      ...one,
      path: `/quotas/{project_id}/${last}`,
      id: 'network.quotas.details',
      method: 'GET',
      summary: 'Shows the limits of a project and what of them is used.',
      operations: [quotaGet],
      status: 200,
      run: async (x) => json({ quota: quotaDetailsBody(await view(x)) }),
    }),
  ),
]
