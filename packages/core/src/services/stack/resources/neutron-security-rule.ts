import type { JsonMap } from '../../../model/stack/json.ts'
import {
  securityRuleCreate,
  securityRuleDelete,
  securityRuleGet,
} from '../../network/security-rule.ts'
import type { InputOf } from '../../operation.ts'
import { each, removal } from './each.ts'
import { Finder } from './found.ts'
import { numberOf, present, type PropertySpecs, textOf } from './property.ts'
import type { ResourceType } from './type.ts'

export const ruleProperties: PropertySpecs = {
  direction: { type: 'string', default: 'ingress', allowed: ['ingress', 'egress'] },
  ethertype: { type: 'string', default: 'IPv4', allowed: ['IPv4', 'IPv6'] },
  protocol: { type: 'string' },
  port_range_min: { type: 'integer', min: 0, max: 65_535 },
  port_range_max: { type: 'integer', min: 0, max: 65_535 },
  remote_ip_prefix: { type: 'string' },
  remote_group_id: { type: 'string' },
}

type RuleRequest = InputOf<typeof securityRuleCreate>

/** A rule as the network service takes it. */
export function ruleOf(properties: JsonMap, groupId: string): RuleRequest {
  return present({
    groupId,
    direction: textOf(properties, 'direction') as 'ingress' | 'egress',
    etherType: textOf(properties, 'ethertype') as 'IPv4' | 'IPv6' | undefined,
    protocol: textOf(properties, 'protocol'),
    portRangeMin: numberOf(properties, 'port_range_min'),
    portRangeMax: numberOf(properties, 'port_range_max'),
    remoteIpPrefix: textOf(properties, 'remote_ip_prefix'),
    remoteGroupId: textOf(properties, 'remote_group_id'),
  })
}

export const neutronSecurityRule: ResourceType = {
  name: 'OS::Neutron::SecurityGroupRule',
  summary: 'A rule of a security group.',
  properties: {
    security_group: { type: 'string', required: true },
    ...Object.fromEntries(
      Object.entries(ruleProperties).filter(([name]) => name !== 'remote_group_id'),
    ),
    remote_group: { type: 'string' },
    description: { type: 'string' },
  },
  attributes: {},
  create: each(async (work, row) => {
    const { remote_group: remote, security_group: group, ...rest } = row.target as JsonMap
    const finder = new Finder(work)
    const groupId = await finder.securityGroup(group as string)
    const remoteGroup = typeof remote === 'string' ? await finder.securityGroup(remote) : undefined
    const rule = await work.call(
      securityRuleCreate,
      ruleOf({ ...rest, ...(remoteGroup && { remote_group_id: remoteGroup }) }, groupId),
      work.keyOf(row, 'create'),
    )
    return { state: 'done', physicalId: rule.id }
  }),
  remove: removal((work, id, row) =>
    work.call(securityRuleDelete, { ids: [id] }, work.keyOf(row, 'delete')),
  ),
  verify: each(async (work, row) => {
    await work.call(securityRuleGet, { id: row.physicalId ?? '' })
    return { state: 'done' }
  }),
}
