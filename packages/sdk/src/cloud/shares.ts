import {
  shareAccessCreate,
  shareAccessDelete,
  shareAccessGet,
  shareAccessList,
  shareCreate,
  shareDelete,
  shareExtend,
  shareGet,
  shareList,
  shareShrink,
  shareSnapshotCreate,
  shareSnapshotDelete,
  shareSnapshotGet,
  shareSnapshotList,
  shareUpdate,
} from '@nephos/core'
import { bind, bindList, type Session } from './bind.ts'

export function sharesApi(session: Session) {
  return Object.freeze({
    shares: Object.freeze({
      create: bind(session, shareCreate),
      get: bind(session, shareGet),
      list: bindList(session, shareList),
      update: bind(session, shareUpdate),
      extend: bind(session, shareExtend),
      shrink: bind(session, shareShrink),
      delete: bind(session, shareDelete),
      /** Who may mount a share. */
      access: Object.freeze({
        create: bind(session, shareAccessCreate),
        get: bind(session, shareAccessGet),
        list: bind(session, shareAccessList),
        delete: bind(session, shareAccessDelete),
      }),
    }),
    shareSnapshots: Object.freeze({
      create: bind(session, shareSnapshotCreate),
      get: bind(session, shareSnapshotGet),
      list: bindList(session, shareSnapshotList),
      delete: bind(session, shareSnapshotDelete),
    }),
  })
}
