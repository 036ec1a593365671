import { messageDelete, messageGet, messageList } from '@nephos/core'
import { messageBody } from '../../wire/volume/other.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { first, pageOf } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { linksOf, pageBody, reach, seer } from './common.ts'

const since = 3
const resources = ['volume', 'snapshot', 'attachment', 'backup'] as const

/** https://docs.openstack.org/api-ref/block-storage/v3/#messages */
export const messages: readonly EndpointRow[] = [
  endpoint({
    id: 'volume.messages.list',
    method: 'GET',
    path: '/messages',
    summary: 'Lists why something failed.',
    since,
    access: 'token',
    operations: [messageList],
    status: 200,
    async run(x) {
      const type = first(x.query, 'resource_type')?.toLowerCase()
      const known = resources.find((one) => one === type)
      const resourceId = first(x.query, 'resource_uuid')
      const requestId = first(x.query, 'request_id')
      const { actor, projectId } = reach(x)
      const isNone = type !== undefined && !known
      const found = isNone
        ? []
        : await x.invokeAs(actor, messageList, {
            ...pageOf(x.query),
            ...(known && { resourceType: known }),
            ...(resourceId !== undefined && { resourceId }),
            ...(requestId !== undefined && { requestId }),
          })
      const rows = found.filter((row) => projectId === undefined || row.projectId === projectId)
      const items = rows.map((row) => messageBody(row, linksOf(x, 'messages', row.id)))
      return json(
        pageBody(x, { name: 'messages', path: '/messages', items, last: rows.at(-1)?.id }),
      )
    },
  }),
  endpoint({
    id: 'volume.messages.get',
    method: 'GET',
    path: '/messages/{message_id}',
    summary: 'Shows why something failed.',
    since,
    access: 'token',
    operations: [messageGet],
    status: 200,
    async run(x) {
      const row = await x.invokeAs(seer(x), messageGet, { id: x.param('message_id') })
      return json({ message: messageBody(row, linksOf(x, 'messages', row.id)) })
    },
  }),
  endpoint({
    id: 'volume.messages.delete',
    method: 'DELETE',
    path: '/messages/{message_id}',
    summary: 'Forgets why something failed.',
    since,
    access: 'token',
    operations: [messageDelete],
    status: 204,
    async run(x) {
      await x.invokeAny(messageDelete, { ids: [x.param('message_id')] })
      return nothing
    },
  }),
]
