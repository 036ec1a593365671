import {
  type ChildView,
  CloudError,
  l7PolicyGet,
  type L7Rule,
  l7RuleCreate,
  l7RuleDelete,
  l7RuleGet,
  l7RuleList,
  l7RuleUpdate,
} from '@nephos/core'
import {
  ruleBody,
  ruleChange,
  ruleCreateBody,
  ruleInput,
  ruleUpdateBody,
} from '../../wire/load-balancer/l7-rule.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Exchange } from '../exchange.ts'
import { json, nothing } from '../reply.ts'
import { call, everything, fieldsOf, listed } from './listing.ts'

const path = '/lbaas/l7policies/{l7policy_id}/rules'
const one = `${path}/{l7rule_id}`

/** https://docs.openstack.org/api-ref/load-balancer/v2/#l7-rules */
export const l7Rules: readonly EndpointRow[] = [
  endpoint({
    id: 'load-balancer.l7-rules.list',
    method: 'GET',
    path,
    summary: 'Lists the rules of a policy.',
    access: 'token',
    operations: [l7PolicyGet, l7RuleList],
    status: 200,
    async run(x) {
      const policyId = x.param('l7policy_id')
      await call(x, l7PolicyGet, { id: policyId })
      return listed(x, {
        many: 'rules',
        path: `/lbaas/l7policies/${policyId}/rules`,
        page: (bounds) => call(x, l7RuleList, { policyId, ...bounds }),
        rows: () => everything(x, l7RuleList, { policyId }),
        bodies: async (rows) => rows.map((row) => ruleBody(row)),
      })
    },
  }),
  endpoint({
    id: 'load-balancer.l7-rules.create',
    method: 'POST',
    path,
    summary: 'Adds a rule to a policy.',
    access: 'token',
    operations: [l7RuleCreate],
    body: ruleCreateBody,
    status: 201,
    async run(x) {
      const policyId = x.param('l7policy_id')
      const row = await call(x, l7RuleCreate, { ...ruleInput(x.body.rule), policyId })
      return json({ rule: ruleBody(row) })
    },
  }),
  endpoint({
    id: 'load-balancer.l7-rules.get',
    method: 'GET',
    path: one,
    summary: 'Shows a rule.',
    access: 'token',
    operations: [l7RuleGet],
    status: 200,
    run: async (x) => json({ rule: fieldsOf(ruleBody(await ruleOf(x)), x.query) }),
  }),
  endpoint({
    id: 'load-balancer.l7-rules.update',
    method: 'PUT',
    path: one,
    summary: 'Changes a rule.',
    access: 'token',
    operations: [l7RuleGet, l7RuleUpdate],
    body: ruleUpdateBody,
    status: 200,
    async run(x) {
      const { id } = await ruleOf(x)
      const row = await call(x, l7RuleUpdate, { id, ...ruleChange(x.body.rule) })
      return json({ rule: ruleBody(row) })
    },
  }),
  endpoint({
    id: 'load-balancer.l7-rules.delete',
    method: 'DELETE',
    path: one,
    summary: 'Removes a rule from a policy.',
    access: 'token',
    operations: [l7RuleGet, l7RuleDelete],
    status: 204,
    async run(x) {
      const { id } = await ruleOf(x)
      await call(x, l7RuleDelete, { id })
      return nothing
    },
  }),
]

/** @throws CloudError `notFound` also for a rule of another policy. */
async function ruleOf(x: Exchange<unknown, unknown>): Promise<ChildView<L7Rule>> {
  const row = await call(x, l7RuleGet, { id: x.param('l7rule_id') })
  if (row.policyId === x.param('l7policy_id')) return row
  throw new CloudError('notFound', 'There is no such rule of the policy.', { field: 'l7rule_id' })
}
