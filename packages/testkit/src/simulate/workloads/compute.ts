import {
  flavorGet,
  serverActionList,
  serverAddTags,
  serverBatchGet,
  serverBatchProgress,
  serverConfirmResize,
  serverConsoleOutput,
  serverCreateImage,
  serverDelete,
  serverForceDelete,
  serverGet,
  serverGetDetails,
  serverGroupDelete,
  serverGroupGet,
  serverGroupList,
  serverGroupMembers,
  serverList,
  serverLock,
  serverMergeMetadata,
  serverRebootHard,
  serverResize,
  serverRevertResize,
  serverStop,
  serverUpdate,
} from '@nephos/core'
import type { Workload } from '../workload.ts'
import { aggregateActions } from './compute-aggregates.ts'
import { flavorActions, prepareFlavors } from './compute-flavors.ts'
import { hostActions } from './compute-hosts.ts'
import { imageActions } from './compute-images.ts'
import { labelActions } from './compute-labels.ts'
import { powerActions } from './compute-actions.ts'
import { pickFlavor, serverActions } from './compute-servers.ts'
import { thingActions } from './compute-things.ts'
import { repeatCall } from './create.ts'
import { probe, probing } from './probe.ts'

const ids = (id: string): unknown => ({ ids: [id] })

export const computeWorkload: Workload = {
  service: 'compute',
  uses: ['image', 'network'],
  prepare: prepareFlavors,
  actions: [
    ...serverActions,
    ...powerActions,
    ...labelActions,
    ...imageActions,
    ...thingActions,
    ...hostActions,
    ...aggregateActions,
    ...flavorActions,
    repeatCall,
    probing('servers', 4, [
      probe('server', serverGet, ids),
      probe('server', serverActionList),
      probe('server', serverStop, ids),
      probe('server', serverRebootHard, ids),
      probe('server', serverDelete, ids),
      probe('server', serverForceDelete, ids),
      probe('server', serverUpdate, (id) => ({ id, name: 'mine' })),
      probe('server', serverMergeMetadata, (id) => ({ id, metadata: { mine: 'yes' } })),
      probe('server', serverAddTags, (id) => ({ id, tags: ['mine'] })),
      probe('server', serverLock),
      probe('server', serverCreateImage, (id) => ({ id, name: 'mine' })),
      probe('server', serverConsoleOutput),
      probe('server', serverGetDetails, ids),
      probe('server', serverResize, (id, tenant) => ({ id, flavorId: pickFlavor(tenant) })),
      probe('server', serverConfirmResize),
      probe('server', serverRevertResize),
    ]),
    probing('batches and server groups', 2, [
      probe('batch', serverBatchGet),
      probe('batch', serverBatchProgress),
      probe('batch', serverDelete, (batchId) => ({ batchId })),
      probe('batch', serverList, (batchId) => ({ batchId })),
      probe('server group', serverGroupGet),
      probe('server group', serverGroupMembers),
      probe('server group', serverGroupDelete),
      probe('server group', serverGroupList, (marker) => ({ marker })),
      // Private flavors of others.
      probe('flavor', flavorGet),
    ]),
  ],
}
