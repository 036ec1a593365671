import {
  attachmentGet,
  attachmentUpdate,
  backupCreate,
  backupDelete,
  backupGet,
  backupRestore,
  poolCreate,
  snapshotCreate,
  snapshotDelete,
  snapshotGet,
  transferCreate,
  volumeCreate,
  volumeDelete,
  volumeExtend,
  volumeGet,
  volumeTypeCreate,
  volumeUpdate,
} from '@nephos/core'
import type { Tenant, Workload } from '../workload.ts'
import { blockAttachmentActions } from './block-attachments.ts'
import { blockCopyActions } from './block-copies.ts'
import { blockTypeActions } from './block-types.ts'
import { blockVolumeActions } from './block-volumes.ts'
import { probe, probing } from './probe.ts'

/** A roomy pool, a second one to move to, and one that runs out. */
const pools = [
  { name: 'lvm#a', totalGb: 100_000, capabilities: { disk: 'ssd' } },
  { name: 'lvm#b', totalGb: 100_000, overSubscription: 2 },
  { name: 'small#a', totalGb: 40, reservedPercent: 10 },
]

async function prepare(tenant: Tenant): Promise<void> {
  const as = tenant.operator
  for (const pool of pools) {
    const made = await tenant.call(poolCreate, pool, { as })
    if (made.end === 'ok') tenant.common.add('volume pool', made.answer.id)
  }
  const types = [
    { name: 'ssd', extraSpecs: { disk: 'ssd' } },
    { name: 'shared', multiattach: true },
    { name: 'scarce', extraSpecs: { volume_backend_name: 'small' } },
  ]
  for (const type of types) {
    const made = await tenant.call(volumeTypeCreate, type, { as })
    if (made.end === 'ok') tenant.common.add('volume type', made.answer.id)
  }
}

export const blockWorkload: Workload = {
  service: 'block',
  uses: ['image'],
  prepare,
  actions: [
    ...blockVolumeActions,
    ...blockAttachmentActions,
    ...blockCopyActions,
    ...blockTypeActions,
    probing('volumes', 2, [
      probe('volume', volumeGet),
      probe('volume', volumeUpdate, (id) => ({ id, name: 'mine' })),
      probe('volume', volumeExtend, (id) => ({ id, sizeGb: 60 })),
      probe('volume', volumeDelete, (id) => ({ ids: [id] })),
      probe('volume', snapshotCreate, (volumeId) => ({ volumeId })),
      probe('volume', volumeCreate, (sourceVolumeId) => ({ sourceVolumeId })),
      probe('volume', backupCreate, (volumeId) => ({ volumeId })),
      probe('volume', transferCreate, (volumeId) => ({ volumeId })),
      probe('backup', backupGet),
      probe('backup', backupDelete, (id) => ({ ids: [id] })),
      probe('backup', backupRestore),
      probe('snapshot', snapshotGet),
      probe('snapshot', volumeCreate, (snapshotId) => ({ snapshotId })),
      probe('snapshot', snapshotDelete, (id) => ({ ids: [id] })),
      probe('attachment', attachmentGet),
      probe('attachment', attachmentUpdate, (id) => ({ id, connector: { host: 'mine' } })),
    ]),
  ],
}
