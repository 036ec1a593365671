import {
  type CallOptions,
  downloadImage,
  flavorGet,
  flavorList,
  type ImageDownload,
  type ImageDownloadInput,
  imageCreate,
  imageDeactivate,
  imageDelete,
  imageFind,
  imageGet,
  imageImport,
  imageList,
  imageMemberCreate,
  imageMemberDelete,
  imageMemberList,
  imageMemberUpdate,
  imageReactivate,
  imageStoreDelete,
  imageTagAdd,
  imageTagRemove,
  imageTaskGet,
  imageTaskList,
  imageUpdate,
  metadefGet,
  metadefList,
  type ImageUploadInput,
  type ImageView,
  keyPairCreate,
  keyPairDelete,
  keyPairGet,
  keyPairList,
  quotaGet,
  serverGroupCreate,
  serverGroupDelete,
  serverGroupGet,
  serverGroupList,
  stageImage,
  uploadImage,
  zoneList,
} from '@nephos/core'
import { balancerApi } from './balancer.ts'
import { bind, bindList, type Session } from './bind.ts'
import { auditLogApi, eventsApi } from './events.ts'
import { blockApi } from './block.ts'
import { networkApi } from './network.ts'
import { objectApi } from './objects.ts'
import { sharesApi } from './shares.ts'
import { serversApi } from './servers.ts'
import { stacksApi } from './stacks.ts'
import { usageApi } from './usage.ts'

/**
 * What the members of a project do, each function acting as the session's user with that user's
 * roles.
 */
export type ProjectApi = ReturnType<typeof projectApi>

export function projectApi(
  session: Session,
  project: { readonly id: string; readonly name: string },
) {
  return Object.freeze({
    id: project.id,
    name: project.name,
    servers: serversApi(session),
    images: imagesApi(session),
    /** Definitions of what metadata may say. */
    metadefs: Object.freeze({
      get: bind(session, metadefGet),
      list: bindList(session, metadefList),
    }),
    ...networkApi(session),
    ...balancerApi(session),
    ...objectApi(session),
    ...sharesApi(session),
    ...blockApi(session),
    stacks: stacksApi(session),
    flavors: Object.freeze({ get: bind(session, flavorGet), list: bindList(session, flavorList) }),
    keyPairs: Object.freeze({
      create: bind(session, keyPairCreate),
      get: bind(session, keyPairGet),
      list: bindList(session, keyPairList),
      delete: bind(session, keyPairDelete),
    }),
    serverGroups: Object.freeze({
      create: bind(session, serverGroupCreate),
      get: bind(session, serverGroupGet),
      list: bindList(session, serverGroupList),
      delete: bind(session, serverGroupDelete),
    }),
    zones: bind(session, zoneList),
    /** Limits and use of this project. */
    quota: bind(session, quotaGet),
    /** What this project used, over any time. */
    usage: usageApi(session),
    /** What happens in this project, in order. */
    events: eventsApi(session),
    /** Who asked for what in this project; for its managers. */
    auditLog: auditLogApi(session),
    /** What happens in this project, in order. */
    /** Who asked for what in this project; for its managers. */
  })
}

function imagesApi(session: Session) {
  const { plane, actor } = session
  return Object.freeze({
    create: bind(session, imageCreate),
    get: bind(session, imageGet),
    list: bindList(session, imageList),
    /** A page of what is looked for, in any order. */
    find: bind(session, imageFind),
    update: bind(session, imageUpdate),
    delete: bind(session, imageDelete),
    /**
     * Stores the bytes of a queued image as they come, hashed on the way; then the image is active.
     */
    upload(
      input: ImageUploadInput,
      data: AsyncIterable<Uint8Array>,
      options: Pick<CallOptions, 'signal' | 'requestId'> = {},
    ): Promise<ImageView> {
      return uploadImage(plane.kernel, actor, input, data, options)
    },
    /** As `upload`, for bytes that an import makes the image's. */
    stage(
      input: ImageUploadInput,
      data: AsyncIterable<Uint8Array>,
      options: Pick<CallOptions, 'signal' | 'requestId'> = {},
    ): Promise<ImageView> {
      return stageImage(plane.kernel, actor, input, data, options)
    },
    /** Makes an image of what was staged, or of a page of the web; its task tells how it went. */
    import: bind(session, imageImport),
    /** Removes the image from one of several stores. */
    deleteFromStore: bind(session, imageStoreDelete),
    tasks: Object.freeze({
      get: bind(session, imageTaskGet),
      list: bindList(session, imageTaskList),
    }),
    tags: Object.freeze({
      add: bind(session, imageTagAdd),
      remove: bind(session, imageTagRemove),
    }),
    deactivate: bind(session, imageDeactivate),
    reactivate: bind(session, imageReactivate),
    /** The bytes of an active image, or a range of them, verified. */
    download(
      input: ImageDownloadInput,
      options: Pick<CallOptions, 'signal' | 'requestId'> = {},
    ): Promise<ImageDownload> {
      return downloadImage(plane.kernel, actor, input, options)
    },
    members: Object.freeze({
      create: bind(session, imageMemberCreate),
      list: bind(session, imageMemberList),
      update: bind(session, imageMemberUpdate),
      delete: bind(session, imageMemberDelete),
    }),
  })
}
