import {
  type ChildView,
  type L7Policy,
  l7PolicyCreate,
  l7PolicyDelete,
  l7PolicyGet,
  l7PolicyList,
  l7PolicyUpdate,
  l7RuleList,
} from '@nephos/core'
import type { Body } from '../../wire/load-balancer/common.ts'
import {
  policyBody,
  policyChange,
  policyCreateBody,
  policyInput,
  policyUpdateBody,
} from '../../wire/load-balancer/l7-policy.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json, nothing } from '../reply.ts'
import { call, everything, fieldsOf, listed } from './listing.ts'
import { aroundPolicies } from './related.ts'

const path = '/lbaas/l7policies'
const one = `${path}/{l7policy_id}`

/** https://docs.openstack.org/api-ref/load-balancer/v2/#l7-policies */
export const l7Policies: readonly EndpointRow[] = [
  endpoint({
    id: 'load-balancer.l7-policies.list',
    method: 'GET',
    path,
    summary: 'Lists policies.',
    access: 'token',
    operations: [l7PolicyList, l7RuleList],
    status: 200,
    run: (x) =>
      listed(x, {
        many: 'l7policies',
        path,
        page: (bounds) => call(x, l7PolicyList, bounds),
        rows: () => everything(x, l7PolicyList, {}),
        bodies: (rows) => bodies(x, rows),
      }),
  }),
  endpoint({
    id: 'load-balancer.l7-policies.create',
    method: 'POST',
    path,
    summary: 'Creates a policy of a listener.',
    access: 'token',
    operations: [l7PolicyCreate, l7PolicyList, l7RuleList],
    body: policyCreateBody,
    status: 201,
    async run(x) {
      const { l7policy: fields } = x.body
      const { action, listener_id: listenerId } = fields
      const row = await call(x, l7PolicyCreate, { ...policyInput(fields), action, listenerId })
      return json({ l7policy: (await bodies(x, [row]))[0] })
    },
  }),
  endpoint({
    id: 'load-balancer.l7-policies.get',
    method: 'GET',
    path: one,
    summary: 'Shows a policy.',
    access: 'token',
    operations: [l7PolicyGet, l7PolicyList, l7RuleList],
    status: 200,
    async run(x) {
      const row = await call(x, l7PolicyGet, { id: x.param('l7policy_id') })
      return json({ l7policy: fieldsOf((await bodies(x, [row]))[0] as Body, x.query) })
    },
  }),
  endpoint({
    id: 'load-balancer.l7-policies.update',
    method: 'PUT',
    path: one,
    summary: 'Changes a policy.',
    access: 'token',
    operations: [l7PolicyUpdate, l7PolicyList, l7RuleList],
    body: policyUpdateBody,
    status: 200,
    async run(x) {
      const id = x.param('l7policy_id')
      const row = await call(x, l7PolicyUpdate, { id, ...policyChange(x.body.l7policy) })
      return json({ l7policy: (await bodies(x, [row]))[0] })
    },
  }),
  endpoint({
    id: 'load-balancer.l7-policies.delete',
    method: 'DELETE',
    path: one,
    summary: 'Deletes a policy with its rules.',
    access: 'token',
    operations: [l7PolicyDelete],
    status: 204,
    async run(x) {
      await call(x, l7PolicyDelete, { id: x.param('l7policy_id') })
      return nothing
    },
  }),
]

async function bodies(
  x: Exchange<unknown, unknown>,
  rows: readonly ChildView<L7Policy>[],
): Promise<Body[]> {
  const around = await aroundPolicies(x, rows)
  return rows.map((row) => policyBody(row, around(row.id)))
}
