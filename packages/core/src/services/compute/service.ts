import { aggregateKind } from '../../model/compute/aggregate.ts'
import { allocationKind } from '../../model/compute/allocation.ts'
import { flavorAccessKind, flavorKind } from '../../model/compute/flavor.ts'
import { hostKind } from '../../model/compute/host.ts'
import { keyPairKind } from '../../model/compute/key-pair.ts'
import { migrationKind } from '../../model/compute/migration.ts'
import { serverBatchKind } from '../../model/compute/server-batch.ts'
import { serverGroupKind } from '../../model/compute/server-group.ts'
import { serverKind } from '../../model/compute/server.ts'
import type { Service } from '../service.ts'
import { aggregateAddHosts, aggregateHosts, aggregateRemoveHosts } from './aggregate-hosts.ts'
import {
  aggregateCreate,
  aggregateDelete,
  aggregateGet,
  aggregateList,
  aggregateSetMetadata,
  aggregateUpdate,
} from './aggregate.ts'
import { capacityAsk } from './capacity-ask.ts'
import { convergeProgram } from './converge.ts'
import { fleetDefragment } from './defragment.ts'
import { flavorAccessGrant, flavorAccessList, flavorAccessRevoke } from './flavor-access.ts'
import { flavorCreate, flavorDelete, flavorGet, flavorList, flavorUpdate } from './flavor.ts'
import { hostDrain } from './host-drain.ts'
import { hostUpdate } from './host-update.ts'
import { capacityGet, hostLoads, hostServers, hostUsage } from './host-usage.ts'
import { hostCreate, hostDelete, hostGet, hostList } from './host.ts'
import { keyPairCreate, keyPairDelete, keyPairGet, keyPairList } from './key-pair.ts'
import { migrationList } from './migration-read.ts'
import { guests } from './reconcilers/guests.ts'
import { hostRoom } from './reconcilers/host-room.ts'
import { stuckServers } from './reconcilers/stuck-servers.ts'
import {
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
} from './server-actions.ts'
import { captureProgram } from './server-capture.ts'
import { serverConsoleOutput } from './server-console.ts'
import { serverCreate } from './server-create.ts'
import { serverDelete, serverForceDelete } from './server-delete.ts'
import {
  serverGroupCreate,
  serverGroupDelete,
  serverGroupGet,
  serverGroupList,
  serverGroupMembers,
  serverGroupMembersOf,
} from './server-group.ts'
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
} from './server-metadata.ts'
import {
  serverActionList,
  serverBatchGet,
  serverBatchProgress,
  serverCount,
  serverGet,
  serverGetDetails,
  serverList,
  serverListDetails,
} from './server-read.ts'
import { serverBackup, serverCreateImage } from './server-image.ts'
import { serverAttachInterface, serverDetachInterface } from './server-interfaces.ts'
import { serverRebuild } from './server-rebuild.ts'
import { serverRescue, serverUnrescue } from './server-rescue.ts'
import { serverResetState } from './server-reset.ts'
import { serverEvacuate, serverLiveMigrate, serverMigrate } from './server-migrate.ts'
import { serverConfirmResize, serverResize, serverRevertResize } from './server-resize-op.ts'
import { serverAttachVolumes, serverDetachVolumes } from './server-volumes.ts'
import { zoneList } from './zone.ts'

/** Servers, hosts, flavors, groups, aggregates: what runs, and where. */
export const compute: Service = {
  name: 'compute',
  kinds: [
    aggregateKind,
    allocationKind,
    flavorAccessKind,
    flavorKind,
    hostKind,
    keyPairKind,
    migrationKind,
    serverKind,
    serverBatchKind,
    serverGroupKind,
  ],
  operations: [
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
    hostLoads,
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
    migrationList,
    serverShelve,
    serverUnshelve,
    serverStart,
    serverStop,
    serverPause,
    serverUnpause,
    serverSuspend,
    serverResume,
    serverRescue,
    serverUnrescue,
    serverReboot,
    serverRebootHard,
    serverRebuild,
    serverCreate,
    serverCreateImage,
    serverBackup,
    serverAttachInterface,
    serverDetachInterface,
    serverConsoleOutput,
    serverDelete,
    serverForceDelete,
    serverGroupCreate,
    serverGroupGet,
    serverGroupList,
    serverGroupMembers,
    serverGroupMembersOf,
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
    serverGetDetails,
    serverList,
    serverListDetails,
    serverCount,
    serverActionList,
    serverBatchGet,
    serverBatchProgress,
    serverResize,
    serverMigrate,
    serverLiveMigrate,
    serverEvacuate,
    serverConfirmResize,
    serverResetState,
    serverRevertResize,
    serverAttachVolumes,
    serverDetachVolumes,
    zoneList,
  ],
  programs: (kernel) => [convergeProgram(kernel), captureProgram(kernel)],
  reconcilers: (kernel) => [guests(kernel), hostRoom(kernel), stuckServers(kernel)],
}
