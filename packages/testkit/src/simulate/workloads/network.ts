import {
  networkCreate,
  networkDelete,
  networkGet,
  networkUpdate,
  portCreate,
  portDelete,
  portGet,
  portList,
  portUpdate,
  securityGroupDelete,
  securityGroupGet,
  securityGroupUpdate,
  securityRuleCreate,
  securityRuleDelete,
  securityRuleGet,
  securityRuleList,
  subnetCreate,
  subnetDelete,
  subnetGet,
  subnetList,
  subnetUpdate,
} from '@nephos/core'
import type { Tenant, Workload } from '../workload.ts'
import { commonProject } from './common.ts'
import { netActions } from './network-nets.ts'
import { networkReadActions } from './network-reads.ts'
import { groupActions } from './network-groups.ts'
import { lendingActions } from './network-lending.ts'
import { portActions } from './network-ports.ts'
import { routingActions } from './network-routing.ts'
import { probe, probing } from './probe.ts'

/** Networks that every project uses: a roomy one, and one that runs out. */
const sharedBlocks = ['10.200.0.0/16', '10.201.0.0/27']

/** Ways out of the cloud: a roomy one, and one that runs out. */
const externalBlocks = ['203.0.112.0/22', '198.51.100.0/28']

async function prepare(tenant: Tenant): Promise<void> {
  const as = tenant.operator
  const projectId = await commonProject(tenant)
  for (const cidr of projectId === undefined ? [] : sharedBlocks) {
    const input = { projectId, name: 'shared', shared: true }
    const network = await tenant.call(networkCreate, input, { as })
    if (network.end !== 'ok') continue
    const networkId = network.answer.id
    const subnet = await tenant.call(subnetCreate, { networkId, cidr }, { as })
    if (subnet.end !== 'ok') continue
    tenant.common.add('shared network', networkId)
    tenant.common.add('shared subnet', subnet.answer.id)
  }
  for (const cidr of projectId === undefined ? [] : externalBlocks) {
    const input = { projectId, name: 'outside', external: true }
    const network = await tenant.call(networkCreate, input, { as })
    if (network.end !== 'ok') continue
    await tenant.call(subnetCreate, { networkId: network.answer.id, cidr }, { as })
    tenant.common.add('external network', network.answer.id)
  }
}

export const networkWorkload: Workload = {
  service: 'network',
  prepare,
  actions: [
    ...netActions,
    ...portActions,
    ...groupActions,
    ...routingActions,
    ...networkReadActions,
    probing('networks', 2, [
      probe('network', networkGet),
      probe('network', networkUpdate, (id) => ({ id, name: 'mine' })),
      probe('network', networkDelete),
      probe('network', subnetCreate, (networkId) => ({ networkId, cidr: '10.77.0.0/24' })),
      probe('network', portCreate, (networkId) => ({ networkId })),
      probe('network', subnetList, (networkId) => ({ networkId })),
      probe('subnet', subnetGet),
      probe('subnet', subnetUpdate, (id) => ({ id, name: 'mine' })),
      probe('subnet', subnetDelete),
    ]),
    probing('ports and security groups', 2, [
      probe('port', portGet),
      probe('port', portUpdate, (id) => ({ id, name: 'mine' })),
      probe('port', portDelete, (id) => ({ ids: [id] })),
      probe('security group', portList, (securityGroupId) => ({ securityGroupId })),
      probe('security group', securityGroupGet),
      probe('security group', securityGroupUpdate, (id) => ({ id, name: 'mine' })),
      probe('security group', securityGroupDelete),
      probe('security group', securityRuleList, (groupId) => ({ groupId })),
      probe('security group', securityRuleCreate, (groupId) => ({ groupId, direction: 'ingress' })),
      probe('security rule', securityRuleGet),
      probe('security rule', securityRuleDelete, (id) => ({ ids: [id] })),
    ]),
    ...lendingActions,
  ],
}
