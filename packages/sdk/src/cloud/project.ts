import {
  type CallOptions,
  downloadImage,
  flavorGet,
  flavorList,
  type ImageDownload,
  type ImageDownloadInput,
  imageCreate,
  imageDelete,
  imageGet,
  imageList,
  imageMemberCreate,
  imageMemberDelete,
  imageMemberList,
  imageMemberUpdate,
  imageUpdate,
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
  uploadImage,
  zoneList,
} from '@nephos/core'
import { bind, bindList, type Session } from './bind.ts'
import { networkApi } from './network.ts'
import { serversApi } from './servers.ts'

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
    ...networkApi(session),
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
  })
}

function imagesApi(session: Session) {
  const { plane, actor } = session
  return Object.freeze({
    create: bind(session, imageCreate),
    get: bind(session, imageGet),
    list: bindList(session, imageList),
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
