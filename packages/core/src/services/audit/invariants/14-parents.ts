import { type Attachment, attachmentKind } from '../../../model/block/attachment.ts'
import { poolKind } from '../../../model/block/pool.ts'
import { backupKind } from '../../../model/block/backup.ts'
import { groupSnapshotKind, groupTypeKind, volumeGroupKind } from '../../../model/block/group.ts'
import { transferKind } from '../../../model/block/transfer.ts'
import { snapshotKind } from '../../../model/block/snapshot.ts'
import { qosKind, volumeTypeAccessKind, volumeTypeKind } from '../../../model/block/volume-type.ts'
import { volumeKind } from '../../../model/block/volume.ts'
import { aggregateKind } from '../../../model/compute/aggregate.ts'
import { flavorAccessKind, flavorKind } from '../../../model/compute/flavor.ts'
import { hostKind } from '../../../model/compute/host.ts'
import { migrationKind } from '../../../model/compute/migration.ts'
import { serverBatchKind } from '../../../model/compute/server-batch.ts'
import { serverGroupKind } from '../../../model/compute/server-group.ts'
import { serverKind } from '../../../model/compute/server.ts'
import { domainKind } from '../../../model/identity/domain.ts'
import { projectKind } from '../../../model/identity/project.ts'
import { roleAssignmentKind } from '../../../model/identity/role-assignment.ts'
import { userKind } from '../../../model/identity/user.ts'
import { imageKind } from '../../../model/image/image.ts'
import { imageMemberKind } from '../../../model/image/member.ts'
import { networkKind } from '../../../model/network/network.ts'
import { heldIps, portKind, serverDeviceOwner } from '../../../model/network/port.ts'
import { securityGroupKind, securityGroupRuleKind } from '../../../model/network/security-group.ts'
import { subnetKind } from '../../../model/network/subnet.ts'
import { isGone } from '../../image/access.ts'
import { objectParentRules } from '../object-rules.ts'
import { placementPointers } from '../placement-rules.ts'
import { balancerPointers } from '../balancer-rules.ts'
import { identityPointers } from '../identity-rules.ts'
import { shareParentRules } from '../share-rules.ts'
import { pointerRule } from '../pointer.ts'
import { routingPointers } from '../routing-rules.ts'
import { stackPointers } from '../stack-rules.ts'
import type { Invariant } from '../rule.ts'

export const parents: Invariant = {
  number: 14,
  title: 'What refers to something deleted does not exist.',
  cause:
    'A deletion and a new use of the same thing both committed. What is left behind can be ' +
    'neither used nor, sometimes, deleted.',
  rules: [
    ...objectParentRules,
    ...shareParentRules,
    pointerRule(projectKind, domainKind, (row) => row.domainId),
    pointerRule(projectKind, projectKind, (row) => row.parentId, { place: 'parent' }),
    pointerRule(userKind, domainKind, (row) => row.domainId),
    pointerRule(roleAssignmentKind, userKind, (row) => row.userId),
    pointerRule(roleAssignmentKind, projectKind, (row) =>
      row.targetType === 'project' ? row.targetId : null,
    ),
    pointerRule(roleAssignmentKind, domainKind, (row) =>
      row.targetType === 'domain' ? row.targetId : null,
    ),
    ...identityPointers,
    pointerRule(imageMemberKind, imageKind, (row) => row.imageId, { alive: (row) => !isGone(row) }),
    pointerRule(flavorAccessKind, flavorKind, (row) => row.flavorId),
    pointerRule(hostKind, aggregateKind, (row) => row.aggregateIds),
    pointerRule(serverKind, serverGroupKind, (row) => row.groupId),
    pointerRule(serverKind, serverBatchKind, (row) => row.batchId),
    pointerRule(serverKind, migrationKind, (row) => row.migrationId ?? null, {
      alive: (row) => row.endedAt === null,
    }),
    pointerRule(migrationKind, serverKind, (row) => (row.endedAt === null ? row.serverId : null), {
      alive: (row) => row.migrationId !== undefined,
    }),
    pointerRule(subnetKind, networkKind, (row) => row.networkId),
    pointerRule(networkKind, subnetKind, (row) => row.subnetIds),
    pointerRule(portKind, networkKind, (row) => row.networkId),
    pointerRule(portKind, subnetKind, (row) => heldIps(row).map(({ subnetId }) => subnetId)),
    pointerRule(portKind, securityGroupKind, (row) => row.securityGroupIds),
    pointerRule(portKind, serverKind, (row) =>
      row.deviceOwner === serverDeviceOwner ? row.deviceId : null,
    ),
    pointerRule(volumeKind, poolKind, (row) => row.poolId),
    pointerRule(volumeKind, volumeTypeKind, (row) => row.typeId),
    pointerRule(volumeKind, projectKind, (row) => row.projectId),
    pointerRule(snapshotKind, volumeKind, (row) => row.volumeId),
    pointerRule(snapshotKind, poolKind, (row) => row.poolId),
    pointerRule(backupKind, backupKind, (row) => row.parentId, { place: 'parent' }),
    pointerRule(volumeKind, backupKind, (row) => row.order?.backupId ?? null),
    pointerRule(volumeKind, transferKind, (row) => row.order?.transferId ?? null),
    pointerRule(transferKind, volumeKind, (row) => row.volumeId),
    pointerRule(volumeKind, volumeGroupKind, (row) => row.groupId),
    pointerRule(volumeGroupKind, groupTypeKind, (row) => row.groupTypeId),
    pointerRule(groupSnapshotKind, volumeGroupKind, (row) => row.groupId),
    pointerRule(serverKind, attachmentKind, (row) => row.attachmentIds ?? []),
    // What is being detached no longer needs its server.
    pointerRule(attachmentKind, serverKind, (row) => (isHeld(row) ? row.serverId : null)),
    pointerRule(volumeTypeKind, qosKind, (row) => row.qosId),
    pointerRule(volumeTypeAccessKind, volumeTypeKind, (row) => row.typeId),
    ...routingPointers,
    pointerRule(securityGroupRuleKind, securityGroupKind, (row) => row.groupId),
    pointerRule(securityGroupRuleKind, securityGroupKind, (row) => row.remoteGroupId, {
      place: 'remote-group',
    }),
    ...balancerPointers,
    ...placementPointers,
    ...stackPointers,
  ],
}

function isHeld({ status }: Attachment): boolean {
  return status !== 'detaching' && status !== 'error_detaching'
}
