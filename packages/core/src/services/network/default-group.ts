import { CloudError } from '../../base/errors.ts'
import type { Writes } from '../../commit/writes.ts'
import type { Kernel } from '../../kernel.ts'
import type { Draft } from '../../model/kind.ts'
import {
  etherTypes,
  type SecurityGroup,
  securityGroupKind,
  type SecurityGroupRule,
  securityGroupRuleKind,
} from '../../model/network/security-group.ts'
import { limits } from '../../base/limits.ts'
import { chargeQuota } from '../quota.ts'
import { groupScope, openCounter, requireAtMost } from './counters.ts'
import { ruleKey } from './rule-input.ts'

export const defaultGroupName = 'default'

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
    tags: [],
    createdAt: at,
    updatedAt: at,
  })
  const rules = [
    ...egressRules(kernel, { id, projectId }, false),
    ...etherTypes.map((etherType) =>
      ruleRow(kernel, { id, projectId }, { direction: 'ingress', etherType, remoteGroupId: id }),
    ),
  ]
  writes.insert(securityGroupRuleKind, ...rules)
  openGroup(writes, id, rules.length)
}

/** Writes the counters of a new group. */
export function openGroup(writes: Writes, groupId: string, rules: number): void {
  const scope = groupScope(groupId)
  openCounter(writes, scope, 'ports')
  openCounter(writes, scope, 'references')
  openCounter(writes, scope, 'rules', limits.groupRules)
  writes.add({ scope, name: 'rules', add: rules })
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
  const counters = await kernel.store.counters([scope])
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
  const query = { index: 'byGroup', equals: [group.id], limit: limits.groupRules }
  const rules = await kernel.store.query(securityGroupRuleKind, query)
  for (const counter of counters) {
    requireAtMost(writes, counter, counter.name === 'rules' ? rules.length : 0)
  }
  writes
    .remove(securityGroupKind, group)
    .remove(securityGroupRuleKind, ...rules)
    .drop(scope)
  countReferences(writes, rules, -1)
  const charged = rules.filter((rule) => rule.charged).length
  chargeQuota(
    writes,
    group.projectId,
    { securityGroups: group.isDefault ? 0 : 1, securityGroupRules: charged },
    -1,
  )
}

/** Counts on other groups what rules refer to; a group's own rules do not keep it. */
export function countReferences(
  writes: Writes,
  rules: readonly Pick<SecurityGroupRule, 'groupId' | 'remoteGroupId'>[],
  sign: 1 | -1,
): void {
  for (const { groupId, remoteGroupId } of rules) {
    if (remoteGroupId === null || remoteGroupId === groupId) continue
    writes.add({ scope: groupScope(remoteGroupId), name: 'references', add: sign })
  }
}
