import { Writes } from '../src/commit/writes.ts'
import { addressGroupKind } from '../src/model/network/address-group.ts'
import { addressKind, fixedIpId, heldTurn } from '../src/model/network/address.ts'
import {
  type FloatingIp,
  floatingIpKind,
  type FloatingIpTarget,
} from '../src/model/network/floating-ip.ts'
import { type Network, networkKind } from '../src/model/network/network.ts'
import { portKind } from '../src/model/network/port.ts'
import { qosPolicyKind } from '../src/model/network/qos-policy.ts'
import { rbacObjectTypes, rbacPolicyKind } from '../src/model/network/rbac-policy.ts'
import { type RouterGateway, routerKind, subnetRouterKind } from '../src/model/network/router.ts'
import { securityGroupRuleKind } from '../src/model/network/security-group.ts'
import { subnetPoolKind } from '../src/model/network/subnet-pool.ts'
import { subnetKind } from '../src/model/network/subnet.ts'
import {
  addressGroupScope,
  externalScope,
  gatewayScope,
  groupRulesScope,
  qosScope,
  subnetRouterScope,
  subnetScope,
} from '../src/services/network/counters.ts'
import { unlimited } from '../src/services/quota.ts'
import { edit, gone, move, overcount, type Plant } from './plants.ts'

const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `x${i}`)

/** Counts the use of a QoS policy that is not there. */
const useOf = (writes: Writes): Writes =>
  writes.add({ scope: qosScope(gone), name: 'uses', add: 1, limit: unlimited })

const isPlain = ({ qosPolicyId }: Network): boolean => qosPolicyId === undefined

/** Changes what the floating IP stands for. */
const editTarget = (
  changes: Partial<FloatingIpTarget>,
  more?: (writes: Writes, row: FloatingIp) => Writes,
): Plant =>
  edit(
    floatingIpKind,
    ({ target }) => ({ target: { ...(target as FloatingIpTarget), ...changes } }),
    more,
  )

/** A floating IP of a subnet that does not exist, with its address counted there. */
const movedAway: Plant = async ({ floatingId, kernel }) => {
  const [row] = (await kernel.store.get(floatingIpKind, [floatingId])) as [FloatingIp]
  const [address] = await kernel.store.get(addressKind, [fixedIpId(row)])
  const id = fixedIpId({ subnetId: gone, address: row.address })
  const writes = new Writes().update(floatingIpKind, { ...row, subnetId: gone })
  if (address) writes.remove(addressKind, address)
  move(writes, subnetScope(row.subnetId), subnetScope(gone), 'addresses')
  return [writes.insert(addressKind, { id, portId: row.id, turn: heldTurn(gone, 's') })]
}

/** How to break each rule about routers and floating IPs, and no other invariant. */
export const routingPlants: Readonly<Record<number, Readonly<Record<string, Plant>>>> = {
  3: {
    'externalNetwork-counters': overcount(({ outsideId }) => externalScope(outsideId), 'uses'),
    'subnetRouter-counters': overcount(
      ({ routerId, subnetId }) => subnetRouterScope(subnetId, routerId),
      'floatingIps',
    ),
    'routerGateway-counters': overcount(
      ({ gatewayPortId }) => gatewayScope(gatewayPortId),
      'floatingIps',
    ),
    'securityGroupRules-counters': overcount(({ groupId }) => groupRulesScope(groupId), 'sum'),
    'addressGroup-counters': overcount(
      ({ addressGroupId }) => addressGroupScope(addressGroupId),
      'references',
    ),
    'qosPolicy-counters': overcount(({ qosPolicyId }) => qosScope(qosPolicyId), 'uses'),
  },
  9: {
    'floating-addresses': edit(
      portKind,
      () => ({ floatingIpIds: [] }),
      undefined,
      ({ floatingIpIds }) => floatingIpIds !== undefined,
    ),
    'subnetPool-blocks': edit(subnetPoolKind, ({ allocations }) => ({
      allocations: [...allocations, ...allocations],
    })),
  },
  14: {
    'network-qosPolicy': edit(networkKind, () => ({ qosPolicyId: gone }), useOf, isPlain),
    'port-qosPolicy': edit(portKind, () => ({ qosPolicyId: gone }), useOf),
    'router-port': edit(routerKind, () => ({ leaving: [gone] })),
    'router-subnet': edit(routerKind, ({ interfaces }) => ({
      interfaces: interfaces.map((one) => ({ ...one, subnetId: gone })),
    })),
    'router-subnetRouter': edit(routerKind, ({ interfaces }, { outerSubnetId }) => ({
      interfaces: interfaces.flatMap((one) => [one, { ...one, subnetId: outerSubnetId }]),
    })),
    'router-network': edit(
      routerKind,
      ({ externalGateway }) => ({
        externalGateway: { ...(externalGateway as RouterGateway), networkId: gone },
      }),
      (writes, _, { outsideId }) =>
        move(writes, externalScope(outsideId), externalScope(gone), 'uses'),
    ),
    'subnetRouter-router': ({ portId, subnetId }) => {
      const counter = { scope: subnetRouterScope(subnetId, gone), name: 'floatingIps' }
      const row = { id: `${subnetId}/${gone}`, portId }
      return [new Writes().insert(subnetRouterKind, row).limit({ ...counter, limit: unlimited })]
    },
    'port-router': edit(portKind, () => ({
      deviceId: gone,
      deviceOwner: 'network:router_interface',
    })),
    'port-floatingIp': edit(portKind, ({ floatingIpIds = [] }) => ({
      floatingIpIds: [...floatingIpIds, gone],
    })),
    'subnet-subnetPool': edit(subnetKind, () => ({ subnetPoolId: gone })),
    'subnetPool-subnet': edit(subnetPoolKind, ({ allocations }) => ({
      allocations: allocations.map((one) => ({ ...one, subnetId: gone })),
    })),
    ...Object.fromEntries(
      rbacObjectTypes.map((type): [string, Plant] => [
        `rbacPolicy-${type}`,
        edit(
          rbacPolicyKind,
          () => ({ objectId: gone }),
          undefined,
          ({ objectType }) => objectType === type,
        ),
      ]),
    ),
    'securityGroupRule-addressGroup': edit(
      securityGroupRuleKind,
      () => ({ remoteAddressGroupId: gone }),
      (writes) =>
        writes.add({
          ...{ scope: addressGroupScope(gone), name: 'references' },
          ...{ add: 1, limit: unlimited },
        }),
    ),
    'floatingIp-subnet': movedAway,
    'floatingIp-port': editTarget({ portId: gone }),
    'floatingIp-router': editTarget({ routerId: gone }, (writes, { target }) => {
      const { fixedIp, routerId } = target as FloatingIpTarget
      const scopeOf = (id: string): string => subnetRouterScope(fixedIp.subnetId, id)
      return move(writes, scopeOf(routerId), scopeOf(gone), 'floatingIps')
    }),
  },
  16: {
    'router-state': edit(routerKind, () => ({ status: 'odd' as 'ACTIVE' })),
    'floatingIp-state': edit(floatingIpKind, ({ generation }) => ({ observed: generation + 1 })),
  },
  17: {
    'configure-work': edit(routerKind, ({ generation }) => ({ generation: generation + 1 })),
  },
  32: {
    'router-limits': edit(routerKind, () => ({
      routes: many(31).map((destination) => ({ destination, nexthop: '10.0.0.9' })),
    })),
    'qosPolicy-limits': edit(qosPolicyKind, () => ({
      rules: many(6).map((id) => ({ id, type: 'dscpMarking' as const, dscpMark: 0 })),
    })),
    'addressGroup-limits': edit(addressGroupKind, () => ({ addresses: many(1_001) })),
    'subnetPool-limits': edit(subnetPoolKind, () => ({
      prefixes: many(65).map((_, index) => `198.18.${index}.0/24`),
    })),
    'floatingIp-limits': edit(floatingIpKind, () => ({ tags: many(51) })),
  },
}
