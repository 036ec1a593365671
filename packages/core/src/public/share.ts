export { shareAccessKind, shareKind, shareSnapshotKind } from '../model/share/share.ts'
export { shareAccessTypes, shareProtocols } from '../model/share/share.ts'
export type { Share, ShareAccess, ShareSnapshot } from '../model/share/share.ts'
export { shareTransitions, unsettledShare } from '../model/share/share-state.ts'
export {
  shareAccessCreate,
  shareAccessDelete,
  shareAccessGet,
  shareAccessList,
} from '../services/share/access.ts'
export {
  shareCreate,
  shareDelete,
  shareExtend,
  shareGet,
  shareList,
  shareShrink,
  shareUpdate,
} from '../services/share/share.ts'
export {
  shareSnapshotCreate,
  shareSnapshotDelete,
  shareSnapshotGet,
  shareSnapshotList,
} from '../services/share/snapshot.ts'
