import { imageKind } from '../../model/image/image.ts'
import { imageMemberKind } from '../../model/image/member.ts'
import { imageTaskKind } from '../../model/image/task.ts'
import type { Service } from '../service.ts'
import { imageDelete } from './delete.ts'
import { imageCreate, imageDeactivate, imageGet, imageReactivate, imageUpdate } from './image.ts'
import { imageImport } from './import.ts'
import { importImage } from './import-program.ts'
import { imageFind, imageList } from './list.ts'
import { metadefKind } from '../../model/image/metadef.ts'
import { metadefDefine, metadefTag, metadefUndefine } from './metadef/define.ts'
import {
  metadefCreate,
  metadefDelete,
  metadefGet,
  metadefList,
  metadefUpdate,
} from './metadef/namespace.ts'
import {
  imageMemberCreate,
  imageMemberDelete,
  imageMemberGet,
  imageMemberList,
  imageMemberUpdate,
} from './member.ts'
import { imageBytes } from './reconciler.ts'
import { imageStoreDelete } from './store-delete.ts'
import { imageTagAdd, imageTagRemove } from './tag.ts'
import { imageTaskGet, imageTaskList, imageTasks } from './task.ts'

/** The disk image library. */
export const image: Service = {
  name: 'image',
  kinds: [imageKind, imageMemberKind, imageTaskKind, metadefKind],
  operations: [
    imageDelete,
    imageStoreDelete,
    imageCreate,
    imageGet,
    imageUpdate,
    imageDeactivate,
    imageReactivate,
    imageList,
    imageFind,
    imageImport,
    imageTagAdd,
    imageTagRemove,
    imageTaskGet,
    imageTaskList,
    imageMemberCreate,
    imageMemberUpdate,
    imageMemberGet,
    imageMemberList,
    imageMemberDelete,
    metadefCreate,
    metadefGet,
    metadefList,
    metadefUpdate,
    metadefDelete,
    metadefDefine,
    metadefUndefine,
    metadefTag,
  ],
  programs: (kernel) => [importImage(kernel)],
  reconcilers: (kernel) => [imageBytes(kernel), imageTasks(kernel)],
}
