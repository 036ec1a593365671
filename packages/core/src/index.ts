export { CloudError, errorCodes, isCloudError, throwIfAborted } from './base/errors.ts'
export type { CloudErrorOptions, ErrorCode, Retry } from './base/errors.ts'
export { defineKind } from './model/kind.ts'
export type { Draft, IndexSpec, Kind, Stored } from './model/kind.ts'
export type { Bus } from './ports/bus.ts'
export type { Clock } from './ports/clock.ts'
export type { GuestPower, GuestReport, GuestTarget, Hypervisor } from './ports/hypervisor.ts'
export type { NetworkDriver, PortReport, PortTarget } from './ports/network-driver.ts'
export type { Random } from './ports/random.ts'
export { changeBody, counterKey, mergeAdds } from './ports/store-batch.ts'
export type { ChangeBody, CounterName } from './ports/store-batch.ts'
export {
  afterPrefix,
  compareIndexValues,
  compareRecords,
  compareText,
} from './ports/store-order.ts'
export { fieldOf, plainValue, uniqueKey } from './ports/store-order.ts'
export {
  checkBatches,
  checkEquals,
  checkInteger,
  checkKey,
  checkKeys,
} from './ports/store-rules.ts'
export { checkLookup, checkPage, checkQuery, indexOf, kindsByName } from './ports/store-rules.ts'
export { openedKind, storeLimits } from './ports/store-rules.ts'
export type { Change, Conflict, Counter, CounterAdd, CounterConflict } from './ports/store.ts'
export type { CounterLimit, IndexValue, KindWrites, Query, Store } from './ports/store.ts'
export type { StoreCapabilities, StoreStats, WriteBatch, WriteResult } from './ports/store.ts'
export type { Attributes, Logger, LogLevel, Meter, Telemetry, Tracer } from './ports/telemetry.ts'
export type { FenceBounds } from './reference/fences.ts'
export { MemoryBus } from './reference/memory-bus.ts'
export { memoryStore } from './reference/memory-store.ts'
export { SeededRandom } from './reference/seeded-random.ts'
export type { Delay } from './reference/simulated-delay.ts'
export { faultKinds } from './reference/simulated-faults.ts'
export type { FaultFilter, FaultKind } from './reference/simulated-faults.ts'
export { SimulatedFleet } from './reference/simulated-fleet.ts'
export type { SimulatedFleetOptions } from './reference/simulated-fleet.ts'
export type { FleetStats, SimulatedGuest } from './reference/simulated-hosts.ts'
export { SimulatedNetwork } from './reference/simulated-network.ts'
export type { SimulatedNetworkOptions, SimulatedPort } from './reference/simulated-network.ts'
export { VirtualClock } from './reference/virtual-clock.ts'

// Everything below: the control plane, its operations and what they answer.
export { limits } from './base/limits.ts'
export { CommitConflict, Committer } from './commit/committer.ts'
export { Writes } from './commit/writes.ts'
export { ControlPlane } from './control-plane.ts'
export type { OpenOptions, Ports } from './control-plane.ts'
export type { Kernel, Settings } from './kernel.ts'
export { allocationKind, hostScope } from './model/compute/allocation.ts'
export type { Allocation } from './model/compute/allocation.ts'
export { hostCapacity, hostKind } from './model/compute/host.ts'
export type { Host, Inventory } from './model/compute/host.ts'
export { batchOutcomes, batchScope, serverBatchKind } from './model/compute/server-batch.ts'
export type { BatchOutcome, ServerBatch } from './model/compute/server-batch.ts'
export { actionAllowed, serverStatus, serverTasks, vmStates } from './model/compute/server-state.ts'
export type { ServerStatus, ServerTask, VmState } from './model/compute/server-state.ts'
export { serverKind } from './model/compute/server.ts'
export type { Server, ServerAction, ServerFault, ServerFlavor } from './model/compute/server.ts'
export { defaultDomainId } from './model/identity/domain.ts'
export type { Project } from './model/identity/project.ts'
export { addressKind } from './model/network/address.ts'
export { portKind } from './model/network/port.ts'
export type { Port } from './model/network/port.ts'
export { workKind, workTopic } from './model/work/work.ts'
export type { Work } from './model/work/work.ts'
export { placementPolicies } from './model/compute/placement-policy.ts'
export type { PlacementPolicy } from './model/compute/placement-policy.ts'
export type { Digest, DigestAlgorithm, DigestStream } from './ports/digest.ts'
export type { Ids } from './ports/ids.ts'
export type { ImageStore } from './ports/image-store.ts'
export type { PasswordHasher } from './ports/passwords.ts'
export { refusalReasons } from './ports/scheduler.ts'
export type { Assignment, Claim, Explanation, FleetCapacity } from './ports/scheduler.ts'
export type { GroupRule, HostToEmpty, HostView, InstanceAsk } from './ports/scheduler.ts'
export type { MovableClaim, PlacementAnswer, PlacementAsk } from './ports/scheduler.ts'
export type { PlanAnswer, PlanAsk, PlannedMove, RefusalReason } from './ports/scheduler.ts'
export type { Resources, Scheduler, StuckClaim } from './ports/scheduler.ts'
export { MemoryImageStore } from './reference/memory-image-store.ts'
export { nodeDigest } from './reference/node-digest.ts'
export { ScryptPasswords } from './reference/scrypt-passwords.ts'
export { silentTelemetry } from './reference/silent-telemetry.ts'
export { TimeIds } from './reference/time-ids.ts'
export { kinds } from './services/index.ts'
export { audit } from './services/audit/audit.ts'
export type { Checker, Finding } from './services/audit/finding.ts'
export type { Actor, CallOptions } from './services/call.ts'
export { watchBatch } from './services/compute/batch-watch.ts'
export type { BatchProgress, ServerBatchView, ServerView } from './services/compute/server-view.ts'
export { resolveActor } from './services/identity/actor.ts'
export type { ActorScope } from './services/identity/actor.ts'
export { authenticatePassword } from './services/identity/authenticate.ts'
export { downloadImage } from './services/image/download.ts'
export type { ImageDownload, ImageDownloadInput } from './services/image/download.ts'
export { uploadImage } from './services/image/upload.ts'
export type { ImageUploadInput } from './services/image/upload.ts'
export type { ImageView } from './services/image/view.ts'
export { defineOperation, invoke } from './services/operation.ts'
export type { AnswerOf, InputOf, Operation, OperationRow } from './services/operation.ts'
export { operations } from './services/operations.ts'
export { everyRow } from './services/page.ts'
export { hasRole, roles } from './services/policy.ts'
export type { Policy, Role } from './services/policy.ts'
export { quotaNames, unlimited } from './services/quota.ts'
export type { QuotaName } from './services/quota.ts'
export { defaultSettings } from './settings.ts'
export {
  aggregateAddHosts,
  aggregateHosts,
  aggregateRemoveHosts,
} from './services/compute/aggregate-hosts.ts'
export {
  aggregateCreate,
  aggregateDelete,
  aggregateGet,
  aggregateList,
  aggregateSetMetadata,
  aggregateUpdate,
} from './services/compute/aggregate.ts'
export { capacityAsk } from './services/compute/capacity-ask.ts'
export type { CapacityAnswer } from './services/compute/capacity-ask.ts'
export { fleetDefragment } from './services/compute/defragment.ts'
export type { DefragmentPlan } from './services/compute/defragment.ts'
export {
  flavorAccessGrant,
  flavorAccessList,
  flavorAccessRevoke,
} from './services/compute/flavor-access.ts'
export {
  flavorCreate,
  flavorDelete,
  flavorGet,
  flavorList,
  flavorUpdate,
} from './services/compute/flavor.ts'
export { hostDrain } from './services/compute/host-drain.ts'
export type { HostDrainPlan } from './services/compute/host-drain.ts'
export { hostUpdate } from './services/compute/host-update.ts'
export { capacityGet, hostServers, hostUsage } from './services/compute/host-usage.ts'
export { hostCreate, hostDelete, hostGet, hostList } from './services/compute/host.ts'
export {
  keyPairCreate,
  keyPairDelete,
  keyPairGet,
  keyPairList,
} from './services/compute/key-pair.ts'
export {
  serverPause,
  serverReboot,
  serverRebootHard,
  serverRebuild,
  serverStart,
  serverStop,
  serverUnpause,
} from './services/compute/server-actions.ts'
export { serverCreate } from './services/compute/server-create.ts'
export { serverDelete, serverForceDelete } from './services/compute/server-delete.ts'
export {
  serverGroupCreate,
  serverGroupDelete,
  serverGroupGet,
  serverGroupList,
  serverGroupMembers,
} from './services/compute/server-group.ts'
export {
  serverAddTags,
  serverDeleteMetadata,
  serverLock,
  serverMergeMetadata,
  serverRemoveTags,
  serverReplaceMetadata,
  serverReplaceTags,
  serverUnlock,
  serverUpdate,
} from './services/compute/server-metadata.ts'
export {
  serverActionList,
  serverBatchGet,
  serverBatchProgress,
  serverCount,
  serverGet,
  serverList,
} from './services/compute/server-read.ts'
export {
  serverConfirmResize,
  serverResize,
  serverRevertResize,
} from './services/compute/server-resize-op.ts'
export type { PlannedMigration, StuckServer } from './services/compute/migration.ts'
export { zoneList } from './services/compute/zone.ts'
export {
  domainCreate,
  domainDelete,
  domainGet,
  domainList,
  domainUpdate,
} from './services/identity/domain.ts'
export {
  projectCreate,
  projectDelete,
  projectEnsure,
  projectGet,
  projectList,
  projectUpdate,
} from './services/identity/project.ts'
export { quotaDefaults, quotaGet, quotaSet } from './services/identity/quota.ts'
export { roleAssign, roleAssignmentList, roleList, roleUnassign } from './services/identity/role.ts'
export {
  userCreate,
  userDelete,
  userGet,
  userList,
  userSetPassword,
  userUpdate,
} from './services/identity/user.ts'
export { imageDelete } from './services/image/delete.ts'
export {
  imageCreate,
  imageDeactivate,
  imageGet,
  imageReactivate,
  imageUpdate,
} from './services/image/image.ts'
export { imageList } from './services/image/list.ts'
export {
  imageMemberCreate,
  imageMemberDelete,
  imageMemberGet,
  imageMemberList,
  imageMemberUpdate,
} from './services/image/member.ts'
export {
  networkCreate,
  networkDelete,
  networkGet,
  networkList,
  networkUpdate,
} from './services/network/network.ts'
export {
  portCreate,
  portCreateMany,
  portDelete,
  portGet,
  portList,
  portUpdate,
} from './services/network/port.ts'
export {
  securityGroupCreate,
  securityGroupDelete,
  securityGroupGet,
  securityGroupList,
  securityGroupUpdate,
} from './services/network/security-group.ts'
export {
  securityRuleCreate,
  securityRuleCreateMany,
  securityRuleDelete,
  securityRuleGet,
  securityRuleList,
} from './services/network/security-rule.ts'
export {
  subnetCreate,
  subnetDelete,
  subnetGet,
  subnetList,
  subnetUpdate,
} from './services/network/subnet.ts'
export type { Aggregate } from './model/compute/aggregate.ts'
export type { Flavor, FlavorAccess } from './model/compute/flavor.ts'
export type { KeyPair } from './model/compute/key-pair.ts'
export type { ServerGroup } from './model/compute/server-group.ts'
export type { Domain } from './model/identity/domain.ts'
export type { RoleAssignment } from './model/identity/role-assignment.ts'
export type { ImageMember } from './model/image/member.ts'
export type { Network } from './model/network/network.ts'
export type { SecurityGroup, SecurityGroupRule } from './model/network/security-group.ts'
export type { Subnet } from './model/network/subnet.ts'
export type { MembershipAnswer } from './services/compute/aggregate-hosts.ts'
export type { AggregateView } from './services/compute/aggregate.ts'
export type { Capacity, HostServer, HostUsage } from './services/compute/host-usage.ts'
export type { HostsCreated } from './services/compute/host.ts'
export type { ActionAnswer } from './services/compute/server-actions.ts'
export type { ServerGroupView } from './services/compute/server-group.ts'
export type { Zone } from './services/compute/zone.ts'
export type { QuotaView } from './services/identity/quota.ts'
export type { UserView } from './services/identity/user.ts'
