import { z } from 'zod'
import { CloudError } from '../../../base/errors.ts'
import { CommitConflict } from '../../../commit/committer.ts'
import { Writes } from '../../../commit/writes.ts'
import { type QosPolicy, qosPolicyKind } from '../../../model/network/qos-policy.ts'
import type { Call } from '../../call.ts'
import { fetchOne } from '../../fetch.ts'
import { descriptionField, idField, nameField, pageFields, tagsField } from '../../fields.ts'
import { given } from '../../given.ts'
import { defineOperation } from '../../operation.ts'
import { chargeQuota } from '../../quota.ts'
import { lentTo, ownerOf, requireOperator, requireRev, requireRoom } from '../access.ts'
import { planConfigure } from '../configure/plan-configure.ts'
import { openCounter, qosScope, requireAtMost } from '../counters.ts'
import { expectedRevField, ownerField } from '../fields.ts'
import { lentPage } from '../lists.ts'
import { requireUnusedByLosers } from '../lent-use.ts'
import { planEveryone, planLendingEnd, planWildcard, withSharing } from '../sharing.ts'

const createInput = z.strictObject({
  name: nameField.or(z.literal('')),
  description: descriptionField.default(''),
  /** For operators. */
  shared: z.boolean().default(false),
  /** New networks of the project get it. */
  isDefault: z.boolean().default(false),
  tags: tagsField.default([]),
  projectId: ownerField,
})

export const qosPolicyCreate = defineOperation({
  id: 'network.qosPolicy.create',
  summary: 'Creates a policy, without rules, of how much traffic ports may have.',
  policy: { scope: 'any', role: 'member' },
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<QosPolicy> => {
    const { isDefault, shared, ...fields } = input
    const projectId = ownerOf(call, input.projectId)
    if (shared) requireOperator(call, 'shared')
    if (isDefault) await requireNoDefault(call, projectId)
    await requireRoom(call.kernel, projectId, { qosPolicies: 1 })
    const at = call.kernel.clock.now()
    const policy: QosPolicy = {
      ...{ ...fields, id: call.kernel.ids.next(), rev: 1, projectId, rules: [], generation: 1 },
      ...{ defaultOf: isDefault ? projectId : null, createdAt: at, updatedAt: at },
      ...(shared && { shared }),
    }
    const writes = new Writes().insert(qosPolicyKind, policy)
    openCounter(writes, qosScope(policy.id), 'uses')
    chargeQuota(writes, projectId, { qosPolicies: 1 })
    const actions = shared ? (['accessAsShared'] as const) : []
    await planEveryone(call.kernel, writes, policy, 'qosPolicy', actions)
    planTold(call, writes, policy)
    await call.commit(writes, [policy.id], policy)
    return policy
  },
})

/** Writes the work that tells the data plane. */
export function planTold(call: Call, writes: Writes, policy: QosPolicy): void {
  const { generation: revision, id } = policy
  planConfigure(call, writes, [{ type: 'qosPolicy', id, revision }])
}

/** @throws CloudError `conflict`: there is one default policy of each project. */
async function requireNoDefault(call: Call, projectId: string): Promise<void> {
  const [policy] = await call.kernel.store.lookup(qosPolicyKind, 'byDefault', [[projectId]])
  if (!policy) return
  throw new CloudError('conflict', 'isDefault: another policy is the default one.', {
    field: 'isDefault',
    detail: { qosPolicyId: policy.id },
  })
}

const getInput = z.strictObject({ id: idField })

export const qosPolicyGet = defineOperation({
  id: 'network.qosPolicy.get',
  summary: 'Shows a QoS policy with its rules.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof getInput>): Promise<QosPolicy> =>
    fetchOne(call, qosPolicyKind, input.id, 'id', lentTo(call)),
})

const listInput = z.strictObject({ ...pageFields, name: nameField.optional() })

export const qosPolicyList = defineOperation({
  id: 'network.qosPolicy.list',
  summary: 'Lists the QoS policies of the project and those lent to it, by id.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<QosPolicy[]> =>
    lentPage(
      call,
      qosPolicyKind,
      input,
      ({ name }) => input.name === undefined || name === input.name,
    ),
})

const updateInput = z.strictObject({
  id: idField,
  name: nameField.or(z.literal('')).optional(),
  description: descriptionField.optional(),
  /** For operators. */
  shared: z.boolean().optional(),
  isDefault: z.boolean().optional(),
  tags: tagsField.optional(),
  expectedRev: expectedRevField,
})

export const qosPolicyUpdate = defineOperation({
  id: 'network.qosPolicy.update',
  summary: 'Renames or describes a QoS policy, or makes it the default one.',
  policy: { scope: 'any', role: 'member' },
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<QosPolicy> => {
    const { id, expectedRev, isDefault, shared, ...patch } = input
    const before = await fetchOne(call, qosPolicyKind, id)
    requireRev(before, expectedRev)
    const { projectId } = before
    if (isDefault && before.defaultOf === null) await requireNoDefault(call, projectId)
    const writes = new Writes()
    const changed: QosPolicy = {
      ...before,
      ...given(patch),
      ...(isDefault !== undefined && { defaultOf: isDefault ? projectId : null }),
      updatedAt: call.kernel.clock.now(),
    }
    const policy = await withShared(call, writes, changed, shared)
    const updated = { ...policy, rev: policy.rev + 1 }
    await call.commit(writes.update(qosPolicyKind, policy), [id], updated)
    return updated
  },
})

/** The policy, lent to everyone or no longer. @throws CloudError `forbidden`, `conflict`. */
async function withShared(
  call: Call,
  writes: Writes,
  policy: QosPolicy,
  shared: boolean | undefined,
): Promise<QosPolicy> {
  if (shared === undefined || shared === (policy.shared === true)) return policy
  requireOperator(call, 'shared')
  const wanted = { accessAsShared: shared }
  const lending = await planWildcard(call.kernel, writes, policy, 'qosPolicy', wanted)
  await requireUnusedByLosers(call.kernel, 'qosPolicy', policy, lending, 'shared')
  const { shared: _, ...rest } = withSharing(policy, lending)
  return { ...rest, ...(lending.shared && { shared: true }) }
}

const deleteInput = z.strictObject({ id: idField, expectedRev: expectedRevField })

export const qosPolicyDelete = defineOperation({
  id: 'network.qosPolicy.delete',
  summary: 'Deletes a QoS policy that no network and no port has.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const policy = await fetchOne(call, qosPolicyKind, input.id)
    requireRev(policy, input.expectedRev)
    const scope = qosScope(policy.id)
    const [uses] = await call.kernel.store.counters([scope])
    // It has them from the beginning: without, the read is old.
    if (!uses) {
      throw new CommitConflict({ type: 'revision', kind: qosPolicyKind.name, ids: [policy.id] })
    }
    if (uses.value > 0) {
      throw new CloudError('conflict', `${uses.value} networks or ports have the policy.`, {
        field: 'id',
        detail: { uses: uses.value },
      })
    }
    const writes = new Writes().remove(qosPolicyKind, policy)
    requireAtMost(writes, uses)
    writes.drop(scope)
    if (policy.shared || policy.sharedWith) await planLendingEnd(call.kernel, writes, policy)
    chargeQuota(writes, policy.projectId, { qosPolicies: 1 }, -1)
    const revision = policy.generation + 1
    planConfigure(call, writes, [{ type: 'qosPolicy', id: policy.id, revision, removed: true }])
    await call.commit(writes, [policy.id], null)
    return null
  },
})
