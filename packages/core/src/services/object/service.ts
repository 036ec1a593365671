import { objectAccountKind } from '../../model/object/account.ts'
import { containerKind } from '../../model/object/container.ts'
import { multipartUploadKind, objectPartKind } from '../../model/object/multipart.ts'
import { looseBytesKind, objectKind } from '../../model/object/object.ts'
import type { Service } from '../service.ts'
import { objectAccountGet, objectAccountUpdate } from './account.ts'
import { containerList } from './container-list.ts'
import { containerCreate, containerDelete, containerGet, containerUpdate } from './container.ts'
import { objectExpiry } from './expiry.ts'
import { looseBytes } from './loose-bytes.ts'
import { objectManifestCheck, objectManifestGet } from './manifest.ts'
import { objectDelete, objectDeleteMany, objectGet, objectList, objectUpdate } from './object.ts'
import { objectScrub } from './scrub.ts'
import { tempUrlCreate, tempUrlKeysGet } from './temp-url.ts'
import { multipartUploadComplete } from './multipart/complete.ts'
import {
  multipartUploadAbort,
  multipartUploadCreate,
  multipartUploadList,
  objectPartList,
} from './multipart/upload.ts'
import { objectVersionBrowse, objectVersionList, objectVersionRestore } from './version.ts'

/** Object storage: accounts, containers, objects. */
export const object: Service = {
  name: 'object',
  kinds: [
    objectAccountKind,
    containerKind,
    objectKind,
    looseBytesKind,
    multipartUploadKind,
    objectPartKind,
  ],
  operations: [
    objectAccountGet,
    objectAccountUpdate,
    containerCreate,
    containerGet,
    containerList,
    containerUpdate,
    containerDelete,
    objectGet,
    objectList,
    objectUpdate,
    objectDelete,
    objectDeleteMany,
    objectManifestCheck,
    objectManifestGet,
    objectVersionList,
    objectVersionBrowse,
    objectVersionRestore,
    multipartUploadCreate,
    multipartUploadList,
    objectPartList,
    multipartUploadComplete,
    multipartUploadAbort,
    tempUrlCreate,
    tempUrlKeysGet,
  ],
  reconcilers: (kernel) => [looseBytes(kernel), objectExpiry(kernel), objectScrub(kernel)],
}
