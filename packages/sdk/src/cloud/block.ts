import {
  attachmentComplete,
  attachmentCreate,
  attachmentDelete,
  attachmentGet,
  attachmentList,
  attachmentUpdate,
  messageDelete,
  messageGet,
  messageList,
  poolCreate,
  poolDelete,
  poolUnmanaged,
  snapshotManage,
  snapshotUnmanage,
  volumeManage,
  volumeUnmanage,
  poolGet,
  poolList,
  poolUpdate,
  qosCreate,
  qosDelete,
  qosGet,
  qosList,
  qosUpdate,
  snapshotCreate,
  snapshotDelete,
  snapshotGet,
  snapshotList,
  snapshotUpdate,
  typeQuotaGet,
  typeQuotaSet,
  volumeCreate,
  volumeCreateMany,
  volumeDelete,
  volumeExtend,
  volumeGet,
  volumeList,
  volumeMigrate,
  volumeRetype,
  volumeRevert,
  volumeSummary,
  volumeDetaching,
  volumeTypeAccessList,
  volumeTypeCreate,
  volumeTypeDelete,
  volumeTypeGet,
  volumeTypeGrant,
  volumeTypeList,
  volumeTypeRevoke,
  volumeTypeUpdate,
  volumeUpdate,
  backupCreate,
  backupDelete,
  backupGet,
  backupList,
  backupUpdate,
  backupRestore,
  backupExport,
  backupImport,
  transferAccept,
  transferCreate,
  transferDelete,
  transferGet,
  transferList,
  groupTypeCreate,
  groupTypeDelete,
  groupTypeGet,
  groupTypeList,
  groupTypeUpdate,
  volumeGroupCreate,
  volumeGroupDelete,
  volumeGroupGet,
  volumeGroupList,
  volumeGroupUpdate,
  volumeGroupCopy,
  groupSnapshotCreate,
  groupSnapshotDelete,
  groupSnapshotGet,
  groupSnapshotList,
  groupSnapshotUpdate,
  backupResetStatus,
  groupResetStatus,
  groupSnapshotResetStatus,
  snapshotResetStatus,
  volumeForceDelete,
  volumeResetStatus,
  volumeImageMetadata,
  volumeReimage,
  volumeUpload,
  attachmentDeclare,
} from '@nephos/core'
import { bind, bindList, type Session } from './bind.ts'

/** Volumes as the members of a project use them. */
export function blockApi(session: Session) {
  return Object.freeze({
    volumes: Object.freeze({
      create: bind(session, volumeCreate),
      /** Several that are alike, all of them or none. */
      createMany: bind(session, volumeCreateMany),
      get: bind(session, volumeGet),
      list: bindList(session, volumeList),
      update: bind(session, volumeUpdate),
      extend: bind(session, volumeExtend),
      revert: bind(session, volumeRevert),
      retype: bind(session, volumeRetype),
      /** Makes an image of it. */
      upload: bind(session, volumeUpload),
      /** Replaces its bytes with an image's. */
      reimage: bind(session, volumeReimage),
      imageMetadata: bind(session, volumeImageMetadata),
      summary: bind(session, volumeSummary),
      detaching: bind(session, volumeDetaching),
      delete: bind(session, volumeDelete),
    }),
    snapshots: Object.freeze({
      create: bind(session, snapshotCreate),
      get: bind(session, snapshotGet),
      list: bindList(session, snapshotList),
      update: bind(session, snapshotUpdate),
      delete: bind(session, snapshotDelete),
    }),
    attachments: Object.freeze({
      create: bind(session, attachmentCreate),
      update: bind(session, attachmentUpdate),
      /** For those who connect it by themselves. */
      declare: bind(session, attachmentDeclare),
      complete: bind(session, attachmentComplete),
      get: bind(session, attachmentGet),
      list: bindList(session, attachmentList),
      delete: bind(session, attachmentDelete),
    }),
    ...copiesApi(session),
    volumeTypes: Object.freeze({
      get: bind(session, volumeTypeGet),
      list: bindList(session, volumeTypeList),
      /** What the project uses of each type, and may use. */
      quota: bind(session, typeQuotaGet),
    }),
    /** Why volumes, snapshots and attachments failed. */
    volumeMessages: Object.freeze({
      get: bind(session, messageGet),
      list: bindList(session, messageList),
      delete: bind(session, messageDelete),
    }),
  })
}

/** Back-ends and types of volumes, for operators. */
export function blockSystemApi(session: Session) {
  return Object.freeze({
    volumePools: Object.freeze({
      create: bind(session, poolCreate),
      get: bind(session, poolGet),
      list: bindList(session, poolList),
      update: bind(session, poolUpdate),
      delete: bind(session, poolDelete),
      unmanaged: bind(session, poolUnmanaged),
    }),
    volumeQos: Object.freeze({
      create: bind(session, qosCreate),
      get: bind(session, qosGet),
      list: bindList(session, qosList),
      update: bind(session, qosUpdate),
      delete: bind(session, qosDelete),
    }),
    volumeTypes: Object.freeze({
      create: bind(session, volumeTypeCreate),
      get: bind(session, volumeTypeGet),
      list: bindList(session, volumeTypeList),
      update: bind(session, volumeTypeUpdate),
      delete: bind(session, volumeTypeDelete),
      grant: bind(session, volumeTypeGrant),
      revoke: bind(session, volumeTypeRevoke),
      access: bind(session, volumeTypeAccessList),
      setQuota: bind(session, typeQuotaSet),
      quota: bind(session, typeQuotaGet),
    }),
    volumes: Object.freeze({
      list: bindList(session, volumeList),
      get: bind(session, volumeGet),
      migrate: bind(session, volumeMigrate),
      resetStatus: bind(session, volumeResetStatus),
      forceDelete: bind(session, volumeForceDelete),
      /** Takes over what a pool holds already, or leaves it there. */
      manage: bind(session, volumeManage),
      unmanage: bind(session, volumeUnmanage),
    }),
    ...copiesSystemApi(session),
  })
}

/** Copies of volumes, offers of them, and groups. */
function copiesApi(session: Session) {
  return {
    backups: Object.freeze({
      create: bind(session, backupCreate),
      get: bind(session, backupGet),
      list: bindList(session, backupList),
      update: bind(session, backupUpdate),
      /** Into a volume that is given, or a new one. */
      restore: bind(session, backupRestore),
      delete: bind(session, backupDelete),
    }),
    /** Volumes on offer to other projects. */
    volumeTransfers: Object.freeze({
      /** Its key is shown this once. */
      create: bind(session, transferCreate),
      get: bind(session, transferGet),
      list: bindList(session, transferList),
      accept: bind(session, transferAccept),
      delete: bind(session, transferDelete),
    }),
    volumeGroups: Object.freeze({
      create: bind(session, volumeGroupCreate),
      /** Of another group, or of a snapshot of one. */
      copy: bind(session, volumeGroupCopy),
      get: bind(session, volumeGroupGet),
      list: bindList(session, volumeGroupList),
      update: bind(session, volumeGroupUpdate),
      delete: bind(session, volumeGroupDelete),
    }),
    volumeGroupSnapshots: Object.freeze({
      create: bind(session, groupSnapshotCreate),
      get: bind(session, groupSnapshotGet),
      list: bindList(session, groupSnapshotList),
      update: bind(session, groupSnapshotUpdate),
      delete: bind(session, groupSnapshotDelete),
    }),
    volumeGroupTypes: Object.freeze({
      get: bind(session, groupTypeGet),
      list: bindList(session, groupTypeList),
    }),
  }
}

/** What operators do with these. */
function copiesSystemApi(session: Session) {
  return {
    snapshots: Object.freeze({
      resetStatus: bind(session, snapshotResetStatus),
      manage: bind(session, snapshotManage),
      unmanage: bind(session, snapshotUnmanage),
    }),
    backups: Object.freeze({
      resetStatus: bind(session, backupResetStatus),
      /** What finds its bytes again without its row. */
      export: bind(session, backupExport),
      import: bind(session, backupImport),
    }),
    volumeGroups: Object.freeze({ resetStatus: bind(session, groupResetStatus) }),
    volumeGroupSnapshots: Object.freeze({
      resetStatus: bind(session, groupSnapshotResetStatus),
    }),
    volumeGroupTypes: Object.freeze({
      create: bind(session, groupTypeCreate),
      get: bind(session, groupTypeGet),
      list: bindList(session, groupTypeList),
      update: bind(session, groupTypeUpdate),
      delete: bind(session, groupTypeDelete),
    }),
  }
}
