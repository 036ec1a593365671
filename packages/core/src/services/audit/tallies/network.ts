import { addressKind, originOf, subnetIdOf } from '../../../model/network/address.ts'
import { networkKind } from '../../../model/network/network.ts'
import { portKind } from '../../../model/network/port.ts'
import { securityGroupKind, securityGroupRuleKind } from '../../../model/network/security-group.ts'
import { subnetKind } from '../../../model/network/subnet.ts'
import { groupScope, networkScope, subnetScope } from '../../network/counters.ts'
import { opened, type Tally, tallyPart } from '../rule.ts'

/** What a network counts by the project of its ports: those that are not its own are foreign. */
export const portsOfProject = '#ports of '

/** Ports on a network. */
export const networkTally: Tally = {
  prefix: 'network:',
  parts: [
    tallyPart(networkKind, ({ id }) => opened(networkScope(id), 'ports')),
    tallyPart(portKind, ({ networkId, projectId }) => {
      const scope = networkScope(networkId)
      return [
        { scope, name: 'ports', amount: 1 },
        { scope, name: `${portsOfProject}${projectId}`, amount: 1 },
      ]
    }),
  ],
}

/** Addresses of a subnet that are held. */
export const subnetTally: Tally = {
  prefix: 'subnet:',
  parts: [
    tallyPart(subnetKind, ({ id }) => opened(subnetScope(id), 'addresses', 'outside')),
    tallyPart(addressKind, (row) => {
      if (row.portId === null) return []
      const scope = subnetScope(subnetIdOf(row))
      return [{ scope, name: originOf(row) === 'o' ? 'outside' : 'addresses', amount: 1 }]
    }),
  ],
}

/** Rules of a security group, its ports, and rules of others that refer to it. */
export const securityGroupTally: Tally = {
  prefix: 'securityGroup:',
  parts: [
    tallyPart(securityGroupKind, ({ id }) =>
      opened(groupScope(id), 'ports', 'references', 'rules'),
    ),
    tallyPart(portKind, ({ securityGroupIds }) =>
      securityGroupIds.map((id) => ({ scope: groupScope(id), name: 'ports', amount: 1 })),
    ),
    tallyPart(securityGroupRuleKind, ({ groupId, remoteGroupId }) => {
      const own = { scope: groupScope(groupId), name: 'rules', amount: 1 }
      if (remoteGroupId === null || remoteGroupId === groupId) return [own]
      return [own, { scope: groupScope(remoteGroupId), name: 'references', amount: 1 }]
    }),
  ],
}
