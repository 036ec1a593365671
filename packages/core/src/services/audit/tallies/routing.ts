import { addressGroupKind } from '../../../model/network/address-group.ts'
import { floatingIpKind, floatingIpTargets } from '../../../model/network/floating-ip.ts'
import { type Network, networkKind } from '../../../model/network/network.ts'
import { type Port, portKind } from '../../../model/network/port.ts'
import { qosPolicyKind } from '../../../model/network/qos-policy.ts'
import { routerKind, subnetRouterKind } from '../../../model/network/router.ts'
import { securityGroupKind, securityGroupRuleKind } from '../../../model/network/security-group.ts'
import {
  addressGroupScope,
  externalScope,
  gatewayScope,
  groupRulesScope,
  qosScope,
  subnetRouterScope,
} from '../../network/counters.ts'
import { ruleMark } from '../../network/rule-change.ts'
import { opened, type Tally, tallyPart } from '../rule.ts'

/** Gateways and floating IPs on an external network. */
const externalTally: Tally = {
  prefix: 'externalNetwork:',
  parts: [
    tallyPart(networkKind, ({ external, id }) =>
      external ? opened(externalScope(id), 'uses') : [],
    ),
    tallyPart(routerKind, ({ externalGateway }) =>
      externalGateway
        ? [{ scope: externalScope(externalGateway.networkId), name: 'uses', amount: 1 }]
        : [],
    ),
    tallyPart(floatingIpKind, ({ networkId }) => [
      { scope: externalScope(networkId), name: 'uses', amount: 1 },
    ]),
  ],
}

/** Floating IPs that need a router on a subnet. */
const subnetRouterTally: Tally = {
  prefix: 'subnetRouter:',
  parts: [
    tallyPart(subnetRouterKind, ({ id }) => opened(`subnetRouter:${id}`, 'floatingIps')),
    tallyPart(floatingIpKind, (row) =>
      floatingIpTargets(row).map(({ fixedIp, routerId }) => {
        const scope = subnetRouterScope(fixedIp.subnetId, routerId)
        return { scope, name: 'floatingIps', amount: 1 }
      }),
    ),
  ],
}

/** Floating IPs that need a gateway of a router. */
const gatewayTally: Tally = {
  prefix: 'routerGateway:',
  parts: [
    tallyPart(routerKind, ({ externalGateway }) =>
      externalGateway ? opened(gatewayScope(externalGateway.portId), 'floatingIps') : [],
    ),
    tallyPart(floatingIpKind, (row) =>
      floatingIpTargets(row).map(({ gatewayPortId }) => {
        return { scope: gatewayScope(gatewayPortId), name: 'floatingIps', amount: 1 }
      }),
    ),
  ],
}

/** What the rules of a security group add up to. */
export const groupRulesTally: Tally = {
  prefix: 'securityGroupRules:',
  parts: [
    tallyPart(securityGroupKind, ({ id }) =>
      opened(groupRulesScope(id), 'rules', 'sum', 'generation'),
    ),
    tallyPart(securityGroupRuleKind, ({ groupId, id }) => {
      const scope = groupRulesScope(groupId)
      return [
        { scope, name: 'rules', amount: 1 },
        { scope, name: 'sum', amount: ruleMark(id) },
      ]
    }),
  ],
}

/** Rules that refer to an address group. */
const addressGroupTally: Tally = {
  prefix: 'addressGroup:',
  parts: [
    tallyPart(addressGroupKind, ({ id }) => opened(addressGroupScope(id), 'references')),
    tallyPart(securityGroupRuleKind, ({ remoteAddressGroupId: id }) =>
      id === null ? [] : [{ scope: addressGroupScope(id), name: 'references', amount: 1 }],
    ),
  ],
}

/** Networks and ports that have a QoS policy. */
const qosTally: Tally = {
  prefix: 'qosPolicy:',
  parts: [
    tallyPart(qosPolicyKind, ({ id }) => opened(qosScope(id), 'uses')),
    ...[networkKind, portKind].map((kind) =>
      tallyPart<Network | Port>(kind, ({ qosPolicyId: id }) =>
        id === undefined ? [] : [{ scope: qosScope(id), name: 'uses', amount: 1 }],
      ),
    ),
  ],
}

export const routingTallies: readonly Tally[] = [
  externalTally,
  subnetRouterTally,
  gatewayTally,
  addressGroupTally,
  qosTally,
]
