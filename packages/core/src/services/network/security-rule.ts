import { z } from 'zod'
import { CloudError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { Writes } from '../../commit/writes.ts'
import { addressGroupKind } from '../../model/network/address-group.ts'
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
import { listPage, type PageBounds } from '../page.ts'
import { chargeQuota } from '../quota.ts'
import { isLentTo, lentTo, owns, requireRoom } from './access.ts'
import { groupScope } from './counters.ts'
import { countReferences } from './default-group.ts'
import { planRuleChange } from './rule-change.ts'
import { type NormalRule, normalRule, type RuleInput, ruleInput, ruleKey } from './rule-input.ts'

export const securityRuleCreate = defineOperation({
  id: 'network.securityGroupRule.create',
  summary: 'Adds a rule to a security group.',
  policy: { scope: 'any', role: 'member' },
  input: ruleInput,
  mutates: true,
  run: async (call: Call, input: RuleInput): Promise<SecurityGroupRule> => {
    const one = (rules: readonly SecurityGroupRule[]) => rules[0] as SecurityGroupRule
    return createRules(call, [normalRule(input)], () => '', one)
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
    return createRules(call, inputs, path, (rules) => rules)
  },
})

/** @param shape what is answered, and kept under the idempotency key. */
async function createRules<O>(
  call: Call,
  inputs: readonly NormalRule[],
  path: (index: number) => string,
  shape: (rules: SecurityGroupRule[]) => O,
): Promise<O> {
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
  await requireAddressGroups(call, rules, path)
  await requireNew(call, rules, path)
  await requireSpace(call, rules)
  const writes = new Writes().insert(securityGroupRuleKind, ...rules)
  for (const rule of rules) {
    writes.add({ scope: groupScope(rule.groupId), name: 'rules', add: 1 })
    chargeQuota(writes, rule.projectId, { securityGroupRules: 1 })
  }
  countReferences(writes, rules, 1)
  planRuleChange(call, writes, rules, 1)
  const answer = shape(rules)
  await call.commit(
    writes,
    rules.map((rule) => rule.id),
    answer,
  )
  return answer
}

/** The groups that rules are for and refer to: of one project each. */
async function groupsOf(
  call: Call,
  inputs: readonly NormalRule[],
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

/** Address groups that rules refer to are of the same project, or lent to it. */
async function requireAddressGroups(
  call: Call,
  rules: readonly SecurityGroupRule[],
  path: (index: number) => string,
): Promise<void> {
  const ids = [...new Set(rules.flatMap(({ remoteAddressGroupId }) => remoteAddressGroupId ?? []))]
  if (ids.length === 0) return
  const rows = await call.kernel.store.get(addressGroupKind, ids)
  const groups = new Map(ids.map((id, index) => [id, rows[index]]))
  const at = rules.findIndex(({ projectId, remoteAddressGroupId: id }) => {
    const group = id === null ? undefined : groups.get(id)
    return id !== null && group?.projectId !== projectId && !(group && isLentTo(group, projectId))
  })
  if (at >= 0) throw notFound('addressGroup', `${path(at)}remoteAddressGroupId`)
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
  /** Of any of these groups. */
  groupIds: z.array(idField).min(1).max(limits.pageRows).optional(),
  direction: z.enum(ruleDirections).optional(),
  etherType: z.enum(etherTypes).optional(),
})

export const securityRuleList = defineOperation({
  id: 'network.securityGroupRule.list',
  summary: 'Lists the rules of the project, or of groups that it may see, by id.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: async (call: Call, input: z.infer<typeof listInput>): Promise<SecurityGroupRule[]> => {
    const keep = (rule: SecurityGroupRule): boolean =>
      (input.groupId === undefined || rule.groupId === input.groupId) &&
      (input.direction === undefined || rule.direction === input.direction) &&
      (input.etherType === undefined || rule.etherType === input.etherType)
    const lent = await lentGroups(call, input.groupIds ?? (input.groupId ? [input.groupId] : []))
    const visible = (rule: SecurityGroupRule): boolean => owns(call, rule) || lent.has(rule.groupId)
    if (input.groupIds) {
      return rulesOfGroups(call, input.groupIds, input, (rule) => keep(rule) && visible(rule))
    }
    const query = ruleQuery(call, input.groupId)
    return listPage(call, securityGroupRuleKind, query, input, keep, visible)
  },
})

/** Which of these groups of others are lent to the caller. */
async function lentGroups(call: Call, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (call.actor.system || ids.length === 0) return new Set()
  const rows = await call.kernel.store.get(securityGroupKind, [...new Set(ids)])
  return new Set(rows.flatMap((row) => (row && lentTo(call)(row) ? [row.id] : [])))
}

/** One statement whatever the number of groups, for each of which there is a bound of rules. */
async function rulesOfGroups(
  call: Call,
  groupIds: readonly string[],
  { limit, marker }: PageBounds,
  keep: (rule: SecurityGroupRule) => boolean,
): Promise<SecurityGroupRule[]> {
  const keys = [...new Set(groupIds)].map((groupId) => [groupId])
  const rules = await call.kernel.store.lookup(securityGroupRuleKind, 'byGroup', keys)
  return rules
    .filter((rule) => keep(rule) && (marker === undefined || rule.id > marker))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, limit)
}

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
    planRuleChange(call, writes, rules, -1)
    await call.commit(writes, input.ids, null)
    return null
  },
})
