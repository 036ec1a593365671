import {
  type QosPolicy,
  qosPolicyCreate,
  qosPolicyDelete,
  qosPolicyGet,
  qosPolicyList,
  qosPolicyUpdate,
} from '@nephos/core'
import { qosPolicyBody, qosPolicyCreateBody, qosPolicyUpdateBody } from '../../wire/network/qos.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { ask, type Asked, projectOf, seenRevision } from './calls.ts'
import { hint } from './hints.ts'
import { deleteEndpoint, type Noun, readEndpoints } from './noun.ts'
import { tagEndpoints } from './tags.ts'

const noun: Noun<QosPolicy> = {
  id: 'network.qosPolicies',
  one: 'policy',
  many: 'policies',
  title: 'QoS policy',
  titles: 'QoS policies',
  path: '/qos/policies',
  attributes: [
    ...['id', 'tenant_id', 'project_id', 'description', 'created_at', 'updated_at'],
    ...['revision_number', 'name', 'shared', 'is_default', 'rules', 'tags'],
  ],
  operations: { list: qosPolicyList, get: qosPolicyGet },
  read: (x, page, query) => ask(x, qosPolicyList, { ...page, ...hint(query, { name: 'name' }) }),
  get: (x, id) => ask(x, qosPolicyGet, { id }),
  bodies: (x, rows) => rows.map((row) => bodyOf(x, row)),
}

function bodyOf(x: Asked, row: QosPolicy) {
  return qosPolicyBody(row, x.actor.projectId)
}

const names = { conflict: 'QoSPolicyDefaultAlreadyExists' } as const

/** QoS policies (https://docs.openstack.org/api-ref/network/v2/#qos-policies-qos). */
export const qosPolicies: readonly EndpointRow[] = [
  ...readEndpoints(noun),
  endpoint({
    id: 'network.qosPolicies.create',
    method: 'POST',
    path: noun.path,
    summary: 'Creates a QoS policy without rules.',
    access: 'token',
    operations: [qosPolicyCreate],
    body: qosPolicyCreateBody,
    status: 201,
    run: async (x) => {
      const { name = '', description, is_default: isDefault, shared, tags } = x.body
      const input = { name, description, isDefault, shared, tags, projectId: projectOf(x, x.body) }
      return json({ policy: bodyOf(x, await ask(x, qosPolicyCreate, input, names)) })
    },
  }),
  endpoint({
    id: 'network.qosPolicies.update',
    method: 'PUT',
    path: `${noun.path}/{id}`,
    summary: 'Renames or describes a QoS policy, or makes it the default one.',
    access: 'token',
    operations: [qosPolicyGet, qosPolicyUpdate],
    body: qosPolicyUpdateBody,
    status: 200,
    run: async (x) => {
      const { name, description, is_default: isDefault, shared } = x.body
      const id = x.param('id')
      if (shared !== undefined) await requireSameSharing(x, id, shared)
      const input = { id, name, description, isDefault, expectedRev: seenRevision(x) }
      return json({ policy: bodyOf(x, await ask(x, qosPolicyUpdate, input, names)) })
    },
  }),
  deleteEndpoint(noun, [qosPolicyDelete], (x, id) =>
    ask(x, qosPolicyDelete, { id, expectedRev: seenRevision(x) }, { conflict: 'QosPolicyInUse' }),
  ),
  ...tagEndpoints(noun, qosPolicyUpdate, (x, id, tags, expectedRev) =>
    ask(x, qosPolicyUpdate, { id, tags: [...tags], expectedRev }),
  ),
]

/** Who a policy is for is changed by its RBAC policies. */
async function requireSameSharing(x: Asked, id: string, shared: boolean): Promise<void> {
  const row = await ask(x, qosPolicyGet, { id })
  if ((row.shared === true) === shared) return
  x.refuse(400, 'shared: is changed by RBAC policies.', 'shared')
}
