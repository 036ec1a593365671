import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import {
  etherTypes,
  ruleDirections,
  type SecurityGroup,
  securityGroupKind,
  type SecurityGroupRule,
  securityGroupRuleKind,
} from '../../model/network/security-group.ts'
import type { Call } from '../call.ts'
import { fetchOne, fetchOwned, notFound } from '../fetch.ts'
import { idField, idsField, pageFields } from '../fields.ts'
import { defineOperation } from '../operation.ts'
import { listPage } from '../page.ts'
import { chargeQuota } from '../quota.ts'
import { owns, requireRoom } from './access.ts'
import { groupScope } from './counters.ts'
import { countReferences } from './default-group.ts'
import { normalRule, type RuleInput, ruleInput, ruleKey } from './rule-input.ts'

export const securityRuleCreate = defineOperation({
  id: 'network.securityGroupRule.create',
  summary: 'Adds a rule to a security group.',
  policy: { scope: 'any', role: 'member' },
  input: ruleInput,
  mutates: true,
  run: async (call: Call, input: RuleInput): Promise<SecurityGroupRule> => {
    const [rule] = await createRules(call, [normalRule(input)], () => '')
    return rule as SecurityGroupRule
  },
})

const bulkInput = z.strictObject({ rules: z.array(ruleInput).min(1).max(limits.bulkRules) })

export const securityRuleCreateMany = defineOperation({
  id: 'network.securityGroupRule.createMany',
  summary: 'Adds rules to security groups: all of them or none.',
  policy: { scope: 'any', role: 'member' },
  input: bulkInput,
  mutates: true,
  run: (call: Call, input: z.infer<typeof bulkInput>): Promise<SecurityGroupRule[]> => {
    const path = (index: number): string => `rules[${index}].`
    const inputs = input.rules.map((rule, index) => normalRule(rule, path(index)))
    return createRules(call, inputs, path)
  },
})

async function createRules(
  call: Call,
  inputs: readonly RuleInput[],
  path: (index: number) => string,
): Promise<SecurityGroupRule[]> {
  const groups = await groupsOf(call, inputs, path)
  const createdAt = call.kernel.clock.now()
  const rules = inputs.map((input) => ({
    ...input,
    id: call.kernel.ids.next(),
    rev: 1,
    projectId: (groups.get(input.groupId) as SecurityGroup).projectId,
    key: ruleKey(input),
    charged: true,
    createdAt,
  }))
  await requireNew(call, rules, path)
  await requireSpace(call, rules)
  const writes = new Writes().insert(securityGroupRuleKind, ...rules)
  for (const rule of rules) {
    writes.add({ scope: groupScope(rule.groupId), name: 'rules', add: 1 })
    chargeQuota(writes, rule.projectId, { securityGroupRules: 1 })
  }
  countReferences(writes, rules, 1)
  await call.commit(
    writes,
    rules.map((rule) => rule.id),
    rules,
  )
  return rules
}

/** The groups that rules are for and refer to: of one project each. */
async function groupsOf(
  call: Call,
  inputs: readonly RuleInput[],
  path: (index: number) => string,
): Promise<ReadonlyMap<string, SecurityGroup>> {
  const ids = new Set(
    inputs.flatMap((input) => [input.groupId, input.remoteGroupId ?? input.groupId]),
  )
  const rows = await call.kernel.store.get(securityGroupKind, [...ids])
  const groups = new Map<string, SecurityGroup>()
  for (const row of rows) if (row && owns(call, row)) groups.set(row.id, row)
  for (const [index, { groupId, remoteGroupId }] of inputs.entries()) {
    const group = groups.get(groupId)
    if (!group) throw notFound('securityGroup', `${path(index)}groupId`)
    const remote = groups.get(remoteGroupId ?? groupId)
    if (remote?.projectId !== group.projectId) {
      throw notFound('securityGroup', `${path(index)}remoteGroupId`)
    }
  }
  return groups
}

/** @throws CloudError `conflict` for a rule that exists, or stands twice in the input. */
async function requireNew(
  call: Call,
  rules: readonly SecurityGroupRule[],
  path: (index: number) => string,
): Promise<void> {
  const keys = rules.map((rule) => [rule.key])
  const existing = await call.kernel.store.lookup(securityGroupRuleKind, 'byKey', keys)
  const seen = new Map(existing.map((rule) => [rule.key, rule.id]))
  for (const [index, rule] of rules.entries()) {
    const id = seen.get(rule.key)
    if (id !== undefined) {
      throw new CloudError('conflict', 'Such a rule exists.', {
        field: `${path(index)}groupId`,
        detail: { ruleId: id },
      })
    }
    seen.set(rule.key, rule.id)
  }
}

/** @throws CloudError `quotaExceeded`; `conflict` when a group would have too many rules. */
async function requireSpace(call: Call, rules: readonly SecurityGroupRule[]): Promise<void> {
  const added = new Map<string, number>()
  const charged = new Map<string, number>()
  for (const { groupId, projectId } of rules) {
    added.set(groupScope(groupId), (added.get(groupScope(groupId)) ?? 0) + 1)
    charged.set(projectId, (charged.get(projectId) ?? 0) + 1)
  }
  for (const [projectId, count] of charged) {
    await requireRoom(call.kernel, projectId, { securityGroupRules: count })
  }
  const counters = await call.kernel.store.counters([...added.keys()])
  for (const { scope, name, value, limit } of counters) {
    if (name !== 'rules' || value + (added.get(scope) ?? 0) <= limit) continue
    throw new CloudError('conflict', 'The security group would have too many rules.', {
      field: 'groupId',
      limit,
    })
  }
}

const getInput = z.strictObject({ id: idField })

export const securityRuleGet = defineOperation({
  id: 'network.securityGroupRule.get',
  summary: 'Shows a rule.',
  policy: { scope: 'any', role: 'reader' },
  input: getInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof getInput>): Promise<SecurityGroupRule> =>
    fetchOne(call, securityGroupRuleKind, input.id),
})

const listInput = z.strictObject({
  ...pageFields,
  groupId: idField.optional(),
  direction: z.enum(ruleDirections).optional(),
  etherType: z.enum(etherTypes).optional(),
})

export const securityRuleList = defineOperation({
  id: 'network.securityGroupRule.list',
  summary: 'Lists the rules of the project, or of one group, by id.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: (call: Call, input: z.infer<typeof listInput>): Promise<SecurityGroupRule[]> =>
    listPage(
      call,
      securityGroupRuleKind,
      ruleQuery(call, input.groupId),
      input,
      (rule) =>
        (input.direction === undefined || rule.direction === input.direction) &&
        (input.etherType === undefined || rule.etherType === input.etherType),
      (rule) => owns(call, rule),
    ),
})

function ruleQuery(
  call: Call,
  groupId: string | undefined,
): { readonly index?: string; readonly equals?: readonly (string | null)[] } {
  if (groupId !== undefined) return { index: 'byGroup', equals: [groupId] }
  return call.actor.system ? {} : { index: 'byProject', equals: [call.actor.projectId] }
}

const deleteInput = z.strictObject({ ids: idsField })

export const securityRuleDelete = defineOperation({
  id: 'network.securityGroupRule.delete',
  summary: 'Deletes rules: all of them or none.',
  policy: { scope: 'any', role: 'member' },
  input: deleteInput,
  mutates: true,
  run: async (call: Call, input: z.infer<typeof deleteInput>): Promise<null> => {
    const rules = await fetchOwned(call, securityGroupRuleKind, input.ids, 'ids')
    const writes = new Writes().remove(securityGroupRuleKind, ...rules)
    for (const { groupId, projectId, charged } of rules) {
      writes.add({ scope: groupScope(groupId), name: 'rules', add: -1 })
      if (charged) chargeQuota(writes, projectId, { securityGroupRules: 1 }, -1)
    }
    countReferences(writes, rules, -1)
    await call.commit(writes, input.ids, null)
    return null
  },
})
