import {
  type RbacPolicy,
  rbacPolicyCreate,
  rbacPolicyDelete,
  rbacPolicyGet,
  rbacPolicyList,
  rbacPolicyUpdate,
} from '@nephos/core'
import {
  rbacPolicyBody,
  rbacPolicyCreateBody,
  rbacPolicyFields,
  rbacPolicyUpdateBody,
} from '../../wire/network/rbac-policy.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { ask } from './calls.ts'
import { hint } from './hints.ts'
import { deleteEndpoint, type Noun, readEndpoints } from './noun.ts'

const noun: Noun<RbacPolicy> = {
  id: 'network.rbacPolicies',
  one: 'rbac_policy',
  many: 'rbac_policies',
  title: 'RBAC policy',
  titles: 'RBAC policies',
  path: '/rbac-policies',
  attributes: [
    ...['id', 'tenant_id', 'project_id', 'object_type', 'object_id', 'action', 'target_tenant'],
  ],
  operations: { list: rbacPolicyList, get: rbacPolicyGet },
  read: (x, page, query) =>
    ask(x, rbacPolicyList, { ...page, ...hint(query, { object_id: 'objectId' }) }),
  get: (x, id) => ask(x, rbacPolicyGet, { id }),
  bodies: (_x, rows) => rows.map(rbacPolicyBody),
}

const inUse = { conflict: 'RbacPolicyInUse' } as const

/** Policies of sharing (https://docs.openstack.org/api-ref/network/v2/#rbac-policies). */
export const rbacPolicies: readonly EndpointRow[] = [
  ...readEndpoints(noun),
  endpoint({
    id: 'network.rbacPolicies.create',
    method: 'POST',
    path: '/rbac-policies',
    summary: 'Lends something to another project.',
    access: 'token',
    operations: [rbacPolicyCreate],
    body: rbacPolicyCreateBody,
    status: 201,
    run: async (x) => {
      // What is another's may be seen here and is lent by its owner alone.
      const names = {
        conflict: 'NeutronDbObjectDuplicateEntry',
        notFound: [400, 'InvalidInput'],
      } as const
      const row = await ask(x, rbacPolicyCreate, rbacPolicyFields(x.body), names)
      return json({ rbac_policy: rbacPolicyBody(row) })
    },
  }),
  endpoint({
    id: 'network.rbacPolicies.update',
    method: 'PUT',
    path: '/rbac-policies/{id}',
    summary: 'Lends something to another project instead.',
    access: 'token',
    operations: [rbacPolicyUpdate],
    body: rbacPolicyUpdateBody,
    status: 200,
    run: async (x) => {
      const input = { id: x.param('id'), target: x.body.target_tenant }
      return json({ rbac_policy: rbacPolicyBody(await ask(x, rbacPolicyUpdate, input, inUse)) })
    },
  }),
  deleteEndpoint(noun, [rbacPolicyDelete], (x, id) => ask(x, rbacPolicyDelete, { id }, inUse)),
]
