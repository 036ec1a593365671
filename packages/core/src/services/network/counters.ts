import type { Writes } from '../../commit/writes.ts'
import { unlimited } from '../quota.ts'

/**
 * What a network, subnet or security group is used by, as counters: charged in the commit that
 * makes the user, so "in use" is one read, and a deletion and a new use can never both win.
 */

/** `ports`: all of them. `foreignPorts`: those of other projects than the network's. */
export function networkScope(networkId: string): string {
  return `network:${networkId}`
}

/** `addresses`: held within the pools, limited by their size. `outside`: held beside them. */
export function subnetScope(subnetId: string): string {
  return `subnet:${subnetId}`
}

/** `ports` that list it, `references` by rules of other groups, `rules` it has. */
export function groupScope(groupId: string): string {
  return `securityGroup:${groupId}`
}

/** `uses`: gateways and floating IPs. It exists as long as the network is external. */
export function externalScope(networkId: string): string {
  return `externalNetwork:${networkId}`
}

/** `floatingIps` that need this router on this subnet. */
export function subnetRouterScope(subnetId: string, routerId: string): string {
  return `subnetRouter:${subnetId}/${routerId}`
}

/** `floatingIps` that need this gateway of a router. */
export function gatewayScope(gatewayPortId: string): string {
  return `routerGateway:${gatewayPortId}`
}

/**
 * What a group's rules add up to, so that rules which were read are known to be all of them, and
 * none besides: `rules`, the `sum` of what their ids stand for, and `generation`, which grows with
 * each change.
 */
export function groupRulesScope(groupId: string): string {
  return `securityGroupRules:${groupId}`
}

/** `uses`: networks and ports that have it. */
export function qosScope(qosPolicyId: string): string {
  return `qosPolicy:${qosPolicyId}`
}

/** `references` by rules of security groups. */
export function addressGroupScope(addressGroupId: string): string {
  return `addressGroup:${addressGroupId}`
}

/** Makes a counter at 0. Adds to it in the same commit find it made. */
export function openCounter(
  writes: Writes,
  scope: string,
  name: string,
  limit: number = unlimited,
): void {
  writes.add({ scope, name, add: 0, limit })
}

/**
 * Makes the commit fail unless the counter is at most `expected`: filling up what is left of its
 * limit succeeds only then. For a scope that the same commit drops.
 */
export function requireAtMost(
  writes: Writes,
  counter: { readonly scope: string; readonly name: string; readonly limit: number },
  expected = 0,
): void {
  writes.add({ scope: counter.scope, name: counter.name, add: counter.limit - expected })
}
