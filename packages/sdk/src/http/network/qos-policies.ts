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

/**
 * Of a policy that one does not see, one is not told that it is for administrators.
 *
 * @throws CloudError `notFound`, `forbidden`.
 */
export async function requireManager(x: Asked, id: string): Promise<void> {
  if (!x.operator) await ask(x, qosPolicyGet, { id })
  x.requireOperator()
}

function retag(x: Asked, id: string, tags: readonly string[], expectedRev: number) {
  return ask(x, qosPolicyUpdate, { id, tags: [...tags], expectedRev })
}

/**
 * QoS policies (https://docs.openstack.org/api-ref/network/v2/#qos-policies-qos). Administrators
 * make and change them, as with Neutron; projects use them.
 */
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
      x.requireOperator()
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
      await requireManager(x, x.param('id'))
      const { name, description, is_default: isDefault, shared } = x.body
      const input = {
        ...{ id: x.param('id'), name, description, shared, isDefault },
        expectedRev: seenRevision(x),
      }
      return json({ policy: bodyOf(x, await ask(x, qosPolicyUpdate, input, names)) })
    },
  }),
  deleteEndpoint(noun, [qosPolicyGet, qosPolicyDelete], async (x, id) => {
    await requireManager(x, id)
    const input = { id, expectedRev: seenRevision(x) }
    return ask(x, qosPolicyDelete, input, { conflict: 'QosPolicyInUse' })
  }),
  // Their tags are beneath another path than they are, with Neutron.
  ...tagEndpoints({ ...noun, path: '/policies' }, qosPolicyUpdate, retag),
]
