import { CloudError, quotaDefaults, quotaGet, type QuotaName, quotaSet } from '@nephos/core'
import {
  limitsBody,
  quotaBody,
  quotaChange,
  quotaDetail,
  quotaLimits,
  unknownQuota,
} from '../../wire/compute/quota.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json } from '../reply.ts'
import { asBadRequest } from './refusals.ts'
import { readerOf } from './server-shape.ts'

type Asking = Exchange<unknown, unknown>

/** The project of the path. @throws CloudError `forbidden` for one that is not the caller's. */
function projectOf(x: Asking): string {
  const id = x.param('quota_set_id')
  if (id !== x.actor.projectId) x.requireOperator()
  return id
}

/** The limits that the cloud keeps of a project; one that is not there is a bad request. */
function quotaOf(x: Asking, projectId: string) {
  return asBadRequest(['projectId'], () => x.invokeAs(readerOf(x), quotaGet, { projectId }))
}

/** Limits of a project that `limits` shows, other than the caller's own. */
function limitsOf(x: Asking): string | undefined {
  const id = x.search.get('tenant_id')
  if (id === null || id === x.actor.projectId) return undefined
  x.requireOperator()
  return id
}

/** https://docs.openstack.org/api-ref/compute/#quota-sets-os-quota-sets */
export const quotas: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.limits.show',
    method: 'GET',
    path: '/limits',
    summary: 'Shows the limits of the project, and what is used of them.',
    access: 'token',
    operations: [quotaGet],
    status: 200,
    async run(x) {
      const other = limitsOf(x)
      const view = other === undefined ? await x.invoke(quotaGet, {}) : await quotaOf(x, other)
      return json(limitsBody(view, x.version))
    },
  }),
  endpoint({
    id: 'compute.quotas.show',
    method: 'GET',
    path: '/os-quota-sets/{quota_set_id}',
    summary: 'Shows the limits of a project.',
    access: 'token',
    operations: [quotaGet],
    status: 200,
    async run(x) {
      const id = projectOf(x)
      const view = await quotaOf(x, id)
      const body = quotaBody((name) => view.quotas[name].limit, x.version)
      return json({ quota_set: { id, ...body } })
    },
  }),
  endpoint({
    id: 'compute.quotas.detail',
    method: 'GET',
    path: '/os-quota-sets/{quota_set_id}/detail',
    summary: 'Shows the limits of a project, and what is used of them.',
    access: 'token',
    operations: [quotaGet],
    status: 200,
    async run(x) {
      const id = projectOf(x)
      return json({ quota_set: { id, ...quotaDetail(await quotaOf(x, id), x.version) } })
    },
  }),
  endpoint({
    id: 'compute.quotas.defaults',
    method: 'GET',
    path: '/os-quota-sets/{quota_set_id}/defaults',
    summary: 'Shows the limits that a new project gets.',
    access: 'token',
    operations: [quotaDefaults],
    status: 200,
    async run(x) {
      const defaults = await x.invoke(quotaDefaults, {})
      const id = x.param('quota_set_id')
      return json({ quota_set: { id, ...quotaBody((name) => defaults[name], x.version) } })
    },
  }),
  endpoint({
    id: 'compute.quotas.update',
    method: 'PUT',
    path: '/os-quota-sets/{quota_set_id}',
    summary: 'Sets limits of a project; those that are no quotas stay as they are.',
    access: 'token',
    operations: [quotaGet, quotaSet],
    body: quotaChange,
    status: 200,
    async run(x) {
      x.requireOperator()
      const { quota_set: asked } = x.body
      const unknown = unknownQuota(asked, x.version)
      if (unknown !== undefined) {
        throw new CloudError('invalid', 'Additional properties are not allowed.', {
          field: unknown,
        })
      }
      const projectId = projectOf(x)
      const before = await quotaOf(x, projectId)
      const limits = quotaLimits(asked)
      for (const [name, limit] of Object.entries(limits) as [QuotaName, number][]) {
        const { used } = before.quotas[name]
        if (asked.force || limit < 0 || limit >= used) continue
        throw new CloudError('invalid', `${name}: ${used} are in use already.`, {
          field: name,
          limit: used,
        })
      }
      const after =
        Object.keys(limits).length === 0 ? before : await x.invoke(quotaSet, { projectId, limits })
      return json({ quota_set: quotaBody((name) => after.quotas[name].limit, x.version) })
    },
  }),
  endpoint({
    id: 'compute.quotas.reset',
    method: 'DELETE',
    path: '/os-quota-sets/{quota_set_id}',
    summary: 'Gives a project the limits of a new one.',
    access: 'token',
    operations: [quotaDefaults, quotaSet],
    status: 202,
    async run(x) {
      x.requireOperator()
      const defaults = await x.invoke(quotaDefaults, {})
      const limits = quotaLimits(quotaBody((name) => defaults[name], 1))
      const projectId = projectOf(x)
      await asBadRequest(['projectId'], () => x.invoke(quotaSet, { projectId, limits }))
      return {}
    },
  }),
  endpoint({
    id: 'compute.quotaClasses.show',
    method: 'GET',
    path: '/os-quota-class-sets/{id}',
    summary: 'Shows the limits that a new project gets.',
    access: 'token',
    operations: [quotaDefaults],
    status: 200,
    async run(x) {
      x.requireOperator()
      const defaults = await x.invoke(quotaDefaults, {})
      const body = quotaBody((name) => defaults[name], x.version >= 50 ? x.version : 35)
      return json({ quota_class_set: { id: x.param('id'), ...body } })
    },
  }),
]
