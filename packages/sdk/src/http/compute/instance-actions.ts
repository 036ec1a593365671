import { CloudError, serverActionList, serverGetDetails } from '@nephos/core'
import { actionBody, actionDetailBody } from '../../wire/compute/instance-action.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import { first, nextUrl, pageOf } from '../paging.ts'
import { json } from '../reply.ts'
import { readerOf, readServer } from './server-shape.ts'

const path = '/servers/{server_id}/os-instance-actions'

/**
 * What was done to a server
 * (https://docs.openstack.org/api-ref/compute/#servers-actions-servers-os-instance-actions).
 */
export const instanceActions: readonly EndpointRow[] = [
  endpoint({
    id: 'compute.instanceActions.list',
    method: 'GET',
    path,
    summary: 'Lists what was done to a server, newest first.',
    access: 'token',
    operations: [serverActionList, serverGetDetails],
    status: 200,
    async run(x) {
      const server = await readServer(x, x.param('server_id'))
      const actions = await x.invokeAs(readerOf(x), serverActionList, { id: server.id })
      const newest = actions.toReversed()
      const bodies = newest.map((action) => actionBody(server, action, x.version))
      if (x.version < 58) return json({ instanceActions: bodies })
      const since = timeOf(first(x.query, 'changes-since'), 'changes-since')
      const before = timeOf(first(x.query, 'changes-before'), 'changes-before')
      const kept = bodies.filter((_, at) => {
        const action = newest[at]
        const changed = action?.endedAt ?? action?.at ?? 0
        return changed >= (since ?? -Infinity) && changed <= (before ?? Infinity)
      })
      const { limit, marker } = pageOf(x.query)
      const from = marker === undefined ? 0 : positionOf(kept, marker) + 1
      const page = kept.slice(from, from + limit)
      const last = page.at(-1)?.['request_id']
      if (from + limit >= kept.length || typeof last !== 'string') {
        return json({ instanceActions: page })
      }
      const href = nextUrl(x.url(`/servers/${server.id}/os-instance-actions`), x.search, last)
      return json({ instanceActions: page, links: [{ rel: 'next', href }] })
    },
  }),
  endpoint({
    id: 'compute.instanceActions.get',
    method: 'GET',
    path: `${path}/{request_id}`,
    summary: 'Shows what a request did to a server.',
    access: 'token',
    operations: [serverActionList, serverGetDetails],
    status: 200,
    async run(x) {
      const server = await readServer(x, x.param('server_id'))
      const actions = await x.invokeAs(readerOf(x), serverActionList, { id: server.id })
      const wanted = x.param('request_id')
      const action = actions.find(({ requestId }) => requestId === wanted)
      if (!action) throw new HttpError(404, 'Action for that request was not found.')
      const options = { version: x.version, isOperator: x.operator !== undefined }
      return json({ instanceAction: actionDetailBody(server, action, options) })
    },
  }),
]

function positionOf(rows: readonly Readonly<Record<string, unknown>>[], marker: string): number {
  const at = rows.findIndex((row) => row['request_id'] === marker)
  if (at >= 0) return at
  throw new CloudError('invalid', 'marker: names no action.', { field: 'marker' })
}

function timeOf(text: string | undefined, field: string): number | undefined {
  if (text === undefined) return undefined
  const at = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`)
  if (!Number.isNaN(at)) return at
  throw new CloudError('invalid', `${field}: is no time of ISO 8601.`, { field })
}
