import { CloudError, shareAccessGet, shareAccessList } from '@nephos/core'
import { accessBody } from '../../wire/share/access.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first } from '../paging.ts'
import { json } from '../reply.ts'

/**
 * Access rules
 * (https://docs.openstack.org/api-ref/shared-file-system/#share-access-rules-since-api-v2-45).
 */
export const shareAccess: readonly EndpointRow[] = [
  endpoint({
    id: 'share.access-rules.list',
    method: 'GET',
    path: '/share-access-rules',
    summary: 'Lists who may mount a share.',
    since: 45,
    access: 'token',
    operations: [shareAccessList],
    status: 200,
    async run(x) {
      const shareId = first(x.query, 'share_id')
      if (shareId === undefined) {
        throw new CloudError('invalid', 'share_id: is missing.', { field: 'share_id' })
      }
      const rules = await x.invokeAny(shareAccessList, { shareId })
      return json({ access_list: rules.map((rule) => accessBody(rule, x.version)) })
    },
  }),
  endpoint({
    id: 'share.access-rules.show',
    method: 'GET',
    path: '/share-access-rules/{access_id}',
    summary: 'Shows an access rule.',
    since: 45,
    access: 'token',
    operations: [shareAccessGet],
    status: 200,
    async run(x) {
      const rule = await x.invokeAny(shareAccessGet, { id: x.param('access_id') })
      return json({ access: accessBody(rule, x.version) })
    },
  }),
]
