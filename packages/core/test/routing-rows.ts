import type { Kernel } from '../src/kernel.ts'
import type { Actor } from '../src/services/call.ts'
import { addressGroupCreate } from '../src/services/network/address-group.ts'
import { floatingIpCreate } from '../src/services/network/floating-ip/floating-ip.ts'
import { networkCreate } from '../src/services/network/network.ts'
import { qosPolicyCreate } from '../src/services/network/qos/policy.ts'
import { rbacPolicyCreate } from '../src/services/network/rbac-policy.ts'
import { routerAddInterface } from '../src/services/network/router/interface.ts'
import { routerCreate } from '../src/services/network/router/router.ts'
import { securityGroupCreate } from '../src/services/network/security-group.ts'
import { subnetPoolCreate } from '../src/services/network/subnet-pool.ts'
import { subnetCreate } from '../src/services/network/subnet.ts'
import { invoke } from '../src/services/operation.ts'
import { configureNow } from './network-work.ts'

export interface RoutingIds {
  readonly outsideId: string
  readonly outerSubnetId: string
  readonly routerId: string
  readonly gatewayPortId: string
  readonly floatingId: string
  readonly addressGroupId: string
  readonly qosPolicyId: string
}

/** A way out for a network, and a floating IP for a port on it. */
export async function makeRouting(
  kernel: Kernel,
  root: Actor,
  actor: Actor,
  { portId, subnetId }: { readonly portId: string; readonly subnetId: string },
): Promise<RoutingIds> {
  const input = { name: 'outside', external: true, projectId: actor.projectId as string }
  const outside = await invoke(kernel, root, networkCreate, input)
  const block = { networkId: outside.id, cidr: '203.0.113.0/24' }
  const outer = await invoke(kernel, root, subnetCreate, block)
  const externalGateway = { networkId: outside.id }
  const router = await invoke(kernel, actor, routerCreate, { externalGateway })
  await invoke(kernel, actor, routerAddInterface, { id: router.id, subnetId })
  const floating = await invoke(kernel, actor, floatingIpCreate, { networkId: outside.id, portId })
  const addressGroup = await invoke(kernel, actor, addressGroupCreate, { name: 'offices' })
  const lent = { objectType: 'addressGroup', objectId: addressGroup.id, target: 'p9' } as const
  await invoke(kernel, actor, rbacPolicyCreate, lent)
  const pool = { name: 'blocks', prefixes: ['198.18.0.0/16'] }
  const { id: subnetPoolId } = await invoke(kernel, actor, subnetPoolCreate, pool)
  const lease = { objectType: 'subnetPool', objectId: subnetPoolId, target: 'p9' } as const
  await invoke(kernel, actor, rbacPolicyCreate, lease)
  const { id: objectId } = await invoke(kernel, actor, securityGroupCreate, { name: 'lent' })
  const rules = { objectType: 'securityGroup', objectId, target: 'p9' } as const
  await invoke(kernel, actor, rbacPolicyCreate, rules)
  const policy = await invoke(kernel, actor, qosPolicyCreate, { name: 'slow' })
  const qosPolicyId = policy.id
  const slow = { objectType: 'qosPolicy', objectId: qosPolicyId, target: 'p9' } as const
  await invoke(kernel, actor, rbacPolicyCreate, slow)
  const inner = await invoke(kernel, actor, networkCreate, { name: 'inner', qosPolicyId })
  const cut = { networkId: inner.id, subnetPoolId, prefixLength: 24 }
  await invoke(kernel, actor, subnetCreate, cut)
  await configureNow(kernel)
  const addressGroupId = addressGroup.id
  const ids = {
    addressGroupId,
    qosPolicyId,
    outsideId: outside.id,
    outerSubnetId: outer.id,
    routerId: router.id,
  }
  return {
    ...ids,
    gatewayPortId: router.externalGateway?.portId as string,
    floatingId: floating.id,
  }
}
