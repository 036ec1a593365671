import type { InputOf, SecurityGroup, SecurityGroupRule, securityRuleCreate } from '@nephos/core'
import { z } from 'zod'
import {
  type Body,
  envelope,
  isLent,
  oneOrMany,
  ownerFields,
  standardBody,
  truth,
  whole,
} from './fields.ts'

const text = z.string()

const groupCreate = z.strictObject({
  ...ownerFields,
  name: text.optional(),
  description: text.optional(),
  stateful: truth.optional(),
  tags: z.array(text).optional(),
})

export type GroupCreateBody = z.infer<typeof groupCreate>
export const groupCreateBody = oneOrMany('security_group', 'security_groups', groupCreate)
export const groupUpdateBody = envelope(
  'security_group',
  z.strictObject({
    name: text.optional(),
    description: text.optional(),
    stateful: truth.optional(),
  }),
)

/**
 * A security group
 * (https://docs.openstack.org/api-ref/network/v2/#security-groups-security-groups).
 */
export function groupBody(
  row: SecurityGroup,
  rules: readonly SecurityGroupRule[],
  viewer: string | null,
): Body {
  return {
    ...standardBody(row),
    name: row.name,
    stateful: row.stateful,
    shared: isLent(row, viewer),
    tags: row.tags,
    security_group_rules: rules.map(ruleBody),
  }
}

const port = whole.nullable().optional()

const ruleCreate = z.strictObject({
  ...ownerFields,
  security_group_id: text,
  direction: text,
  ethertype: text.optional(),
  protocol: z.union([text, z.int()]).nullable().optional(),
  port_range_min: port,
  port_range_max: port,
  remote_ip_prefix: text.nullable().optional(),
  remote_group_id: text.nullable().optional(),
  remote_address_group_id: text.nullable().optional(),
  description: text.nullable().optional(),
})

export type RuleCreateBody = z.infer<typeof ruleCreate>
export const ruleCreateBody = oneOrMany('security_group_rule', 'security_group_rules', ruleCreate)

/** Names of both kinds are taken in any case. */
const etherTypes: Readonly<Record<string, 'IPv4' | 'IPv6'>> = { ipv4: 'IPv4', ipv6: 'IPv6' }

/** Input of the operation: what is not well-formed is told by it. */
export function ruleFields(body: RuleCreateBody): InputOf<typeof securityRuleCreate> {
  const etherType = body.ethertype ?? 'IPv4'
  const protocol = body.protocol === '' ? null : body.protocol
  const remoteIpPrefix = body.remote_ip_prefix === '' ? null : body.remote_ip_prefix
  return {
    written: {
      ...(protocol != null && protocol !== 'any' && { protocol: String(protocol) }),
      ...(remoteIpPrefix != null && { remoteIpPrefix }),
    },
    groupId: body.security_group_id,
    direction: body.direction as 'ingress',
    etherType: etherTypes[etherType.toLowerCase()] ?? (etherType as 'IPv4'),
    protocol,
    portRangeMin: body.port_range_min,
    portRangeMax: body.port_range_max,
    remoteIpPrefix,
    remoteGroupId: body.remote_group_id === '' ? null : body.remote_group_id,
    remoteAddressGroupId: body.remote_address_group_id === '' ? null : body.remote_address_group_id,
    description: body.description ?? '',
  }
}

/**
 * A rule
 * (https://docs.openstack.org/api-ref/network/v2/#security-group-rules-security-group-rules).
 */
export function ruleBody(row: SecurityGroupRule): Body {
  const remote = row.written?.remoteIpPrefix ?? row.remoteIpPrefix
  return {
    ...standardBody(row),
    security_group_id: row.groupId,
    direction: row.direction,
    ethertype: row.etherType,
    protocol: row.written?.protocol ?? row.protocol,
    port_range_min: row.portRangeMin,
    port_range_max: row.portRangeMax,
    remote_ip_prefix: remote,
    normalized_cidr: row.remoteIpPrefix ?? remote,
    remote_group_id: row.remoteGroupId,
    remote_address_group_id: row.remoteAddressGroupId,
    tags: [],
  }
}
