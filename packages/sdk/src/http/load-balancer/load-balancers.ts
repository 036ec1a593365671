import {
  balancerPoolList,
  CloudError,
  listenerList,
  loadBalancerCreate,
  loadBalancerDelete,
  loadBalancerFailover,
  loadBalancerGet,
  loadBalancerList,
  loadBalancerStats,
  loadBalancerStatusTree,
  loadBalancerUpdate,
  type LoadBalancerView,
} from '@nephos/core'
import { type Body, describedInput } from '../../wire/load-balancer/common.ts'
import {
  loadBalancerBody,
  loadBalancerCreateBody,
  type LoadBalancerFields,
  loadBalancerInput,
  loadBalancerUpdateBody,
  provider,
  statsBody,
  statusBody,
} from '../../wire/load-balancer/load-balancer.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { flag } from '../paging.ts'
import { json, nothing } from '../reply.ts'
import { asWhom, call, everything, fieldsOf, listed } from './listing.ts'
import { belowBalancers } from './related.ts'

const path = '/lbaas/loadbalancers'
const one = `${path}/{loadbalancer_id}`
const shownWith = [listenerList, balancerPoolList]

/** https://docs.openstack.org/api-ref/load-balancer/v2/#load-balancers */
export const loadBalancers: readonly EndpointRow[] = [
  endpoint({
    id: 'load-balancer.load-balancers.list',
    method: 'GET',
    path,
    summary: 'Lists load balancers.',
    access: 'token',
    operations: [loadBalancerList, ...shownWith],
    status: 200,
    run: (x) =>
      listed(x, {
        many: 'loadbalancers',
        path,
        page: (bounds) => call(x, loadBalancerList, bounds),
        rows: () => everything(x, loadBalancerList, {}),
        bodies: (rows) => bodies(x, rows),
      }),
  }),
  endpoint({
    id: 'load-balancer.load-balancers.create',
    method: 'POST',
    path,
    summary: 'Creates a load balancer, with as much below it as is given.',
    access: 'token',
    operations: [loadBalancerCreate, ...shownWith],
    body: loadBalancerCreateBody,
    // A network that there is not is a mistake of the request.
    statuses: { notFound: 400 },
    status: 201,
    async run(x) {
      const { loadbalancer: fields } = x.body
      requireOffered(x, fields)
      const projectId = ownerOf(x, fields)
      const input = { ...loadBalancerInput(fields), ...(projectId !== undefined && { projectId }) }
      const row = await call(x, loadBalancerCreate, input)
      return json({ loadbalancer: (await bodies(x, [row]))[0] })
    },
  }),
  endpoint({
    id: 'load-balancer.load-balancers.get',
    method: 'GET',
    path: one,
    summary: 'Shows a load balancer.',
    access: 'token',
    operations: [loadBalancerGet, ...shownWith],
    status: 200,
    async run(x) {
      const row = await call(x, loadBalancerGet, { id: x.param('loadbalancer_id') })
      const [body] = await bodies(x, [row])
      return json({ loadbalancer: fieldsOf(body as Body, x.query) })
    },
  }),
  endpoint({
    id: 'load-balancer.load-balancers.update',
    method: 'PUT',
    path: one,
    summary: 'Changes a load balancer.',
    access: 'token',
    operations: [loadBalancerUpdate, ...shownWith],
    body: loadBalancerUpdateBody,
    status: 200,
    async run(x) {
      const { loadbalancer: fields } = x.body
      requireOffered(x, fields)
      const id = x.param('loadbalancer_id')
      const row = await call(x, loadBalancerUpdate, { id, ...describedInput(fields) })
      return json({ loadbalancer: (await bodies(x, [row]))[0] })
    },
  }),
  endpoint({
    id: 'load-balancer.load-balancers.delete',
    method: 'DELETE',
    path: one,
    summary: 'Deletes a load balancer, if asked with everything below it.',
    access: 'token',
    operations: [loadBalancerDelete],
    // What is below it is a mistake of the request, not of the moment.
    statuses: { conflict: 400 },
    status: 204,
    async run(x) {
      const cascade = flag(x.query, 'cascade') ?? false
      await call(x, loadBalancerDelete, { id: x.param('loadbalancer_id'), cascade })
      return nothing
    },
  }),
  endpoint({
    id: 'load-balancer.load-balancers.stats',
    method: 'GET',
    path: `${one}/stats`,
    summary: 'Tells what traffic a load balancer has carried.',
    access: 'token',
    operations: [loadBalancerStats],
    status: 200,
    run: async (x) =>
      json(statsBody(await call(x, loadBalancerStats, { id: x.param('loadbalancer_id') }))),
  }),
  ...['status', 'statuses'].map((name) =>
    endpoint({
      id: `load-balancer.load-balancers.${name}`,
      method: 'GET',
      path: `${one}/${name}`,
      summary: 'Shows how a load balancer and everything below it stand.',
      access: 'token',
      operations: [loadBalancerStatusTree],
      status: 200,
      run: async (x) =>
        json(statusBody(await call(x, loadBalancerStatusTree, { id: x.param('loadbalancer_id') }))),
    }),
  ),
  endpoint({
    id: 'load-balancer.load-balancers.failover',
    method: 'PUT',
    path: `${one}/failover`,
    summary: 'Has what carries a load balancer replaced.',
    access: 'token',
    operations: [loadBalancerFailover],
    status: 202,
    async run(x) {
      const operator = x.requireOperator()
      await x.invokeAs(operator, loadBalancerFailover, { id: x.param('loadbalancer_id') })
      return nothing
    },
  }),
]

async function bodies(
  x: Exchange<unknown, unknown>,
  rows: readonly LoadBalancerView[],
): Promise<Body[]> {
  const below = await belowBalancers(x, rows)
  return rows.map((row) => loadBalancerBody(row, below(row.id)))
}

/** Whose it is to be, said only where another than the caller's own is. */
function ownerOf(x: Exchange<unknown, unknown>, fields: LoadBalancerFields): string | undefined {
  const named = fields.project_id ?? fields.tenant_id ?? undefined
  if (asWhom(x).system) return named ?? x.projectId
  if (named === undefined || named === x.projectId) return undefined
  throw new CloudError('forbidden', 'project_id: is another project.', { field: 'project_id' })
}

/** Refuses what no provider here does. */
function requireOffered(x: Exchange<unknown, unknown>, fields: Partial<LoadBalancerFields>): void {
  const isOther = typeof fields.provider === 'string' && fields.provider !== provider
  if (isOther) x.refuse(400, `Provider '${fields.provider}' is not enabled.`, 'provider')
  for (const name of ['flavor_id', 'availability_zone'] as const) {
    if (typeof fields[name] === 'string') x.refuse(400, `Invalid ${name}.`, name)
  }
  for (const name of ['vip_port_id', 'vip_qos_policy_id'] as const) {
    if (typeof fields[name] !== 'string') continue
    x.refuse(501, `Provider '${provider}' does not support a requested option: ${name}.`, name)
  }
}
