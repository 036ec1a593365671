import type { Kernel } from '../src/kernel.ts'
import {
  noChildren,
  shareAccessKind,
  shareKind,
  shareSnapshotKind,
} from '../src/model/share/share.ts'
import { Writes } from '../src/commit/writes.ts'
import type { Actor } from '../src/services/call.ts'
import { chargeQuota } from '../src/services/quota.ts'

/** A share with a snapshot and an access rule, as work leaves them. */
export async function makeShares(kernel: Kernel, actor: Actor): Promise<void> {
  const projectId = actor.projectId as string
  const own = { projectId, askedAt: 1, createdAt: 1 }
  const child = { ...own, shareId: 'share-1' }
  const one = { count: 1, askedAt: 1 }
  const writes = new Writes()
    .insert(shareKind, {
      ...own,
      id: 'share-1',
      name: 'data',
      description: '',
      protocol: 'NFS',
      sizeGb: 5,
      targetGb: null,
      snapshotId: null,
      originId: null,
      status: 'available',
      generation: 1,
      snapshots: one,
      rules: { ...noChildren, ...one },
      exportLocations: ['shares.invalid:/share-1'],
      metadata: {},
      updatedAt: 1,
    })
    .insert(shareSnapshotKind, {
      ...child,
      id: 'share-snapshot-1',
      name: 'monday',
      sizeGb: 5,
      status: 'available',
    })
    .insert(shareAccessKind, {
      ...child,
      id: 'share-rule-1',
      type: 'ip',
      to: '10.0.0.0/24',
      level: 'rw',
      state: 'active',
    })
  chargeQuota(writes, projectId, { shares: 1, shareGigabytes: 5, shareSnapshots: 1 })
  await kernel.committer.commit(writes)
}
