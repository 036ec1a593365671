import { audit } from '../src/services/audit/audit.ts'
import type { Finding } from '../src/services/audit/finding.ts'
import { invariants } from '../src/services/audit/invariants/index.ts'
import type { AuditKernel, Invariant } from '../src/services/audit/rule.ts'

/** The rules of these names, as invariants: for a store that holds only a part of a cloud. */
export function rulesNamed(names: readonly string[]): Invariant[] {
  const known = new Set(invariants.flatMap(({ rules }) => rules.map((rule) => rule.name)))
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length > 0) throw new Error(`no rules: ${unknown.join(', ')}`)
  return invariants.map((invariant) => ({
    ...invariant,
    rules: invariant.rules.filter((rule) => names.includes(rule.name)),
  }))
}

/** Everything that rules find, of all invariants when none are named. */
export async function findingsOf(
  kernel: AuditKernel,
  names?: readonly string[],
): Promise<Finding[]> {
  const found: Finding[] = []
  const options = names ? { invariants: rulesNamed(names) } : {}
  for await (const finding of audit(kernel, options)) found.push(finding)
  return found
}

/** What concerns hosts and who is placed on them. */
export const hostRules = [
  'host-capacity',
  'allocation-host',
  'host-use',
  'zone-counters',
  'aggregate-counters',
  'aggregateHosts-counters',
  'host-aggregate',
  'group-counters',
  'groupMembers-counters',
  'group-rule',
  'server-serverGroup',
] as const

/** What concerns networks and what is on them. */
export const networkRules = [
  'network-counters',
  'subnet-counters',
  'securityGroup-counters',
  'address-holder',
  'address-turn',
  'port-addresses',
  'port-state',
  'port-limits',
  'port-network',
  'port-subnet',
  'port-securityGroup',
  'network-state',
  'network-limits',
  'network-subnet',
  'subnet-network',
  'subnet-limits',
  'securityGroupRule-securityGroup',
  'securityGroupRule-remote-group',
  'externalNetwork-counters',
  'subnetRouter-counters',
  'routerGateway-counters',
  'floating-addresses',
  'router-port',
  'router-subnet',
  'router-subnetRouter',
  'router-network',
  'subnetRouter-router',
  'port-router',
  'port-floatingIp',
  'floatingIp-subnet',
  'floatingIp-port',
  'floatingIp-router',
  'router-state',
  'floatingIp-state',
  'configure-work',
  'router-limits',
  'floatingIp-limits',
  'addressGroup-counters',
  'securityGroupRules-counters',
  'addressGroup-limits',
  'securityGroupRule-addressGroup',
  'rbacPolicy-network',
  'rbacPolicy-subnetPool',
  'rbacPolicy-securityGroup',
  'rbacPolicy-addressGroup',
  'rbacPolicy-qosPolicy',
  'qosPolicy-counters',
  'qosPolicy-limits',
  'network-qosPolicy',
  'port-qosPolicy',
] as const
