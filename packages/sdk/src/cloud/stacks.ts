import {
  type CallOptions,
  isCloudError,
  stackAbandon,
  stackCancel,
  stackCheck,
  stackCreate,
  stackDelete,
  type StackDetail,
  stackEventGet,
  stackEventList,
  stackExport,
  stackFind,
  stackGet,
  stackList,
  stackPreview,
  stackPreviewUpdate,
  stackResourceGet,
  stackResourceList,
  stackResourceMark,
  stackResourceSignal,
  stackRestore,
  stackResume,
  stackSnapshotCreate,
  stackSnapshotDelete,
  stackSnapshotGet,
  stackSnapshotList,
  stackSuspend,
  stackSource,
  stackTemplate,
  stackTypeGet,
  stackTypeList,
  stackUpdate,
  stackValidate,
  stackVersionList,
  watchStack,
} from '@nephos/core'
import { bind, bindList, requireObject, type Session } from './bind.ts'
import { softwareApi } from './software.ts'

/** Stacks: sets of resources made from templates. */
export function stacksApi(session: Session) {
  const { plane, actor } = session
  return Object.freeze({
    create: bind(session, stackCreate),
    get: bind(session, stackGet),
    /** By its name or id. */
    find: bind(session, stackFind),
    list: bindList(session, stackList),
    update: bind(session, stackUpdate),
    /** What a creation would make. */
    preview: bind(session, stackPreview),
    /** What an update would do. */
    previewUpdate: bind(session, stackPreviewUpdate),
    delete: bind(session, stackDelete),
    suspend: bind(session, stackSuspend),
    resume: bind(session, stackResume),
    check: bind(session, stackCheck),
    cancel: bind(session, stackCancel),
    /** All that it is, for another stack to take over. */
    export: bind(session, stackExport),
    /** It goes, and its resources stay. */
    abandon: bind(session, stackAbandon),
    snapshots: Object.freeze({
      create: bind(session, stackSnapshotCreate),
      get: bind(session, stackSnapshotGet),
      list: bindList(session, stackSnapshotList),
      delete: bind(session, stackSnapshotDelete),
      restore: bind(session, stackRestore),
    }),
    template: bind(session, stackTemplate),
    /** The environment and the files beside the template. */
    source: bind(session, stackSource),
    /**
     * Resolves when nothing is under way on the stack, however that ended; with null when the stack
     * is gone.
     *
     * @throws CloudError `aborted` when the signal fires; the stack goes on all the same.
     */
    async done(
      input: { readonly id: string },
      options: Pick<CallOptions, 'signal'> = {},
    ): Promise<StackDetail | null> {
      requireObject(input, 'input')
      requireObject(options, 'options')
      try {
        return await watchStack(plane.kernel, actor, input.id, options)
      } catch (error) {
        if (isCloudError(error) && error.code === 'notFound') return null
        throw error
      }
    },
    resources: Object.freeze({
      list: bindList(session, stackResourceList),
      get: bind(session, stackResourceGet),
      /** Also lifts the hook that holds a resource. */
      signal: bind(session, stackResourceSignal),
      /** Says that it is broken: the next update replaces it. */
      mark: bind(session, stackResourceMark),
    }),
    events: Object.freeze({
      list: bindList(session, stackEventList),
      get: bind(session, stackEventGet),
    }),
    types: Object.freeze({ list: bind(session, stackTypeList), get: bind(session, stackTypeGet) }),
    versions: bind(session, stackVersionList),
    validate: bind(session, stackValidate),
    ...softwareApi(session),
  })
}
