import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { Writes } from '../../commit/writes.ts'
import {
  everyProject,
  rbacActions,
  rbacObjectTypes,
  type RbacPolicy,
  rbacPolicyKind,
} from '../../model/network/rbac-policy.ts'
import type { Call } from '../call.ts'
import { fetchOne } from '../fetch.ts'
import { idField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { requireOperator, requireRoom } from './access.ts'
import { fetchLent, type LentObject, planLent } from './lent-object.ts'
import { lendingOf, planPolicy, planPolicyRemoval, policiesOf, requireFew } from './sharing.ts'

/** A project, or `*`. Whether there is such a project is not told. */
const targetField = idField.or(z.literal(everyProject))

const createInput = z.strictObject({
  objectType: z.enum(rbacObjectTypes),
  objectId: idField,
  /** `accessAsExternal` is for networks, and for operators. */
  action: z.enum(rbacActions).default('accessAsShared'),
  /** Every project, `*`, is for operators. */
  target: targetField,
})

export const rbacPolicyCreate = defineOperation({
  id: 'network.rbacPolicy.create',
  summary: 'Lends a network, subnet pool, security or address group to another project.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<RbacPolicy> => {
    const { kernel } = call
    const { action, objectId, objectType, target } = input
    const object = await fetchLent(call, objectType, objectId)
    requireRight(call, input)
    const policies = await policiesOf(kernel, object.row)
    requireNew(policies, action, target)
    requireFew(policies)
    await requireRoom(kernel, object.row.projectId, { rbacPolicies: 1 })
    const writes = new Writes()
    const policy = planPolicy(kernel, writes, object.row, { objectType, action, target })
    await planLent(kernel, writes, object, lendingOf([...policies, policy]), 'objectId')
    await call.commit(writes, [policy.id, objectId], policy)
    return policy
  },
})

/** @throws CloudError `forbidden`; `invalid` for a way out of what is no network. */
function requireRight(
  call: Call,
  { action, objectType, target }: Pick<RbacPolicy, 'action' | 'objectType' | 'target'>,
): void {
  if (target === everyProject) requireOperator(call, 'target')
  if (action !== 'accessAsExternal') return
  requireOperator(call, 'action')
  if (objectType === 'network') return
  throw new CloudError('invalid', 'action: is for networks only.', { field: 'action' })
}

/** @throws CloudError `conflict`. */
function requireNew(
  policies: readonly RbacPolicy[],
  action: RbacPolicy['action'],
  target: string,
): void {
  const same = policies.find((one) => one.action === action && one.target === target)
  if (!same) return
  throw new CloudError('conflict', 'Such a policy exists.', {
    field: 'target',
    detail: { policyId: same.id },
  })
}

const getInput = z.strictObject({ id: idField })

export const rbacPolicyGet = defineOperation({
  id: 'network.rbacPolicy.get',
  summary: 'Shows a policy of the project.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof getInput>): Promise<RbacPolicy> =>
    fetchOne(call, rbacPolicyKind, input.id),
})

const listInput = z.strictObject({
  ...pageFields,
  objectType: z.enum(rbacObjectTypes).optional(),
  objectId: idField.optional(),
  action: z.enum(rbacActions).optional(),
  target: targetField.optional(),
})

export const rbacPolicyList = defineOperation({
  id: 'network.rbacPolicy.list',
  summary: 'Lists by what the project lends what, by id.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<RbacPolicy[]> => {
    const { projectId, system } = call.actor
    const query = system ? {} : { index: 'byProject', equals: [projectId] }
    const filters = ['objectType', 'objectId', 'action', 'target'] as const
    return listPage(call, rbacPolicyKind, query, input, (policy) =>
      filters.every((name) => input[name] === undefined || policy[name] === input[name]),
    )
  },
})

const updateInput = z.strictObject({ id: idField, target: targetField })

export const rbacPolicyUpdate = defineOperation({
  id: 'network.rbacPolicy.update',
  summary: 'Lends something to another project instead.',
  policy: { scope: 'any', role: 'member' },
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<RbacPolicy> => {
    const before = await fetchOne(call, rbacPolicyKind, input.id)
    const policy = { ...before, target: input.target }
    const updated = { ...policy, rev: policy.rev + 1 }
    requireRight(call, policy)
    requireRight(call, before)
    const object = await fetchLent(call, policy.objectType, policy.objectId)
    const others = await othersOf(call, before, object)
    requireNew(others, policy.action, policy.target)
    const writes = new Writes().update(rbacPolicyKind, policy)
    await planLent(call.kernel, writes, object, lendingOf([...others, policy]), 'target')
    await call.commit(writes, [policy.id, policy.objectId], updated)
    return updated
  },
})

async function othersOf(
  call: Call,
  { id }: RbacPolicy,
  { row }: LentObject,
): Promise<RbacPolicy[]> {
  const policies = await policiesOf(call.kernel, row)
  return policies.filter((policy) => policy.id !== id)
}

const deleteInput = z.strictObject({ id: idField })

export const rbacPolicyDelete = defineOperation({
  id: 'network.rbacPolicy.delete',
  summary: 'Lends something no longer to a project that has no ports or subnets by it.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const policy = await fetchOne(call, rbacPolicyKind, input.id)
    requireRight(call, policy)
    const object = await fetchLent(call, policy.objectType, policy.objectId)
    const others = await othersOf(call, policy, object)
    const writes = new Writes()
    planPolicyRemoval(writes, [policy])
    await planLent(call.kernel, writes, object, lendingOf(others), 'id')
    await call.commit(writes, [policy.id, policy.objectId], null)
    return null
  },
})
