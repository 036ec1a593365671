import {
  type ChildView,
  l7PolicyList,
  type Listener,
  listenerCreate,
  listenerDelete,
  listenerGet,
  listenerList,
  listenerStats,
  listenerUpdate,
} from '@nephos/core'
import { type Body, withGiven } from '../../wire/load-balancer/common.ts'
import {
  listenerBody,
  listenerCreateBody,
  listenerInput,
  listenerTimeouts,
  listenerTls,
  listenerUpdateBody,
} from '../../wire/load-balancer/listener.ts'
import { statsBody } from '../../wire/load-balancer/load-balancer.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json, nothing } from '../reply.ts'
import { call, everything, fieldsOf, listed } from './listing.ts'
import { belowListeners } from './related.ts'

const path = '/lbaas/listeners'
const one = `${path}/{listener_id}`

/** https://docs.openstack.org/api-ref/load-balancer/v2/#listeners */
export const listeners: readonly EndpointRow[] = [
  endpoint({
    id: 'load-balancer.listeners.list',
    method: 'GET',
    path,
    summary: 'Lists listeners.',
    access: 'token',
    operations: [listenerList, l7PolicyList],
    status: 200,
    run: (x) =>
      listed(x, {
        many: 'listeners',
        path,
        page: (bounds) => call(x, listenerList, bounds),
        rows: () => everything(x, listenerList, {}),
        bodies: (rows) => bodies(x, rows),
      }),
  }),
  endpoint({
    id: 'load-balancer.listeners.create',
    method: 'POST',
    path,
    summary: 'Creates a listener of a load balancer.',
    access: 'token',
    operations: [listenerCreate, l7PolicyList],
    body: listenerCreateBody,
    status: 201,
    async run(x) {
      const { listener: fields } = x.body
      const row = await call(x, listenerCreate, {
        ...listenerInput(fields),
        ...withGiven({ timeouts: listenerTimeouts(fields), tls: listenerTls(fields) }),
        balancerId: fields.loadbalancer_id,
        protocol: fields.protocol,
        protocolPort: fields.protocol_port,
      })
      return json({ listener: (await bodies(x, [row]))[0] })
    },
  }),
  endpoint({
    id: 'load-balancer.listeners.get',
    method: 'GET',
    path: one,
    summary: 'Shows a listener.',
    access: 'token',
    operations: [listenerGet, l7PolicyList],
    status: 200,
    async run(x) {
      const row = await call(x, listenerGet, { id: x.param('listener_id') })
      return json({ listener: fieldsOf((await bodies(x, [row]))[0] as Body, x.query) })
    },
  }),
  endpoint({
    id: 'load-balancer.listeners.update',
    method: 'PUT',
    path: one,
    summary: 'Changes a listener.',
    access: 'token',
    operations: [listenerGet, listenerUpdate, l7PolicyList],
    body: listenerUpdateBody,
    status: 200,
    async run(x) {
      const { listener: fields } = x.body
      const id = x.param('listener_id')
      const before = await call(x, listenerGet, { id })
      const tls = listenerTls(fields)
      const row = await call(x, listenerUpdate, {
        id,
        ...listenerInput(fields),
        ...withGiven({
          timeouts: listenerTimeouts(fields, before.timeouts),
          tls: tls && { ...copy(before.tls), ...tls },
        }),
      })
      return json({ listener: (await bodies(x, [row]))[0] })
    },
  }),
  endpoint({
    id: 'load-balancer.listeners.delete',
    method: 'DELETE',
    path: one,
    summary: 'Deletes a listener.',
    access: 'token',
    operations: [listenerDelete],
    status: 204,
    async run(x) {
      await call(x, listenerDelete, { id: x.param('listener_id') })
      return nothing
    },
  }),
  endpoint({
    id: 'load-balancer.listeners.stats',
    method: 'GET',
    path: `${one}/stats`,
    summary: 'Tells what traffic a listener has carried.',
    access: 'token',
    operations: [listenerStats],
    status: 200,
    run: async (x) => json(statsBody(await call(x, listenerStats, { id: x.param('listener_id') }))),
  }),
]

async function bodies(
  x: Exchange<unknown, unknown>,
  rows: readonly ChildView<Listener>[],
): Promise<Body[]> {
  const below = await belowListeners(x, rows)
  return rows.map((row) => listenerBody(row, below(row.id)))
}

function copy(tls: Listener['tls']) {
  return {
    ...tls,
    sniContainerRefs: [...tls.sniContainerRefs],
    versions: [...tls.versions],
    alpnProtocols: [...tls.alpnProtocols],
  }
}
