export type { GuestName } from '../ports/hypervisor.ts'
export { allocationKind, hostScope } from '../model/compute/allocation.ts'
export type { Allocation } from '../model/compute/allocation.ts'
export { hostCapacity, hostKind } from '../model/compute/host.ts'
export type { Host, Inventory } from '../model/compute/host.ts'
export { batchOutcomes, batchScope, serverBatchKind } from '../model/compute/server-batch.ts'
export type { BatchOutcome, ServerBatch } from '../model/compute/server-batch.ts'
export { actionAllowed, edgeAllowed, serverActions } from '../model/compute/server-state.ts'
export {
  serverStatus,
  serverStatuses,
  serverTasks,
  vmStates,
} from '../model/compute/server-state.ts'
export type { ServerActionName, ServerStatus, ServerTask } from '../model/compute/server-state.ts'
export type { VmState } from '../model/compute/server-state.ts'
export { serverKind } from '../model/compute/server.ts'
export type { Server, ServerAction, ServerFault, ServerFlavor } from '../model/compute/server.ts'
export { placementPolicies } from '../model/compute/placement-policy.ts'
export type { PlacementPolicy } from '../model/compute/placement-policy.ts'
export type {
  ServerAddress,
  ServerDetails,
  ServerVolume,
} from '../services/compute/server-details.ts'
export { serverSortKeys } from '../services/compute/server-query.ts'
export { watchBatch } from '../services/compute/batch-watch.ts'
export type { BatchProgress, ServerBatchView, ServerView } from '../services/compute/server-view.ts'
export {
  aggregateAddHosts,
  aggregateHosts,
  aggregateRemoveHosts,
} from '../services/compute/aggregate-hosts.ts'
export {
  aggregateCreate,
  aggregateDelete,
  aggregateGet,
  aggregateList,
  aggregateSetMetadata,
  aggregateUpdate,
} from '../services/compute/aggregate.ts'
export { capacityAsk } from '../services/compute/capacity-ask.ts'
export type { CapacityAnswer } from '../services/compute/capacity-ask.ts'
export { fleetDefragment } from '../services/compute/defragment.ts'
export type { DefragmentPlan } from '../services/compute/defragment.ts'
export {
  flavorAccessGrant,
  flavorAccessList,
  flavorAccessRevoke,
} from '../services/compute/flavor-access.ts'
export {
  flavorCreate,
  flavorDelete,
  flavorGet,
  flavorList,
  flavorUpdate,
} from '../services/compute/flavor.ts'
export { hostDrain } from '../services/compute/host-drain.ts'
export type { HostDrainPlan } from '../services/compute/host-drain.ts'
export { hostUpdate } from '../services/compute/host-update.ts'
export { capacityGet, hostLoads, hostServers, hostUsage } from '../services/compute/host-usage.ts'
export { hostCreate, hostDelete, hostGet, hostList } from '../services/compute/host.ts'
export {
  keyPairCreate,
  keyPairDelete,
  keyPairGet,
  keyPairList,
} from '../services/compute/key-pair.ts'
export {
  serverPause,
  serverReboot,
  serverRebootHard,
  serverResume,
  serverShelve,
  serverStart,
  serverStop,
  serverSuspend,
  serverUnpause,
  serverUnshelve,
} from '../services/compute/server-actions.ts'
export { serverRebuild } from '../services/compute/server-rebuild.ts'
export { serverRescue, serverUnrescue } from '../services/compute/server-rescue.ts'
export { serverConsoleOutput } from '../services/compute/server-console.ts'
export { serverBackup, serverCreateImage } from '../services/compute/server-image.ts'
export type { ServerImage } from '../services/compute/server-image.ts'
export { serverResetState } from '../services/compute/server-reset.ts'
export {
  serverAttachInterface,
  serverDetachInterface,
} from '../services/compute/server-interfaces.ts'
export { serverCreate } from '../services/compute/server-create.ts'
export { serverDelete, serverForceDelete } from '../services/compute/server-delete.ts'
export {
  serverGroupCreate,
  serverGroupDelete,
  serverGroupGet,
  serverGroupList,
  serverGroupMembers,
  serverGroupMembersOf,
} from '../services/compute/server-group.ts'
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
} from '../services/compute/server-metadata.ts'
export {
  serverActionList,
  serverBatchGet,
  serverBatchProgress,
  serverCount,
  serverGet,
  serverGetDetails,
  serverList,
  serverListDetails,
} from '../services/compute/server-read.ts'
export {
  serverEvacuate,
  serverLiveMigrate,
  serverMigrate,
} from '../services/compute/server-migrate.ts'
export {
  serverConfirmResize,
  serverResize,
  serverRevertResize,
} from '../services/compute/server-resize-op.ts'
export { migrationList } from '../services/compute/migration-read.ts'
export type { Migration } from '../model/compute/migration.ts'
export type { MigrationView } from '../services/compute/migration-read.ts'
export { migrationKind, migrationStatuses, migrationTypes } from '../model/compute/migration.ts'
export type { PlannedMigration, StuckServer } from '../services/compute/migration.ts'
export { zoneList } from '../services/compute/zone.ts'
export type { Aggregate } from '../model/compute/aggregate.ts'
export type { Flavor, FlavorAccess } from '../model/compute/flavor.ts'
export type { KeyPair } from '../model/compute/key-pair.ts'
export type { ServerGroup } from '../model/compute/server-group.ts'
export type { MembershipAnswer } from '../services/compute/aggregate-hosts.ts'
export type { AggregateView } from '../services/compute/aggregate.ts'
export type { Capacity, HostLoad, HostServer, HostUsage } from '../services/compute/host-usage.ts'
export type { HostsCreated } from '../services/compute/host.ts'
export type { ActionAnswer } from '../services/compute/server-actions.ts'
export type { GroupMembers, ServerGroupView } from '../services/compute/server-group.ts'
export type { Zone } from '../services/compute/zone.ts'
export { serverAttachVolumes, serverDetachVolumes } from '../services/compute/server-volumes.ts'
