import { z } from 'zod'
import {
  l7Actions,
  type L7Policy,
  l7PolicyKind,
  redirectCodes,
} from '../../model/balancer/l7-policy.ts'
import { l7RuleKind } from '../../model/balancer/l7-rule.ts'
import { listenerKind, listenerScope } from '../../model/balancer/listener.ts'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import type { Call } from '../call.ts'
import { idField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import { chargeQuota, checkQuota } from '../quota.ts'
import {
  changedView,
  type ChildView,
  findChild,
  listChildren,
  madeView,
  showChild,
} from './child.ts'
import { TreeEdit } from './edit.ts'
import { describedUpdateFields, getInput, listFields, removeInput, urlField } from './fields.ts'
import {
  planPoliciesRemoval,
  planPolicy,
  policyFields,
  positionField,
  requireReadsHttp,
  requireRedirect,
} from './l7-policy-plan.ts'
import { poolOf } from './listener.ts'
import { countReference } from './pool-plan.ts'
import { requirePoolFits } from './rules.ts'

const reader = { scope: 'any', role: 'reader' } as const
const member = { scope: 'any', role: 'member' } as const

const createInput = z.strictObject({
  ...policyFields,
  listenerId: idField,
  redirectPoolId: idField.nullable().default(null),
})

export const l7PolicyCreate = defineOperation({
  id: 'balancer.l7Policy.create',
  summary: 'Creates a policy of a listener, by default the last one.',
  policy: member,
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<ChildView<L7Policy>> => {
    const { kernel } = call
    const { listenerId, position, ...fields } = input
    const { row: listener } = await findChild(
      call,
      listenerKind,
      listenerId,
      undefined,
      'listenerId',
    )
    const { projectId, balancerId } = listener
    if (fields.redirectPoolId !== null) {
      const pool = await poolOf(call, fields.redirectPoolId, balancerId, 'redirectPoolId')
      requirePoolFits(listener.protocol, pool, 'redirectPoolId')
    }
    requireReadsHttp(listener.protocol, 'listenerId')
    requireRedirect(fields, '')
    await checkQuota(kernel, projectId, { l7Policies: 1 })
    const used = await requireRoomOnListener(call, listenerId)
    const edit = new TreeEdit(call, balancerId)
    const under = { kernel, projectId, balancerId, at: kernel.clock.now() }
    const row = planPolicy(edit, under, listenerId, { ...fields, position: position ?? used + 1 })
    chargeQuota(edit.writes, projectId, { l7Policies: 1 })
    const view = madeView(row)
    await call.commit(edit.plan(), [row.id], view)
    return view
  },
})

/** @returns policies that it has. @throws CloudError `conflict`. */
async function requireRoomOnListener({ kernel }: Call, listenerId: string): Promise<number> {
  const counters = await kernel.store.counters([listenerScope(listenerId)])
  const used = counters.find(({ name }) => name === 'policies')?.value ?? 0
  if (used < limits.listenerPolicies) return used
  const limit = limits.listenerPolicies
  throw new CloudError('conflict', `A listener has at most ${limit} policies.`, {
    field: 'listenerId',
    limit,
  })
}

export const l7PolicyGet = defineOperation({
  id: 'balancer.l7Policy.get',
  summary: 'Shows a policy.',
  policy: reader,
  input: getInput,
  mutates: false,
  run: (call: Call, { id }: z.infer<typeof getInput>): Promise<ChildView<L7Policy>> =>
    showChild(call, l7PolicyKind, id),
})

const listInput = z.strictObject({
  ...listFields,
  listenerId: idField.optional(),
  action: z.enum(l7Actions).optional(),
})

export const l7PolicyList = defineOperation({
  id: 'balancer.l7Policy.list',
  summary: 'Lists the policies of a listener, or of the project, by id.',
  policy: reader,
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<ChildView<L7Policy>[]> => {
    const { listenerId, action } = input
    const index =
      listenerId === undefined ? undefined : { index: 'byListener', equals: [listenerId] }
    const keep = (row: L7Policy): boolean => action === undefined || row.action === action
    return listChildren(call, l7PolicyKind, input, keep, index)
  },
})

const updateInput = z.strictObject({
  ...describedUpdateFields,
  action: z.enum(l7Actions).optional(),
  position: positionField.optional(),
  redirectPoolId: idField.nullable().optional(),
  redirectUrl: urlField.nullable().optional(),
  redirectPrefix: urlField.nullable().optional(),
  redirectCode: z.literal(redirectCodes).nullable().optional(),
})

export const l7PolicyUpdate = defineOperation({
  id: 'balancer.l7Policy.update',
  summary: 'Changes a policy, also what it does.',
  policy: member,
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<ChildView<L7Policy>> => {
    const { id, expectedRev, ...patch } = input
    const { row, status } = await findChild(call, l7PolicyKind, id, expectedRev)
    if (typeof patch.redirectPoolId === 'string') {
      const pool = await poolOf(call, patch.redirectPoolId, row.balancerId, 'redirectPoolId')
      const { row: listener } = await findChild(call, listenerKind, row.listenerId)
      requirePoolFits(listener.protocol, pool, 'redirectPoolId')
    }
    const changed = { ...row, ...given(patch), updatedAt: call.kernel.clock.now() }
    requireRedirect(changed, '')
    const edit = new TreeEdit(call, row.balancerId)
    countReference(edit.writes, row.redirectPoolId, changed.redirectPoolId)
    const view = changedView(edit.update(l7PolicyKind, changed), status)
    await call.commit(edit.plan(), [id], view)
    return view
  },
})

export const l7PolicyDelete = defineOperation({
  id: 'balancer.l7Policy.delete',
  summary: 'Deletes a policy with its rules.',
  policy: member,
  input: removeInput,
  mutates: true,
  run: async (call: Call, { id, expectedRev }: z.infer<typeof removeInput>): Promise<null> => {
    const { row } = await findChild(call, l7PolicyKind, id, expectedRev)
    const rules = await call.kernel.store.lookup(l7RuleKind, 'byPolicy', [[id]])
    const edit = new TreeEdit(call, row.balancerId)
    planPoliciesRemoval(edit, [row], rules)
    edit.writes.add({ scope: listenerScope(row.listenerId), name: 'policies', add: -1 })
    await call.commit(edit.plan(), [id], null)
    return null
  },
})
