import {
  quotaDefaults,
  quotaGet,
  type QuotaName,
  quotaSet,
  typeQuotaGet,
  typeQuotaSet,
  volumeTypeList,
} from '@nephos/core'
import {
  limitsBody,
  quotaEntries,
  quotaNamesOf,
  quotaSetBody,
  quotaUpdateBody,
} from '../../wire/volume/quota.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { first, flag } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { seer } from './common.ts'

const operations = [quotaGet, typeQuotaGet, volumeTypeList] as const
const path = '/os-quota-sets/{quota_set_id}'

/** Three reads, however many types there are. */
async function entriesOf(x: Exchange<unknown, unknown>, projectId: string) {
  const actor = seer(x)
  const [view, perType, types] = await Promise.all([
    x.invokeAs(actor, quotaGet, { projectId }),
    x.invokeAs(actor, typeQuotaGet, { projectId }),
    x.invokeAs(actor, volumeTypeList, {}),
  ])
  return quotaEntries(view, types, perType)
}

/** What a body sets: of the project, and of types by their ids. */
async function changesOf(
  x: Exchange<unknown, unknown>,
  fields: Readonly<Record<string, unknown>>,
): Promise<{
  readonly limits: Partial<Record<QuotaName, number>>
  readonly typed: ReadonlyMap<
    string,
    Partial<Record<'volumes' | 'gigabytes' | 'snapshots', number>>
  >
}> {
  const types = await x.invokeAs(x.requireOperator(), volumeTypeList, {})
  const byName = new Map(types.map(({ id, name }) => [name, id]))
  const limits: Partial<Record<QuotaName, number>> = {}
  const typed = new Map<string, Partial<Record<'volumes' | 'gigabytes' | 'snapshots', number>>>()
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'tenant_id' || name === 'force' || name === 'skip_validation') continue
    const own = Object.entries(quotaNamesOf).find(([known]) => known === name)?.[1]
    const [, resource, typeName = ''] = /^(volumes|gigabytes|snapshots)_(.+)$/.exec(name) ?? []
    const typeId = own === undefined ? byName.get(typeName) : undefined
    if (own === undefined && typeId === undefined) {
      x.refuse(400, `Bad key in quota set: ${name.slice(0, 60)}.`, name.slice(0, 60))
    }
    if (typeof value !== 'number' || value < -1) {
      x.refuse(400, `${name}: is no whole number from -1 on.`, name)
    }
    if (own !== undefined) limits[own] = value
    else if (typeId !== undefined) {
      typed.set(typeId, { ...typed.get(typeId), [resource as 'volumes']: value })
    }
  }
  return { limits, typed }
}

/** https://docs.openstack.org/api-ref/block-storage/v3/#quota-sets-extension-os-quota-sets */
export const quotas: readonly EndpointRow[] = [
  endpoint({
    id: 'volume.quotas.get',
    method: 'GET',
    path,
    summary: 'Shows the quotas of a project; with `usage`, also what is used.',
    access: 'token',
    operations: [...operations],
    status: 200,
    async run(x) {
      const projectId = x.param('quota_set_id')
      const entries = await entriesOf(x, projectId)
      const isUsed = flag(x.query, 'usage') === true
      return json({ quota_set: quotaSetBody(entries, { projectId, isUsed }) })
    },
  }),
  endpoint({
    id: 'volume.quotas.defaults',
    method: 'GET',
    path: `${path}/defaults`,
    summary: 'Shows the quotas that a new project gets.',
    access: 'token',
    operations: [quotaDefaults, volumeTypeList],
    status: 200,
    async run(x) {
      const projectId = x.param('quota_set_id')
      const entries = await defaultsOf(x)
      return json({ quota_set: quotaSetBody(entries, { projectId, isUsed: false }) })
    },
  }),
  endpoint({
    id: 'volume.quotas.update',
    method: 'PUT',
    path,
    summary: 'Sets quotas of a project.',
    access: 'token',
    operations: [...operations, quotaSet, typeQuotaSet],
    body: quotaUpdateBody,
    status: 200,
    async run(x) {
      const projectId = x.param('quota_set_id')
      const { limits, typed } = await changesOf(x, x.body.quota_set)
      if (Object.keys(limits).length > 0) await x.invoke(quotaSet, { projectId, limits })
      for (const [typeId, changes] of typed) {
        await x.invoke(typeQuotaSet, { projectId, typeId, ...changes }, { step: typeId })
      }
      const entries = await entriesOf(x, projectId)
      return json({ quota_set: quotaSetBody(entries, { isUsed: false }) })
    },
  }),
  endpoint({
    id: 'volume.quotas.delete',
    method: 'DELETE',
    path,
    summary: 'Gives a project the quotas of a new one.',
    access: 'token',
    operations: [quotaDefaults, quotaSet],
    status: 200,
    async run(x) {
      x.requireOperator()
      const own = await x.invoke(quotaDefaults, {})
      const names = Object.values(quotaNamesOf)
      const limits = Object.fromEntries(names.map((name) => [name, own[name]]))
      await x.invoke(quotaSet, { projectId: x.param('quota_set_id'), limits })
      return nothing
    },
  }),
  endpoint({
    id: 'volume.quotaClasses.get',
    method: 'GET',
    path: '/os-quota-class-sets/{quota_class}',
    summary: 'Shows the quotas that a new project gets.',
    access: 'token',
    operations: [quotaDefaults, volumeTypeList],
    status: 200,
    async run(x) {
      x.requireOperator()
      const entries = await defaultsOf(x)
      const id = x.param('quota_class')
      return json({ quota_class_set: quotaSetBody(entries, { projectId: id, isUsed: false }) })
    },
  }),
  endpoint({
    id: 'volume.limits.get',
    method: 'GET',
    path: '/limits',
    summary: 'Shows what a project may use, and uses.',
    access: 'token',
    operations: [quotaGet],
    status: 200,
    async run(x) {
      const other = first(x.query, 'project_id') ?? first(x.query, 'tenant_id')
      const projectId = x.operator && x.version >= 39 ? (other ?? x.projectId) : x.projectId
      return json(limitsBody(await x.invokeAs(seer(x), quotaGet, { projectId })))
    },
  }),
]

async function defaultsOf(x: Exchange<unknown, unknown>) {
  const [own, types] = await Promise.all([
    x.invoke(quotaDefaults, {}),
    x.invokeAs(seer(x), volumeTypeList, {}),
  ])
  const named = Object.entries(own).map(([name, limit]) => [name, { limit, used: 0 }] as const)
  const view = { projectId: '', quotas: Object.fromEntries(named) as never }
  return quotaEntries(view, types, [])
}
