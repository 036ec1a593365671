export { objectPartKind } from '../model/object/multipart.ts'
export type { ObjectPart } from '../model/object/multipart.ts'
export { looseBytesKind, objectKind } from '../model/object/object.ts'
export type { LooseBytes, Manifest, ObjectVersion } from '../model/object/object.ts'
export type { Container, ContainerVersioning } from '../model/object/container.ts'
export { objectAccountGet, objectAccountUpdate } from '../services/object/account.ts'
export { containerList } from '../services/object/container-list.ts'
export type { ContainerEntry } from '../services/object/container-list.ts'
export {
  containerCreate,
  containerDelete,
  containerGet,
  containerUpdate,
} from '../services/object/container.ts'
export { copyObject } from '../services/object/copy.ts'
export type { ObjectCopyInput } from '../services/object/copy.ts'
export { downloadObject, readObject } from '../services/object/download.ts'
export type { ObjectDownload, ObjectDownloadInput } from '../services/object/download.ts'
export {
  objectManifestCheck,
  objectManifestGet,
  storeManifest,
} from '../services/object/manifest.ts'
export type { ObjectManifestInput } from '../services/object/manifest.ts'
export {
  objectDelete,
  objectDeleteMany,
  objectGet,
  objectList,
  objectUpdate,
} from '../services/object/object.ts'
export type { ObjectDeleted, ObjectEntry, ObjectsDeleted } from '../services/object/object.ts'
export { downloadPublic, listPublic } from '../services/object/public.ts'
export type { Segment } from '../services/object/segments.ts'
export {
  downloadByTempUrl,
  tempUrlCreate,
  tempUrlKeysGet,
  uploadByTempUrl,
  verifyForm,
  verifyTempUrl,
} from '../services/object/temp-url.ts'
export type {
  ObjectFormInput,
  SignedGrant,
  TempUrl,
  TempUrlInput,
} from '../services/object/temp-url.ts'
export type { ObjectUploadInput } from '../services/object/upload-input.ts'
export { uploadObject } from '../services/object/upload.ts'
export { multipartUploadComplete } from '../services/object/multipart/complete.ts'
export { uploadObjectPart } from '../services/object/multipart/part.ts'
export type { ObjectPartInput } from '../services/object/multipart/part.ts'
export {
  multipartUploadAbort,
  multipartUploadCreate,
  multipartUploadList,
  objectPartList,
} from '../services/object/multipart/upload.ts'
export type { MultipartUploadView, ObjectPartView } from '../services/object/multipart/upload.ts'
export {
  objectVersionBrowse,
  objectVersionList,
  objectVersionRestore,
} from '../services/object/version.ts'
export type { ObjectVersionEntry } from '../services/object/version.ts'
export { anybody } from '../services/object/public.ts'
export type { AccountView, ContainerView, ObjectView } from '../services/object/view.ts'
