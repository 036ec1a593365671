import { shareAccessKind, shareKind, shareSnapshotKind } from '../../model/share/share.ts'
import type { Service } from '../service.ts'
import { shareAccessCreate, shareAccessDelete, shareAccessGet, shareAccessList } from './access.ts'
import { convergeShare } from './converge.ts'
import {
  shareCreate,
  shareDelete,
  shareExtend,
  shareGet,
  shareList,
  shareShrink,
  shareUpdate,
} from './share.ts'
import {
  shareSnapshotCreate,
  shareSnapshotDelete,
  shareSnapshotGet,
  shareSnapshotList,
} from './snapshot.ts'

/** Shared file systems. */
export const share: Service = {
  name: 'share',
  kinds: [shareKind, shareSnapshotKind, shareAccessKind],
  operations: [
    shareCreate,
    shareGet,
    shareList,
    shareUpdate,
    shareExtend,
    shareShrink,
    shareDelete,
    shareAccessCreate,
    shareAccessGet,
    shareAccessList,
    shareAccessDelete,
    shareSnapshotCreate,
    shareSnapshotGet,
    shareSnapshotList,
    shareSnapshotDelete,
  ],
  programs: (kernel) => [convergeShare(kernel)],
}
