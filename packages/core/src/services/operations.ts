import {
  aggregateAddHosts,
  aggregateHosts,
  aggregateRemoveHosts,
} from './compute/aggregate-hosts.ts'
import {
  aggregateCreate,
  aggregateDelete,
  aggregateGet,
  aggregateList,
  aggregateSetMetadata,
  aggregateUpdate,
} from './compute/aggregate.ts'
import { capacityAsk } from './compute/capacity-ask.ts'
import { fleetDefragment } from './compute/defragment.ts'
import { flavorAccessGrant, flavorAccessList, flavorAccessRevoke } from './compute/flavor-access.ts'
import {
  flavorCreate,
  flavorDelete,
  flavorGet,
  flavorList,
  flavorUpdate,
} from './compute/flavor.ts'
import { hostDrain } from './compute/host-drain.ts'
import { hostUpdate } from './compute/host-update.ts'
import { capacityGet, hostServers, hostUsage } from './compute/host-usage.ts'
import { hostCreate, hostDelete, hostGet, hostList } from './compute/host.ts'
import { keyPairCreate, keyPairDelete, keyPairGet, keyPairList } from './compute/key-pair.ts'
import {
  serverPause,
  serverReboot,
  serverRebootHard,
  serverRebuild,
  serverStart,
  serverStop,
  serverUnpause,
} from './compute/server-actions.ts'
import { serverCreate } from './compute/server-create.ts'
import { serverDelete, serverForceDelete } from './compute/server-delete.ts'
import {
  serverGroupCreate,
  serverGroupDelete,
  serverGroupGet,
  serverGroupList,
  serverGroupMembers,
} from './compute/server-group.ts'
import {
  serverAddTags,
  serverDeleteMetadata,
  serverLock,
  serverMergeMetadata,
  serverRemoveTags,
  serverReplaceMetadata,
  serverReplaceTags,
  serverUnlock,
  serverUpdate,
} from './compute/server-metadata.ts'
import {
  serverActionList,
  serverBatchGet,
  serverBatchProgress,
  serverCount,
  serverGet,
  serverList,
} from './compute/server-read.ts'
import {
  serverConfirmResize,
  serverResize,
  serverRevertResize,
} from './compute/server-resize-op.ts'
import { zoneList } from './compute/zone.ts'
import {
  domainCreate,
  domainDelete,
  domainGet,
  domainList,
  domainUpdate,
} from './identity/domain.ts'
import {
  projectCreate,
  projectDelete,
  projectEnsure,
  projectGet,
  projectList,
  projectUpdate,
} from './identity/project.ts'
import { quotaDefaults, quotaGet, quotaSet } from './identity/quota.ts'
import { roleAssign, roleAssignmentList, roleList, roleUnassign } from './identity/role.ts'
import {
  userCreate,
  userDelete,
  userGet,
  userList,
  userSetPassword,
  userUpdate,
} from './identity/user.ts'
import { imageDelete } from './image/delete.ts'
import {
  imageCreate,
  imageDeactivate,
  imageGet,
  imageReactivate,
  imageUpdate,
} from './image/image.ts'
import { imageList } from './image/list.ts'
import {
  imageMemberCreate,
  imageMemberDelete,
  imageMemberGet,
  imageMemberList,
  imageMemberUpdate,
} from './image/member.ts'
import {
  networkCreate,
  networkDelete,
  networkGet,
  networkList,
  networkUpdate,
} from './network/network.ts'
import {
  portCreate,
  portCreateMany,
  portDelete,
  portGet,
  portList,
  portUpdate,
} from './network/port.ts'
import {
  securityGroupCreate,
  securityGroupDelete,
  securityGroupGet,
  securityGroupList,
  securityGroupUpdate,
} from './network/security-group.ts'
import {
  securityRuleCreate,
  securityRuleCreateMany,
  securityRuleDelete,
  securityRuleGet,
  securityRuleList,
} from './network/security-rule.ts'
import {
  subnetCreate,
  subnetDelete,
  subnetGet,
  subnetList,
  subnetUpdate,
} from './network/subnet.ts'
import type { OperationRow } from './operation.ts'

/** Every operation of every service, as a table: transports, tests and docs read it. */
export const operations: readonly OperationRow[] = Object.freeze([
  aggregateAddHosts,
  aggregateRemoveHosts,
  aggregateHosts,
  aggregateCreate,
  aggregateGet,
  aggregateList,
  aggregateUpdate,
  aggregateSetMetadata,
  aggregateDelete,
  flavorAccessGrant,
  flavorAccessRevoke,
  flavorAccessList,
  flavorCreate,
  flavorGet,
  flavorList,
  flavorUpdate,
  flavorDelete,
  hostUpdate,
  hostUsage,
  hostServers,
  capacityGet,
  capacityAsk,
  hostDrain,
  fleetDefragment,
  hostCreate,
  hostGet,
  hostList,
  hostDelete,
  keyPairCreate,
  keyPairGet,
  keyPairList,
  keyPairDelete,
  serverStart,
  serverStop,
  serverPause,
  serverUnpause,
  serverReboot,
  serverRebootHard,
  serverRebuild,
  serverCreate,
  serverDelete,
  serverForceDelete,
  serverGroupCreate,
  serverGroupGet,
  serverGroupList,
  serverGroupMembers,
  serverGroupDelete,
  serverUpdate,
  serverReplaceMetadata,
  serverMergeMetadata,
  serverDeleteMetadata,
  serverReplaceTags,
  serverAddTags,
  serverRemoveTags,
  serverLock,
  serverUnlock,
  serverGet,
  serverList,
  serverCount,
  serverActionList,
  serverBatchGet,
  serverBatchProgress,
  serverResize,
  serverConfirmResize,
  serverRevertResize,
  zoneList,
  domainCreate,
  domainGet,
  domainList,
  domainUpdate,
  domainDelete,
  projectCreate,
  projectEnsure,
  projectGet,
  projectList,
  projectUpdate,
  projectDelete,
  quotaGet,
  quotaSet,
  quotaDefaults,
  roleList,
  roleAssign,
  roleUnassign,
  roleAssignmentList,
  userCreate,
  userGet,
  userList,
  userUpdate,
  userSetPassword,
  userDelete,
  imageDelete,
  imageCreate,
  imageGet,
  imageUpdate,
  imageDeactivate,
  imageReactivate,
  imageList,
  imageMemberCreate,
  imageMemberUpdate,
  imageMemberGet,
  imageMemberList,
  imageMemberDelete,
  networkCreate,
  networkGet,
  networkList,
  networkUpdate,
  networkDelete,
  portCreate,
  portCreateMany,
  portGet,
  portList,
  portUpdate,
  portDelete,
  securityGroupCreate,
  securityGroupGet,
  securityGroupList,
  securityGroupUpdate,
  securityGroupDelete,
  securityRuleCreate,
  securityRuleCreateMany,
  securityRuleGet,
  securityRuleList,
  securityRuleDelete,
  subnetCreate,
  subnetGet,
  subnetList,
  subnetUpdate,
  subnetDelete,
])
