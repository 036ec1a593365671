import {
  balancerPoolCreate,
  balancerPoolDelete,
  balancerPoolGet,
  balancerPoolList,
  balancerPoolUpdate,
  type ChildView,
  CloudError,
  healthMonitorList,
  listenerGet,
  listenerList,
  type Pool,
  poolMemberList,
} from '@nephos/core'
import { type Body, withGiven } from '../../wire/load-balancer/common.ts'
import {
  poolBody,
  poolCreateBody,
  poolInput,
  poolTls,
  poolUpdateBody,
} from '../../wire/load-balancer/pool.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json, nothing } from '../reply.ts'
import { call, everything, fieldsOf, listed } from './listing.ts'
import { aroundPools } from './related.ts'

const path = '/lbaas/pools'
const one = `${path}/{pool_id}`
const shownWith = [poolMemberList, listenerList, healthMonitorList]

/** https://docs.openstack.org/api-ref/load-balancer/v2/#pools */
export const pools: readonly EndpointRow[] = [
  endpoint({
    id: 'load-balancer.pools.list',
    method: 'GET',
    path,
    summary: 'Lists pools.',
    access: 'token',
    operations: [balancerPoolList, ...shownWith],
    status: 200,
    run: (x) =>
      listed(x, {
        many: 'pools',
        path,
        page: (bounds) => call(x, balancerPoolList, bounds),
        rows: () => everything(x, balancerPoolList, {}),
        bodies: (rows) => bodies(x, rows),
      }),
  }),
  endpoint({
    id: 'load-balancer.pools.create',
    method: 'POST',
    path,
    summary: 'Creates a pool, as the default one of a listener if it is named.',
    access: 'token',
    operations: [listenerGet, balancerPoolCreate, ...shownWith],
    body: poolCreateBody,
    status: 201,
    async run(x) {
      const { pool: fields } = x.body
      const listenerId = fields.listener_id ?? undefined
      const row = await call(x, balancerPoolCreate, {
        ...poolInput(fields),
        ...withGiven({ tls: poolTls(fields), listenerId }),
        balancerId: fields.loadbalancer_id ?? (await balancerOf(x, listenerId)),
        protocol: fields.protocol,
        algorithm: fields.lb_algorithm,
      })
      return json({ pool: (await bodies(x, [row]))[0] })
    },
  }),
  endpoint({
    id: 'load-balancer.pools.get',
    method: 'GET',
    path: one,
    summary: 'Shows a pool.',
    access: 'token',
    operations: [balancerPoolGet, ...shownWith],
    status: 200,
    async run(x) {
      const row = await call(x, balancerPoolGet, { id: x.param('pool_id') })
      return json({ pool: fieldsOf((await bodies(x, [row]))[0] as Body, x.query) })
    },
  }),
  endpoint({
    id: 'load-balancer.pools.update',
    method: 'PUT',
    path: one,
    summary: 'Changes a pool.',
    access: 'token',
    operations: [balancerPoolGet, balancerPoolUpdate, ...shownWith],
    body: poolUpdateBody,
    status: 200,
    async run(x) {
      const { pool: fields } = x.body
      const id = x.param('pool_id')
      const before = await call(x, balancerPoolGet, { id })
      const tls = poolTls(fields)
      const row = await call(x, balancerPoolUpdate, {
        id,
        ...poolInput(fields),
        ...withGiven({
          algorithm: fields.lb_algorithm ?? undefined,
          tls: tls && { ...copy(before.tls), ...tls },
        }),
      })
      return json({ pool: (await bodies(x, [row]))[0] })
    },
  }),
  endpoint({
    id: 'load-balancer.pools.delete',
    method: 'DELETE',
    path: one,
    summary: 'Deletes a pool with its members and its monitor.',
    access: 'token',
    operations: [balancerPoolDelete],
    status: 204,
    async run(x) {
      await call(x, balancerPoolDelete, { id: x.param('pool_id') })
      return nothing
    },
  }),
]

async function balancerOf(
  x: Exchange<unknown, unknown>,
  listenerId: string | undefined,
): Promise<string> {
  if (listenerId !== undefined) {
    return (await call(x, listenerGet, { id: listenerId })).balancerId
  }
  throw new CloudError('invalid', 'Must provide at least one of: loadbalancer_id, listener_id.', {
    field: 'pool.loadbalancer_id',
  })
}

async function bodies(
  x: Exchange<unknown, unknown>,
  rows: readonly ChildView<Pool>[],
): Promise<Body[]> {
  const around = await aroundPools(x, rows)
  return rows.map((row) => poolBody(row, around(row.id)))
}

function copy(tls: Pool['tls']) {
  return { ...tls, versions: [...tls.versions], alpnProtocols: [...tls.alpnProtocols] }
}
