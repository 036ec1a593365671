import {
  type SecurityGroupRule,
  securityRuleCreate,
  securityRuleCreateMany,
  securityRuleDelete,
  securityRuleGet,
  securityRuleList,
} from '@nephos/core'
import { portsFault } from '../../wire/network/rule-ports.ts'
import { ruleBody, ruleCreateBody, ruleFields } from '../../wire/network/security-group.ts'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'
import { ask } from './calls.ts'
import { hint } from './hints.ts'
import { deleteEndpoint, type Noun, readEndpoints } from './noun.ts'

const noun: Noun<SecurityGroupRule> = {
  id: 'network.securityGroupRules',
  one: 'security_group_rule',
  many: 'security_group_rules',
  title: 'rule of a security group',
  titles: 'rules of security groups',
  path: '/security-group-rules',
  attributes: [
    ...['id', 'tenant_id', 'project_id', 'description', 'created_at', 'updated_at'],
    ...['revision_number', 'security_group_id', 'direction', 'ethertype', 'protocol'],
    ...['port_range_min', 'port_range_max', 'remote_ip_prefix', 'normalized_cidr'],
    ...['remote_group_id', 'remote_address_group_id', 'tags'],
  ],
  operations: { list: securityRuleList, get: securityRuleGet },
  read: (x, page, query) =>
    ask(x, securityRuleList, { ...page, ...hint(query, { security_group_id: 'groupId' }) }),
  get: (x, id) => ask(x, securityRuleGet, { id }),
  bodies: (_x, rows) => rows.map(ruleBody),
}

const names = { conflict: 'SecurityGroupRuleExists' } as const

/**
 * Rules of security groups
 * (https://docs.openstack.org/api-ref/network/v2/#security-group-rules-security-group-rules).
 */
export const securityRules: readonly EndpointRow[] = [
  ...readEndpoints(noun),
  endpoint({
    id: 'network.securityGroupRules.create',
    method: 'POST',
    path: '/security-group-rules',
    summary: 'Adds a rule to a security group, or several rules: all of them or none.',
    access: 'token',
    operations: [securityRuleCreate, securityRuleCreateMany],
    body: ruleCreateBody,
    status: 201,
    run: async (x) => {
      const { items, isMany } = x.body
      for (const item of items) {
        const fault = portsFault(item)
        if (fault !== undefined) x.refuse(400, fault, 'port_range_min')
        const { ethertype = 'IPv4', remote_ip_prefix: prefix } = item
        if (typeof prefix !== 'string') continue
        if ((ethertype === 'IPv6') === prefix.includes(':')) continue
        x.refuse(400, `Conflicting value ethertype ${ethertype} for CIDR ${prefix}`, 'ethertype')
      }
      const inputs = items.map(ruleFields)
      if (!isMany) {
        const row = await ask(x, securityRuleCreate, inputs[0] as never, names)
        return json({ security_group_rule: ruleBody(row) })
      }
      const rows = await ask(x, securityRuleCreateMany, { rules: inputs }, names)
      return json({ security_group_rules: rows.map(ruleBody) })
    },
  }),
  deleteEndpoint(noun, [securityRuleDelete], (x, id) => ask(x, securityRuleDelete, { ids: [id] })),
]
