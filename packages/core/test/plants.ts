import type { WholeCloud } from './whole-cloud.ts'
import { Writes } from '../src/commit/writes.ts'
import { flavorAccessKind } from '../src/model/compute/flavor.ts'
import { hostKind } from '../src/model/compute/host.ts'
import { migrationKind } from '../src/model/compute/migration.ts'
import { groupScope as serverGroupScope } from '../src/model/compute/server-group.ts'
import { serverKind } from '../src/model/compute/server.ts'
import { projectKind } from '../src/model/identity/project.ts'
import { roleAssignmentKind } from '../src/model/identity/role-assignment.ts'
import { userKind } from '../src/model/identity/user.ts'
import { imageMemberKind } from '../src/model/image/member.ts'
import type { Kind, Stored } from '../src/model/kind.ts'
import { addressKind, fixedIpId, heldTurn } from '../src/model/network/address.ts'
import { networkKind } from '../src/model/network/network.ts'
import { portKind } from '../src/model/network/port.ts'
import { securityGroupRuleKind } from '../src/model/network/security-group.ts'
import { subnetKind } from '../src/model/network/subnet.ts'
import { aggregateHostsScope, aggregateScope } from '../src/services/compute/host-counters.ts'
import { groupMembersScope } from '../src/services/compute/server-group.ts'
import {
  groupRulesScope,
  groupScope,
  networkScope,
  subnetScope,
} from '../src/services/network/counters.ts'
import { ruleMark } from '../src/services/network/rule-change.ts'
import { unlimited } from '../src/services/quota.ts'

export type Plant = (cloud: WholeCloud) => Writes[] | Promise<Writes[]>

/** Changes the first row of a kind that fits. */
export function edit<T extends Stored>(
  kind: Kind<T>,
  changes: (row: T, cloud: WholeCloud) => Partial<T>,
  more: (writes: Writes, row: T, cloud: WholeCloud) => Writes = (writes) => writes,
  fits: (row: T) => boolean = () => true,
): Plant {
  return async (cloud) => {
    const rows = await cloud.kernel.store.query(kind, { limit: 100 })
    const row = rows.find(fits) as T
    return [more(new Writes().update(kind, { ...row, ...changes(row, cloud) }), row, cloud)]
  }
}

/** Moves a count from one scope to that of something that does not exist. */
export function move(writes: Writes, from: string, to: string, name: string): Writes {
  return writes
    .add({ scope: from, name, add: -1 })
    .add({ scope: to, name, add: 1, limit: unlimited })
}

/** Counts one too many. */
export function overcount(scopeOf: (cloud: WholeCloud) => string, name: string): Plant {
  return (cloud) => [new Writes().add({ scope: scopeOf(cloud), name, add: 1, limit: unlimited })]
}

export const gone = 'gone'
export const references = 'references'

/** Pointers to what does not exist, with everything counted as if it did. */
export const parentPlants: Readonly<Record<string, Plant>> = {
  'project-domain': edit(
    projectKind,
    () => ({ domainId: gone }),
    (writes) => move(writes, 'domain:default', 'domain:gone', references),
  ),
  'project-parent': edit(
    projectKind,
    () => ({ parentId: gone }),
    (writes, row) => move(writes, `project:${row.parentId}`, 'project:gone', references),
    ({ parentId }) => parentId !== null,
  ),
  'user-domain': edit(
    userKind,
    () => ({ domainId: gone }),
    (writes) => move(writes, 'domain:default', 'domain:gone', references),
  ),
  'roleAssignment-user': edit(
    roleAssignmentKind,
    () => ({ userId: gone }),
    (writes, row) => move(writes, `user:${row.userId}`, 'user:gone', references),
  ),
  'roleAssignment-project': edit(
    roleAssignmentKind,
    () => ({ targetId: gone }),
    (writes, row) => move(writes, `project:${row.targetId}`, 'project:gone', references),
    ({ targetType }) => targetType === 'project',
  ),
  'roleAssignment-domain': edit(
    roleAssignmentKind,
    () => ({ targetId: gone }),
    (writes, row) => move(writes, `domain:${row.targetId}`, 'domain:gone', references),
    ({ targetType }) => targetType === 'domain',
  ),
  'imageMember-image': edit(imageMemberKind, () => ({ imageId: gone })),
  'flavorAccess-flavor': edit(flavorAccessKind, () => ({ flavorId: gone })),
  'host-aggregate': edit(
    hostKind,
    () => ({ aggregateIds: [gone] }),
    (writes, { id }, { aggregateId }) => {
      move(writes, aggregateScope(aggregateId), aggregateScope(gone), 'hosts')
      const from = { scope: aggregateHostsScope(aggregateId), name: id, add: -1 }
      const to = { scope: aggregateHostsScope(gone), name: id, add: 1, limit: 1 }
      return writes.add({ ...from, transient: true }).add(to)
    },
  ),
  'server-serverGroup': edit(
    serverKind,
    () => ({ groupId: gone }),
    (writes, { hostId }) =>
      writes
        .add({ scope: serverGroupScope(gone), name: hostId, add: 1, limit: 1 })
        .add({ scope: groupMembersScope(gone), name: 'members', add: 1, limit: 1 }),
    ({ groupId }) => groupId === null,
  ),
  'server-serverBatch': edit(serverKind, () => ({ batchId: gone })),
  'server-migration': edit(serverKind, () => ({ migrationId: gone })),
  'migration-server': () => [
    new Writes().insert(migrationKind, {
      ...{ id: 'm', number: 1, type: 'resize', serverId: gone, projectId: 'p', userId: 'u' },
      ...{ fromHost: 'a', toHost: 'b', fromFlavorId: 'f', toFlavorId: 'g', createdAt: 1 },
      ...{ endedAt: null, outcome: null },
    }),
  ],
  'subnet-network': edit(subnetKind, () => ({ networkId: gone })),
  'network-subnet': edit(networkKind, ({ subnetIds }) => ({ subnetIds: [...subnetIds, gone] })),
  'port-network': edit(
    portKind,
    () => ({ networkId: gone }),
    (writes, row) => move(writes, networkScope(row.networkId), networkScope(gone), 'ports'),
  ),
  'port-subnet': edit(
    portKind,
    ({ fixedIps }) => ({ fixedIps: [...fixedIps, { subnetId: gone, address: '10.0.0.9' }] }),
    (writes, { id }) => {
      const address = fixedIpId({ subnetId: gone, address: '10.0.0.9' })
      const counter = { scope: subnetScope(gone), limit: 1 }
      return writes
        .insert(addressKind, { id: address, portId: id, turn: heldTurn(gone, 's') })
        .add({ ...counter, name: 'addresses', add: 1 })
    },
  ),
  'port-securityGroup': edit(
    portKind,
    () => ({ securityGroupIds: [gone] }),
    (writes, _, { groupId }) => move(writes, groupScope(groupId), groupScope(gone), 'ports'),
  ),
  'port-server': edit(portKind, () => ({ deviceId: gone, deviceOwner: 'compute:nova' })),
  'securityGroupRule-securityGroup': edit(
    securityGroupRuleKind,
    () => ({ groupId: gone }),
    (writes, row) => {
      move(writes, groupScope(row.groupId), groupScope(gone), 'rules')
      const [from, to] = [groupRulesScope(row.groupId), groupRulesScope(gone)]
      const sum = ruleMark(row.id)
      writes.add({ scope: from, name: 'sum', add: -sum })
      writes.add({ scope: to, name: 'sum', add: sum, limit: unlimited })
      return move(writes, from, to, 'rules')
    },
    ({ remoteGroupId }) => remoteGroupId === null,
  ),
  'securityGroupRule-remote-group': edit(
    securityGroupRuleKind,
    () => ({ remoteGroupId: gone }),
    (writes, _, { groupId }) => move(writes, groupScope(groupId), groupScope(gone), references),
    ({ groupId, remoteGroupId }) => remoteGroupId !== null && remoteGroupId !== groupId,
  ),
}
