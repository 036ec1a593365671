export { attachmentKind, attachmentStatuses } from '../model/block/attachment.ts'
export type { Attachment, AttachmentStatus } from '../model/block/attachment.ts'
export type { VolumeMessage } from '../model/block/message.ts'
export type { VolumePool } from '../model/block/pool.ts'
export { snapshotKind } from '../model/block/snapshot.ts'
export type { Snapshot, SnapshotStatus } from '../model/block/snapshot.ts'
export { volumeStatuses } from '../model/block/volume-state.ts'
export type { VolumeStatus } from '../model/block/volume-state.ts'
export type {
  VolumeEncryption,
  VolumeQos,
  VolumeType,
  VolumeTypeAccess,
} from '../model/block/volume-type.ts'
export { volumeKind } from '../model/block/volume.ts'
export type { Volume } from '../model/block/volume.ts'
export {
  attachmentComplete,
  attachmentCreate,
  attachmentDelete,
  attachmentGet,
  attachmentList,
  attachmentUpdate,
} from '../services/block/attachment.ts'
export type { AttachmentView } from '../services/block/attachment.ts'
export {
  poolUnmanaged,
  snapshotManage,
  snapshotUnmanage,
  volumeManage,
  volumeUnmanage,
} from '../services/block/manage.ts'
export { messageDelete, messageGet, messageList } from '../services/block/message.ts'
export { poolCreate, poolDelete, poolGet, poolList, poolUpdate } from '../services/block/pool.ts'
export type { VolumePoolView } from '../services/block/pool.ts'
export { qosCreate, qosDelete, qosGet, qosList, qosUpdate } from '../services/block/qos.ts'
export {
  snapshotCreate,
  snapshotDelete,
  snapshotGet,
  snapshotList,
  snapshotUpdate,
} from '../services/block/snapshot.ts'
export type { SnapshotView } from '../services/block/snapshot.ts'
export { typeQuotaGet, typeQuotaSet } from '../services/block/type-quota.ts'
export type { TypeQuotaView } from '../services/block/type-quota.ts'
export {
  volumeExtend,
  volumeMigrate,
  volumeRetype,
  volumeRevert,
} from '../services/block/volume-actions.ts'
export {
  volumeTypeAccessList,
  volumeTypeGrant,
  volumeTypeRevoke,
} from '../services/block/volume-type-access.ts'
export {
  volumeTypeCreate,
  volumeTypeDelete,
  volumeTypeGet,
  volumeTypeList,
  volumeTypeUpdate,
} from '../services/block/volume-type.ts'
export type { VolumeView } from '../services/block/volume-view.ts'
export {
  volumeCreate,
  volumeCreateMany,
  volumeDelete,
  volumeGet,
  volumeList,
  volumeSummary,
  volumeUpdate,
} from '../services/block/volume.ts'
export type { VolumesCreated, VolumeSummary } from '../services/block/volume.ts'
export {
  backupCreate,
  backupDelete,
  backupGet,
  backupList,
  backupUpdate,
} from '../services/block/backup.ts'
export type { BackupView } from '../services/block/backup.ts'
export { backupExport, backupImport } from '../services/block/backup-record.ts'
export type { BackupRecord } from '../services/block/backup-record.ts'
export { backupRestore } from '../services/block/backup-restore.ts'
export type { BackupRestored } from '../services/block/backup-restore.ts'
export {
  transferAccept,
  transferCreate,
  transferDelete,
  transferGet,
  transferList,
} from '../services/block/transfer.ts'
export type { TransferAccepted, TransferOffer, TransferView } from '../services/block/transfer.ts'
export {
  groupTypeCreate,
  groupTypeDelete,
  groupTypeGet,
  groupTypeList,
  groupTypeUpdate,
} from '../services/block/group-type.ts'
export {
  volumeGroupCreate,
  volumeGroupDelete,
  volumeGroupGet,
  volumeGroupList,
  volumeGroupUpdate,
} from '../services/block/group.ts'
export type { GroupView } from '../services/block/group.ts'
export { volumeGroupCopy } from '../services/block/group-copy.ts'
export {
  groupSnapshotCreate,
  groupSnapshotDelete,
  groupSnapshotGet,
  groupSnapshotList,
  groupSnapshotUpdate,
} from '../services/block/group-snapshot.ts'
export type { GroupSnapshotView } from '../services/block/group-snapshot.ts'
export {
  backupResetStatus,
  groupResetStatus,
  groupSnapshotResetStatus,
  snapshotResetStatus,
  volumeDetaching,
  volumeForceDelete,
  volumeResetStatus,
} from '../services/block/volume-admin.ts'
export { volumeImageMetadata, volumeReimage, volumeUpload } from '../services/block/volume-image.ts'
export type { VolumeUploaded } from '../services/block/volume-image.ts'
export { attachmentDeclare } from '../services/block/attachment-attach.ts'
export { backupKind, backupStatuses } from '../model/block/backup.ts'
export type { Backup, BackupStatus } from '../model/block/backup.ts'
export { groupStatuses } from '../model/block/group.ts'
export type { GroupSnapshot, GroupStatus, GroupType, VolumeGroup } from '../model/block/group.ts'
export { snapshotStatuses } from '../model/block/snapshot.ts'
