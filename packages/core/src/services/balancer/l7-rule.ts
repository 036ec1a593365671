import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { l7PolicyKind, policyScope } from '../../model/balancer/l7-policy.ts'
import {
  l7Comparisons,
  type L7Rule,
  l7RuleKind,
  l7RuleTypes,
} from '../../model/balancer/l7-rule.ts'
import type { Call } from '../call.ts'
import { idField } from '../fields.ts'
import { given } from '../given.ts'
import { defineOperation } from '../operation.ts'
import {
  changedView,
  type ChildView,
  findChild,
  listChildren,
  madeView,
  showChild,
} from './child.ts'
import { TreeEdit } from './edit.ts'
import { getInput, listFields, removeInput, tokenField, updateFields } from './fields.ts'
import { planRule, requireRule, ruleFields } from './l7-rule-plan.ts'

const reader = { scope: 'any', role: 'reader' } as const
const member = { scope: 'any', role: 'member' } as const

const createInput = z.strictObject({ ...ruleFields, policyId: idField })

export const l7RuleCreate = defineOperation({
  id: 'balancer.l7Rule.create',
  summary: 'Adds a condition to a policy.',
  policy: member,
  input: createInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof createInput>): Promise<ChildView<L7Rule>> => {
    const { kernel } = call
    const { policyId, ...fields } = input
    const { row: policy } = await findChild(call, l7PolicyKind, policyId, undefined, 'policyId')
    requireRule(fields, '')
    await requireRoomOnPolicy(call, policyId)
    const { projectId, balancerId } = policy
    const edit = new TreeEdit(call, balancerId)
    const under = { kernel, projectId, balancerId, at: kernel.clock.now() }
    const row = planRule(edit, under, policyId, fields)
    const view = madeView(row)
    await call.commit(edit.plan(), [row.id], view)
    return view
  },
})

/** @throws CloudError `conflict`. */
async function requireRoomOnPolicy({ kernel }: Call, policyId: string): Promise<void> {
  const counters = await kernel.store.counters([policyScope(policyId)])
  const used = counters.find(({ name }) => name === 'rules')?.value ?? 0
  if (used < limits.policyRules) return
  throw new CloudError('conflict', `A policy has at most ${limits.policyRules} rules.`, {
    field: 'policyId',
    limit: limits.policyRules,
  })
}

export const l7RuleGet = defineOperation({
  id: 'balancer.l7Rule.get',
  summary: 'Shows a rule.',
  policy: reader,
  input: getInput,
  mutates: false,
  run: (call: Call, { id }: z.infer<typeof getInput>): Promise<ChildView<L7Rule>> =>
    showChild(call, l7RuleKind, id),
})

const { name: _listName, ...filters } = listFields
const listInput = z.strictObject({
  ...filters,
  policyId: idField.optional(),
  type: z.enum(l7RuleTypes).optional(),
})

export const l7RuleList = defineOperation({
  id: 'balancer.l7Rule.list',
  summary: 'Lists the rules of a policy, or of the project, by id.',
  policy: reader,
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<ChildView<L7Rule>[]> => {
    const { policyId, type } = input
    const index = policyId === undefined ? undefined : { index: 'byPolicy', equals: [policyId] }
    const keep = (row: L7Rule): boolean => type === undefined || row.type === type
    return listChildren(call, l7RuleKind, input, keep, index)
  },
})

const { name: _updateName, ...changeable } = updateFields
const updateInput = z.strictObject({
  ...changeable,
  type: z.enum(l7RuleTypes).optional(),
  compareType: z.enum(l7Comparisons).optional(),
  key: tokenField.nullable().optional(),
  value: ruleFields.value.optional(),
  invert: z.boolean().optional(),
})

export const l7RuleUpdate = defineOperation({
  id: 'balancer.l7Rule.update',
  summary: 'Changes a condition of a policy.',
  policy: member,
  input: updateInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof updateInput>): Promise<ChildView<L7Rule>> => {
    const { id, expectedRev, ...patch } = input
    const { row, status } = await findChild(call, l7RuleKind, id, expectedRev)
    const changed = { ...row, ...given(patch), updatedAt: call.kernel.clock.now() }
    requireRule(changed, '')
    const edit = new TreeEdit(call, row.balancerId)
    const view = changedView(edit.update(l7RuleKind, changed), status)
    await call.commit(edit.plan(), [id], view)
    return view
  },
})

export const l7RuleDelete = defineOperation({
  id: 'balancer.l7Rule.delete',
  summary: 'Removes a condition of a policy.',
  policy: member,
  input: removeInput,
  mutates: true,
  run: async (call: Call, { id, expectedRev }: z.infer<typeof removeInput>): Promise<null> => {
    const { row } = await findChild(call, l7RuleKind, id, expectedRev)
    const edit = new TreeEdit(call, row.balancerId)
    edit.remove(l7RuleKind, row)
    edit.writes.add({ scope: policyScope(row.policyId), name: 'rules', add: -1 })
    await call.commit(edit.plan(), [id], null)
    return null
  },
})
