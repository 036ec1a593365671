export { transitions as imageTransitions } from '../model/image/image-state.ts'
export { imageDataKey, imageDataKeys, imageKind, imagePlaces } from '../model/image/image.ts'
export type { Image } from '../model/image/image.ts'
export { downloadImage } from '../services/image/download.ts'
export type { ImageDownload, ImageDownloadInput } from '../services/image/download.ts'
export { imageStoreDelete } from '../services/image/store-delete.ts'
export { imageStores } from '../services/image/stores.ts'
export { stageImage, uploadImage } from '../services/image/upload.ts'
export type { ImageUploadInput } from '../services/image/upload.ts'
export type { ImageView } from '../services/image/view.ts'
export { imageDelete } from '../services/image/delete.ts'
export {
  imageCreate,
  imageDeactivate,
  imageGet,
  imageReactivate,
  imageUpdate,
} from '../services/image/image.ts'
export { imageImport, importMethods } from '../services/image/import.ts'
export { imageFind, imageList } from '../services/image/list.ts'
export { imageTagAdd, imageTagRemove } from '../services/image/tag.ts'
export { imageTaskGet, imageTaskList } from '../services/image/task.ts'
export type { ImageTask } from '../model/image/task.ts'
export { type ImageSortKey, imageSortKeys } from '../services/image/find-input.ts'
export { containerFormats, diskFormats, imageVisibilities } from '../model/image/image.ts'
export { imageStatuses } from '../model/image/image-state.ts'
export { imageMemberStatuses } from '../model/image/member.ts'
export type { WebPolicy, WebRequest, WebResponse, WebSource } from '../ports/web-source.ts'
export {
  imageMemberCreate,
  imageMemberDelete,
  imageMemberGet,
  imageMemberList,
  imageMemberUpdate,
} from '../services/image/member.ts'
export type { ImageMember } from '../model/image/member.ts'
export { metadefDefine, metadefTag, metadefUndefine } from '../services/image/metadef/define.ts'
export type { MetadefPart } from '../services/image/metadef/definition.ts'
export {
  metadefCreate,
  metadefDelete,
  metadefGet,
  metadefList,
  metadefUpdate,
} from '../services/image/metadef/namespace.ts'
export type {
  MetadefNamespace,
  MetadefObject,
  MetadefProperty,
  MetadefTarget,
} from '../model/image/metadef.ts'
