import { attachmentKind } from '../../model/block/attachment.ts'
import { messageKind } from '../../model/block/message.ts'
import { backupKind } from '../../model/block/backup.ts'
import { groupSnapshotKind, groupTypeKind, volumeGroupKind } from '../../model/block/group.ts'
import { transferKind } from '../../model/block/transfer.ts'
import { poolKind } from '../../model/block/pool.ts'
import { snapshotKind } from '../../model/block/snapshot.ts'
import { qosKind, volumeTypeAccessKind, volumeTypeKind } from '../../model/block/volume-type.ts'
import { volumeKind } from '../../model/block/volume.ts'
import type { Service } from '../service.ts'
import { attachmentDrive } from './attachment-drive.ts'
import {
  attachmentComplete,
  attachmentCreate,
  attachmentDelete,
  attachmentGet,
  attachmentList,
  attachmentUpdate,
} from './attachment.ts'
import { backupCreate, backupDelete, backupGet, backupList, backupUpdate } from './backup.ts'
import { backupExport, backupImport } from './backup-record.ts'
import { backupRestore } from './backup-restore.ts'
import {
  transferAccept,
  transferCreate,
  transferDelete,
  transferGet,
  transferList,
} from './transfer.ts'
import {
  groupTypeCreate,
  groupTypeDelete,
  groupTypeGet,
  groupTypeList,
  groupTypeUpdate,
} from './group-type.ts'
import {
  volumeGroupCreate,
  volumeGroupDelete,
  volumeGroupGet,
  volumeGroupList,
  volumeGroupUpdate,
} from './group.ts'
import { volumeGroupCopy } from './group-copy.ts'
import {
  groupSnapshotCreate,
  groupSnapshotDelete,
  groupSnapshotGet,
  groupSnapshotList,
  groupSnapshotUpdate,
} from './group-snapshot.ts'
import {
  backupResetStatus,
  groupResetStatus,
  groupSnapshotResetStatus,
  snapshotResetStatus,
  volumeDetaching,
  volumeForceDelete,
  volumeResetStatus,
} from './volume-admin.ts'
import { volumeImageMetadata, volumeReimage, volumeUpload } from './volume-image.ts'
import { attachmentDeclare } from './attachment-attach.ts'
import { backupDrive } from './backup-drive.ts'
import { uploadDrive, uploadProgram } from './volume-upload.ts'
import { driveProgram } from './drive.ts'
import {
  poolUnmanaged,
  snapshotManage,
  snapshotUnmanage,
  volumeManage,
  volumeUnmanage,
} from './manage.ts'
import { messageDelete, messageGet, messageList } from './message.ts'
import { oldMessages } from './messages.ts'
import { poolCreate, poolDelete, poolGet, poolList, poolUpdate } from './pool.ts'
import { qosCreate, qosDelete, qosGet, qosList, qosUpdate } from './qos.ts'
import { snapshotDrive } from './snapshot-drive.ts'
import {
  snapshotCreate,
  snapshotDelete,
  snapshotGet,
  snapshotList,
  snapshotUpdate,
} from './snapshot.ts'
import { stuckDrives } from './stuck.ts'
import { typeQuotaGet, typeQuotaSet } from './type-quota.ts'
import { volumeExtend, volumeMigrate, volumeRetype, volumeRevert } from './volume-actions.ts'
import { volumeDrive } from './volume-drive.ts'
import { volumeTypeAccessList, volumeTypeGrant, volumeTypeRevoke } from './volume-type-access.ts'
import {
  volumeTypeCreate,
  volumeTypeDelete,
  volumeTypeGet,
  volumeTypeList,
  volumeTypeUpdate,
} from './volume-type.ts'
import {
  volumeCreate,
  volumeCreateMany,
  volumeDelete,
  volumeGet,
  volumeList,
  volumeSummary,
  volumeUpdate,
} from './volume.ts'

/** Volumes, their snapshots and uses, and the back-ends that hold them. */
export const block: Service = {
  name: 'block',
  kinds: [
    attachmentKind,
    backupKind,
    groupSnapshotKind,
    groupTypeKind,
    transferKind,
    volumeGroupKind,
    messageKind,
    poolKind,
    qosKind,
    snapshotKind,
    volumeKind,
    volumeTypeKind,
    volumeTypeAccessKind,
  ],
  operations: [
    attachmentCreate,
    attachmentUpdate,
    attachmentComplete,
    attachmentGet,
    attachmentList,
    attachmentDelete,
    messageGet,
    messageList,
    messageDelete,
    poolCreate,
    poolGet,
    poolList,
    poolUpdate,
    poolDelete,
    poolUnmanaged,
    snapshotManage,
    snapshotUnmanage,
    volumeManage,
    volumeUnmanage,
    qosCreate,
    qosGet,
    qosList,
    qosUpdate,
    qosDelete,
    snapshotCreate,
    snapshotGet,
    snapshotList,
    snapshotUpdate,
    snapshotDelete,
    typeQuotaGet,
    typeQuotaSet,
    volumeCreate,
    volumeCreateMany,
    volumeGet,
    volumeList,
    volumeSummary,
    volumeUpdate,
    volumeDelete,
    volumeExtend,
    volumeRevert,
    volumeRetype,
    volumeMigrate,
    volumeTypeCreate,
    volumeTypeGet,
    volumeTypeList,
    volumeTypeUpdate,
    volumeTypeDelete,
    volumeTypeGrant,
    volumeTypeRevoke,
    volumeTypeAccessList,
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
    volumeDetaching,
    volumeForceDelete,
    volumeResetStatus,
    volumeImageMetadata,
    volumeReimage,
    volumeUpload,
    attachmentDeclare,
  ],
  programs: (kernel) => [
    driveProgram(kernel, attachmentDrive),
    driveProgram(kernel, backupDrive),
    driveProgram(kernel, snapshotDrive),
    driveProgram(kernel, volumeDrive),
    uploadProgram(kernel),
  ],
  reconcilers: (kernel) => [
    stuckDrives(kernel, attachmentDrive),
    stuckDrives(kernel, snapshotDrive),
    stuckDrives(kernel, volumeDrive),
    stuckDrives(kernel, backupDrive),
    stuckDrives(kernel, uploadDrive),
    oldMessages(kernel),
  ],
}
