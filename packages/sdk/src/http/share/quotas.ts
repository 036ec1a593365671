import { CloudError, quotaGet, quotaSet } from '@nephos/core'
import { limitsOf, quotaBody, quotaUpdateBody } from '../../wire/share/quota.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json } from '../reply.ts'

/** Before 2.7 the resource has another name. */
const paths = [
  { base: '/os-quota-sets', until: 6 },
  { base: '/quota-sets', since: 7 },
] as const

/** Quotas (https://docs.openstack.org/api-ref/shared-file-system/#quota-sets). */
export const shareQuotas: readonly EndpointRow[] = paths.flatMap(({ base, ...versions }) => [
  endpoint({
    id: 'share.quotas.show',
    method: 'GET',
    path: `${base}/{quota_project_id}`,
    ...versions,
    summary: 'Shows the limits of a project.',
    access: 'token',
    operations: [quotaGet],
    status: 200,
    run: async (x) => json({ quota_set: await quotasOf(x, false) }),
  }),
  ...('since' in versions
    ? [
        endpoint({
          id: 'share.quotas.detail',
          method: 'GET',
          path: `${base}/{quota_project_id}/detail`,
          since: 25,
          summary: 'Shows the limits of a project, and what it uses of them.',
          access: 'token',
          operations: [quotaGet],
          status: 200,
          run: async (x) => json({ quota_set: await quotasOf(x, true) }),
        }),
      ]
    : []),
  endpoint({
    id: 'share.quotas.update',
    method: 'PUT',
    path: `${base}/{quota_project_id}`,
    ...versions,
    summary: 'Sets limits of a project.',
    access: 'token',
    operations: [quotaSet],
    body: quotaUpdateBody,
    status: 200,
    async run(x) {
      const projectId = x.param('quota_project_id')
      const limits = limitsOf(x.body.quota_set)
      const { quotas } = await x.invoke(quotaSet, { projectId, limits })
      return json({ quota_set: quotaBody(projectId, quotas, false) })
    },
  }),
])

/** Of the own project, or of any for administrators. */
async function quotasOf<Q, B>(
  x: Exchange<Q, B>,
  isDetailed: boolean,
): Promise<Readonly<Record<string, unknown>>> {
  const projectId = x.param('quota_project_id')
  const isOwn = projectId === x.actor.projectId
  if (!isOwn && !x.operator) {
    throw new CloudError('forbidden', 'Limits of other projects are not shown.', { field: 'actor' })
  }
  const actor = isOwn ? x.actor : x.requireOperator()
  const { quotas } = await x.invokeAs(actor, quotaGet, { projectId })
  return quotaBody(projectId, quotas, isDetailed)
}
