import { CommitConflict } from '../../commit/committer.ts'
import { CloudError } from '../../base/errors.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Draft } from '../../model/kind.ts'
import type { Counter } from '../../ports/store.ts'
import {
  etherTypes,
  type SecurityGroup,
  securityGroupKind,
  type SecurityGroupRule,
  securityGroupRuleKind,
} from '../../model/network/security-group.ts'
import { limits } from '../../base/limits.ts'
import { chargeQuota } from '../quota.ts'
import { planConfigure } from './configure/plan-configure.ts'
import {
  addressGroupScope,
  groupRulesScope,
  groupScope,
  openCounter,
  requireAtMost,
} from './counters.ts'
import { planRuleChange } from './rule-change.ts'
import { ruleKey } from './rule-input.ts'

export const defaultGroupName = 'default'
/** Of work for groups that come and go with their projects. */
const requestId = 'req-network'

/**
 * The id of a project's default group: derived, so that it is found without an index, and exists
 * once.
 */
export function defaultSecurityGroupId(kernel: Kernel, projectId: string): string {
  const hash = kernel.digest.hash('sha256', `default security group of ${projectId}`)
  // A UUID of version 8 (RFC 9562): name-based, by SHA-256.
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16)
  const parts = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`]
  return [...parts, `${variant}${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-')
}

/**
 * Writes a project's default group: everything out, and in from its own members. It is not charged
 * to the project's quota, since nobody asked for it.
 */
export function planDefaultSecurityGroup(kernel: Kernel, writes: Writes, projectId: string): void {
  const at = kernel.clock.now()
  const id = defaultSecurityGroupId(kernel, projectId)
  writes.insert(securityGroupKind, {
    id,
    projectId,
    name: defaultGroupName,
    description: 'Default security group',
    isDefault: true,
    stateful: true,
    tags: [],
    createdAt: at,
    updatedAt: at,
  })
  const rules = defaultRules(kernel, { id, projectId })
  writes.insert(securityGroupRuleKind, ...rules)
  openGroup({ kernel, requestId }, writes, id, rules)
}

function defaultRules(
  kernel: Kernel,
  group: { readonly id: string; readonly projectId: string },
): Draft<SecurityGroupRule>[] {
  const inner = { direction: 'ingress', remoteGroupId: group.id } as const
  return [
    ...egressRules(kernel, group, false),
    ...etherTypes.map((etherType) => ruleRow(kernel, group, { ...inner, etherType })),
  ]
}

/**
 * Writes that a default group has the rules again with which it began, and no others.
 *
 * @throws CloudError `conflict` when ports or other groups' rules use it.
 */
export async function planDefaultGroupReset(
  call: { readonly kernel: Kernel; readonly requestId: string },
  writes: Writes,
  group: SecurityGroup,
): Promise<void> {
  const { store } = call.kernel
  const scope = groupScope(group.id)
  requireUnused(await store.counters([scope]))
  const query = { index: 'byGroup', equals: [group.id], limit: limits.groupRules }
  const rules = await store.query(securityGroupRuleKind, query)
  const first = new Map(defaultRules(call.kernel, group).map((rule) => [rule.key, rule]))
  const extra = rules.filter(({ key }) => !first.delete(key))
  const missing = [...first.values()]
  writes.update(securityGroupKind, { ...group, updatedAt: call.kernel.clock.now() })
  writes.remove(securityGroupRuleKind, ...extra).insert(securityGroupRuleKind, ...missing)
  writes.add({ scope, name: 'rules', add: missing.length - extra.length })
  countReferences(writes, extra, -1)
  const charged = extra.filter((rule) => rule.charged).length
  chargeQuota(writes, group.projectId, { securityGroupRules: charged }, -1)
  if (extra.length > 0) planRuleChange(call, writes, extra, -1)
  if (missing.length > 0) planRuleChange(call, writes, missing, 1)
}

/** @throws CloudError `conflict`. */
function requireUnused(counters: readonly Counter[]): void {
  for (const name of ['ports', 'references'] as const) {
    const used = counters.find((counter) => counter.name === name)
    if (used && used.value > 0) {
      const users = name === 'ports' ? 'ports' : 'rules of other groups'
      throw new CloudError('conflict', `The security group is in use by ${used.value} ${users}.`, {
        field: 'id',
        detail: { [name]: used.value },
      })
    }
  }
}

/** Writes the counters of a new group with these rules; the data plane is told of it. */
export function openGroup(
  call: { readonly kernel: Kernel; readonly requestId: string },
  writes: Writes,
  groupId: string,
  rules: readonly Draft<SecurityGroupRule>[],
): void {
  const scope = groupScope(groupId)
  openCounter(writes, scope, 'ports')
  openCounter(writes, scope, 'references')
  openCounter(writes, scope, 'rules', limits.groupRules)
  writes.add({ scope, name: 'rules', add: rules.length })
  for (const name of ['rules', 'sum', 'generation'])
    openCounter(writes, groupRulesScope(groupId), name)
  planRuleChange(call, writes, rules, 1)
}

/** The rules that let everything out: each new group begins with them. */
export function egressRules(
  kernel: Kernel,
  group: { readonly id: string; readonly projectId: string },
  charged: boolean,
): Draft<SecurityGroupRule>[] {
  return etherTypes.map((etherType) => {
    return { ...ruleRow(kernel, group, { direction: 'egress', etherType }), charged }
  })
}

function ruleRow(
  kernel: Kernel,
  group: { readonly id: string; readonly projectId: string },
  match: Pick<SecurityGroupRule, 'direction' | 'etherType'> & { readonly remoteGroupId?: string },
): Draft<SecurityGroupRule> {
  const rule = {
    projectId: group.projectId,
    groupId: group.id,
    description: '',
    protocol: null,
    portRangeMin: null,
    portRangeMax: null,
    remoteIpPrefix: null,
    remoteGroupId: null,
    remoteAddressGroupId: null,
    ...match,
    charged: false,
    createdAt: kernel.clock.now(),
  }
  return { ...rule, id: kernel.ids.next(), key: ruleKey(rule) }
}

/**
 * Writes the removal of a project's default group: for the deletion of a project that owns nothing
 * else.
 */
export async function planDefaultSecurityGroupRemoval(
  kernel: Kernel,
  writes: Writes,
  projectId: string,
): Promise<void> {
  const id = defaultSecurityGroupId(kernel, projectId)
  const [group] = await kernel.store.get(securityGroupKind, [id])
  if (group) await planGroupRemoval(kernel, writes, group)
}

/**
 * Writes the removal of a group and its rules, in a commit that fails if the group comes into use
 * meanwhile.
 *
 * @throws CloudError `conflict` when ports or other groups' rules use it.
 */
export async function planGroupRemoval(
  kernel: Kernel,
  writes: Writes,
  group: SecurityGroup,
): Promise<void> {
  const scope = groupScope(group.id)
  const rulesScope = groupRulesScope(group.id)
  const all = await kernel.store.counters([scope, rulesScope])
  const counters = all.filter((counter) => counter.scope === scope)
  const generation = all.find(({ name }) => name === 'generation')
  // A group has its counters from the beginning: without any, the read is old.
  if (counters.length === 0 || !generation) {
    throw new CommitConflict({ type: 'revision', kind: securityGroupKind.name, ids: [group.id] })
  }
  requireUnused(counters)
  const query = { index: 'byGroup', equals: [group.id], limit: limits.groupRules }
  const rules = await kernel.store.query(securityGroupRuleKind, query)
  for (const counter of counters) {
    requireAtMost(writes, counter, counter.name === 'rules' ? rules.length : 0)
  }
  writes
    .remove(securityGroupKind, group)
    .remove(securityGroupRuleKind, ...rules)
    .drop(scope)
    .drop(rulesScope)
  requireAtMost(writes, generation, generation.value)
  const revision = generation.value + 1
  planConfigure({ kernel, requestId }, writes, [
    { type: 'securityGroup', id: group.id, revision, removed: true },
  ])
  countReferences(writes, rules, -1)
  const charged = rules.filter((rule) => rule.charged).length
  chargeQuota(
    writes,
    group.projectId,
    { securityGroups: group.isDefault ? 0 : 1, securityGroupRules: charged },
    -1,
  )
}

/**
 * Counts on other groups, and on address groups, what rules refer to; a group's own rules do not
 * keep it.
 */
export function countReferences(
  writes: Writes,
  rules: readonly Pick<SecurityGroupRule, 'groupId' | 'remoteGroupId' | 'remoteAddressGroupId'>[],
  sign: 1 | -1,
): void {
  for (const { groupId, remoteAddressGroupId, remoteGroupId } of rules) {
    if (remoteAddressGroupId !== null) {
      writes.add({ scope: addressGroupScope(remoteAddressGroupId), name: 'references', add: sign })
    }
    if (remoteGroupId === null || remoteGroupId === groupId) continue
    writes.add({ scope: groupScope(remoteGroupId), name: 'references', add: sign })
  }
}
