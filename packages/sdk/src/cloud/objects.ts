import {
  type CallOptions,
  containerCreate,
  containerDelete,
  type ContainerEntry,
  containerGet,
  containerList,
  containerUpdate,
  copyObject,
  downloadObject,
  type InputOf,
  multipartUploadAbort,
  multipartUploadComplete,
  multipartUploadCreate,
  multipartUploadList,
  objectAccountGet,
  objectAccountUpdate,
  type ObjectCopyInput,
  objectDelete,
  objectDeleteMany,
  type ObjectDownload,
  type ObjectDownloadInput,
  type ObjectEntry,
  objectGet,
  objectList,
  objectManifestGet,
  type ObjectManifestInput,
  objectPartList,
  type ObjectPartInput,
  type ObjectPartView,
  objectUpdate,
  type ObjectUploadInput,
  objectVersionBrowse,
  objectVersionList,
  objectVersionRestore,
  type ObjectView,
  type Operation,
  storeManifest,
  tempUrlCreate,
  uploadObject,
  uploadObjectPart,
} from '@nephos/core'
import { bind, bindList, type Session } from './bind.ts'

type Options = Pick<CallOptions, 'signal' | 'requestId'>

/** Entries of a listing, fetched as they are consumed; `pageSize` at once. */
type BoundListing<In, T> = (
  filter: Omit<In, 'marker' | 'limit'> & { readonly marker?: string; readonly pageSize?: number },
  options?: Pick<CallOptions, 'signal'>,
) => AsyncGenerator<T, void, undefined>

export function objectApi(session: Session) {
  const listContainers: BoundListing<InputOf<typeof containerList>, ContainerEntry> = bindListing(
    session,
    containerList,
  )
  const listObjects: BoundListing<InputOf<typeof objectList>, ObjectEntry> = bindListing(
    session,
    objectList,
  )
  return Object.freeze({
    containers: Object.freeze({
      create: bind(session, containerCreate),
      get: bind(session, containerGet),
      list: (filter: Parameters<typeof listContainers>[0] = {}, options = {}) =>
        listContainers(filter, options),
      update: bind(session, containerUpdate),
      delete: bind(session, containerDelete),
    }),
    objects: Object.freeze({
      ...bytesApi(session),
      get: bind(session, objectGet),
      list: listObjects,
      update: bind(session, objectUpdate),
      delete: bind(session, objectDelete),
      deleteMany: bind(session, objectDeleteMany),
      segments: bind(session, objectManifestGet),
      versions: bindList(session, objectVersionList),
      /** Versions by name, newest first: a page. */
      browseVersions: bind(session, objectVersionBrowse),
      restore: bind(session, objectVersionRestore),
      temporaryUrl: bind(session, tempUrlCreate),
    }),
    /** Objects that come in parts, in any order and at any time. */
    objectUploads: Object.freeze({
      create: bind(session, multipartUploadCreate),
      list: bind(session, multipartUploadList),
      /** Stores a part, instead of what its number was before. */
      put: (
        input: ObjectPartInput,
        data: AsyncIterable<Uint8Array>,
        options: Options = {},
      ): Promise<ObjectPartView> =>
        uploadObjectPart(session.plane.kernel, session.actor, input, data, options),
      parts: bind(session, objectPartList),
      complete: bind(session, multipartUploadComplete),
      abort: bind(session, multipartUploadAbort),
    }),
    /** What the project has in object storage, and keeps about it. */
    objectAccount: Object.freeze({
      get: bind(session, objectAccountGet),
      update: bind(session, objectAccountUpdate),
    }),
  })
}

function bytesApi({ plane, actor }: Session) {
  return {
    /** Stores an object as its bytes come; it is there, wholly, when this resolves. */
    upload(
      input: ObjectUploadInput,
      data: AsyncIterable<Uint8Array>,
      options: Options = {},
    ): Promise<ObjectView> {
      return uploadObject(plane.kernel, actor, input, data, options)
    },
    /** The bytes of an object, or a range of them, verified. */
    download(input: ObjectDownloadInput, options: Options = {}): Promise<ObjectDownload> {
      return downloadObject(plane.kernel, actor, input, options)
    },
    copy(input: ObjectCopyInput, options: Options = {}): Promise<ObjectView> {
      return copyObject(plane.kernel, actor, input, options)
    },
    /** Stores a static large object: a checked list of objects that are read as one. */
    join(input: ObjectManifestInput, options: Options = {}): Promise<ObjectView> {
      return storeManifest(plane.kernel, actor, input, options)
    },
  }
}

/** Entries of one page when the caller does not say. */
const defaultPageSize = 1_000

function bindListing<I, T extends { readonly name: string }, In>(
  session: Session,
  operation: Operation<I, readonly T[], In>,
): BoundListing<In, T> {
  return async function* list({ pageSize = defaultPageSize, ...rest }, options) {
    for (let after = {}; ;) {
      const input = { ...rest, ...after, limit: pageSize }
      const page = await session.plane.invoke(session.actor, operation, input, options)
      yield* page
      const last = page.at(-1)
      if (!last || page.length < pageSize) return
      after = { marker: last.name }
    }
  }
}
