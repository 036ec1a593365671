import {
  CloudError,
  type InputOf,
  type SecurityGroup,
  type SecurityGroupRule,
  type securityRuleCreate,
} from '@nephos/core'
import { z } from 'zod'

const port = z
  .union([z.int(), z.string().regex(/^-?\d{1,5}$/)])
  .transform(Number)
  .pipe(z.int().min(-1).max(65_535))

/** https://docs.openstack.org/api-ref/compute/#security-groups-os-security-groups-deprecated */
export const groupBody = z.strictObject({
  security_group: z.strictObject({
    name: z.string().min(1).max(255),
    description: z.string().max(255).nullish(),
  }),
})

export const ruleBody = z.strictObject({
  security_group_rule: z.strictObject({
    parent_group_id: z.union([z.string(), z.int()]).transform(String),
    ip_protocol: z.string().max(16).nullish(),
    from_port: port.nullish(),
    to_port: port.nullish(),
    cidr: z.string().max(64).nullish(),
    group_id: z.string().max(64).nullish(),
  }),
})
type Rule = z.infer<typeof ruleBody>['security_group_rule']

/** What the core takes of a rule. @throws CloudError `invalid`. */
export function ruleInput(rule: Rule): InputOf<typeof securityRuleCreate> {
  const { ip_protocol: protocol, from_port: first, to_port: last, cidr, group_id: group } = rule
  if (!['tcp', 'udp', 'icmp', undefined].includes(protocol?.toLowerCase())) {
    throw new CloudError('invalid', `Invalid IP protocol ${String(protocol)}.`, {
      field: 'ip_protocol',
    })
  }
  if (!protocol && !group) {
    throw new CloudError('invalid', 'Security group rule must name a protocol.', {
      field: 'ip_protocol',
    })
  }
  const isAny = first == null || first < 0
  const prefix = group ? undefined : (cidr ?? '0.0.0.0/0')
  return {
    groupId: rule.parent_group_id,
    direction: 'ingress' as const,
    etherType: prefix?.includes(':') ? ('IPv6' as const) : ('IPv4' as const),
    protocol: protocol?.toLowerCase() ?? null,
    ...(!isAny && { portRangeMin: first }),
    ...(!isAny && last != null && last >= 0 && { portRangeMax: last }),
    ...(prefix !== undefined && { remoteIpPrefix: prefix, written: { remoteIpPrefix: prefix } }),
    ...(group && { remoteGroupId: group }),
  }
}

/** A rule that lets something in, as nova-network wrote it. */
export function groupRuleBody(
  rule: SecurityGroupRule,
  groups: ReadonlyMap<string, SecurityGroup>,
): object {
  const remote = rule.remoteGroupId === null ? undefined : groups.get(rule.remoteGroupId)
  const hasPorts = rule.protocol !== null
  return {
    id: rule.id,
    parent_group_id: rule.groupId,
    ip_protocol: rule.protocol,
    from_port: hasPorts ? (rule.portRangeMin ?? -1) : null,
    to_port: hasPorts ? (rule.portRangeMax ?? -1) : null,
    group: remote ? { name: remote.name, tenant_id: remote.projectId } : {},
    ip_range: rule.remoteGroupId === null ? { cidr: blockOf(rule) } : {},
  }
}

/** As it was written. */
function blockOf(rule: SecurityGroupRule): string {
  return rule.written?.remoteIpPrefix ?? rule.remoteIpPrefix ?? anywhere(rule)
}

function anywhere({ etherType }: SecurityGroupRule): string {
  return etherType === 'IPv6' ? '::/0' : '0.0.0.0/0'
}

/** A group with what it lets in. */
export function groupWithRules(
  group: SecurityGroup,
  rules: readonly SecurityGroupRule[],
  groups: ReadonlyMap<string, SecurityGroup>,
): object {
  const own = rules.filter(({ groupId, direction }) => {
    return groupId === group.id && direction === 'ingress'
  })
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    tenant_id: group.projectId,
    rules: own.map((rule) => groupRuleBody(rule, groups)),
  }
}
