import { placementUsageGet, providerUsage, type TypeUsage } from '@nephos/core'
import { unknownType } from '../../wire/placement/consumer.ts'
import { badQuery } from '../../wire/placement/query.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first } from '../paging.ts'
import { fresh, requireUuid } from './shared.ts'

/** What consumers use together. */
function sumOf(rows: readonly TypeUsage[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { usages: one } of rows) {
    for (const [name, amount] of Object.entries(one)) sums[name] = (sums[name] ?? 0) + amount
  }
  return sums
}

function withCount(rows: readonly TypeUsage[]): object {
  return { ...sumOf(rows), consumer_count: rows.reduce((sum, one) => sum + one.consumers, 0) }
}

/** By type since 1.38; `all` are one type then. */
function usagesBody(rows: readonly TypeUsage[], type: string | undefined, version: number): object {
  if (version < 38) return { usages: sumOf(rows) }
  if (type === 'all') return { usages: { all: withCount(rows) } }
  const kept = rows.filter((row) => type === undefined || (row.type ?? unknownType) === type)
  return {
    usages: Object.fromEntries(kept.map((row) => [row.type ?? unknownType, withCount([row])])),
  }
}

/** https://docs.openstack.org/api-ref/placement/#usages and #resource-provider-usages */
export const usages: readonly EndpointRow[] = [
  endpoint({
    id: 'placement.usages.list',
    method: 'GET',
    path: '/usages',
    summary: 'Tells what a project uses.',
    since: 9,
    access: 'token',
    operations: [placementUsageGet],
    status: 200,
    async run(x) {
      const known = ['project_id', 'user_id', ...(x.version >= 38 ? ['consumer_type'] : [])]
      const odd = Object.keys(x.query).find((key) => !known.includes(key))
      if (odd !== undefined) throw badQuery(odd, 'Invalid query string parameters.')
      const projectId = first(x.query, 'project_id')
      const userId = first(x.query, 'user_id')
      if (!projectId) throw badQuery('project_id', 'is a required property.')
      const rows = await x.invoke(placementUsageGet, {
        projectId,
        ...(userId !== undefined && { userId }),
      })
      return fresh(x, usagesBody(rows, first(x.query, 'consumer_type'), x.version))
    },
  }),
  endpoint({
    id: 'placement.providerUsages.list',
    method: 'GET',
    path: '/resource_providers/{uuid}/usages',
    summary: 'Tells what is used of a provider.',
    access: 'token',
    operations: [providerUsage],
    status: 200,
    async run(x) {
      const id = requireUuid(x.param('uuid'))
      const { generation, usages: used } = await x.invoke(providerUsage, { id })
      return fresh(x, { resource_provider_generation: generation, usages: used })
    },
  }),
]
