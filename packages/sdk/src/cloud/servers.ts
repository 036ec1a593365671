import {
  type CallOptions,
  serverAttachInterface,
  serverAttachVolumes,
  serverDetachInterface,
  serverUnlock,
  serverLock,
  serverRemoveTags,
  serverAddTags,
  serverReplaceTags,
  serverDeleteMetadata,
  serverMergeMetadata,
  serverReplaceMetadata,
  serverUpdate,
  serverConfirmResize,
  serverCount,
  serverCreate,
  serverDelete,
  serverDetachVolumes,
  serverForceDelete,
  serverBackup,
  serverBatchGet,
  serverConsoleOutput,
  serverCreateImage,
  serverGet,
  serverGetDetails,
  serverRebootHard,
  type InputOf,
  serverActionList,
  serverList,
  serverListDetails,
  serverPause,
  serverReboot,
  serverRebuild,
  serverResize,
  serverRescue,
  serverResume,
  serverRevertResize,
  serverShelve,
  serverStart,
  serverStop,
  serverSuspend,
  serverUnpause,
  serverUnshelve,
  serverUnrescue,
} from '@nephos/core'
import { bind, bindList, requireObject, type Session } from './bind.ts'
import { ServerBatch } from './server-batch.ts'

/** Input of `servers.create`: what is wanted, and how to call. */
export type ServerRequest = InputOf<typeof serverCreate> & CallOptions

export function serversApi(session: Session) {
  return Object.freeze({
    /**
     * Asks for `minCount` to `maxCount` servers in one atomic, idempotent decision.
     *
     * @param options how to call; each wins over the same field of the request.
     * @returns once it is durable: the members exist, and are built from then on.
     * @throws CloudError `quotaExceeded`, `noValidHost`, `addressesExhausted`: nothing is left
     *   behind. `invalid` when request or options are no objects, or for a field of theirs.
     */
    create: (request: ServerRequest, options: CallOptions = {}): Promise<ServerBatch> =>
      createServers(session, request, options),
    /** An earlier request for servers, by the id of its batch. */
    async batch(id: string, options?: CallOptions): Promise<ServerBatch> {
      return new ServerBatch(
        session,
        await session.plane.invoke(session.actor, serverBatchGet, { id }, options),
      )
    },
    get: bind(session, serverGet),
    list: bindList(session, serverList),
    /** With their addresses, security groups and volumes. */
    getDetails: bind(session, serverGetDetails),
    listDetails: bindList(session, serverListDetails),
    count: bind(session, serverCount),
    actions: bind(session, serverActionList),
    attachInterface: bind(session, serverAttachInterface),
    detachInterface: bind(session, serverDetachInterface),
    createImage: bind(session, serverCreateImage),
    backup: bind(session, serverBackup),
    consoleOutput: bind(session, serverConsoleOutput),
    update: bind(session, serverUpdate),
    setMetadata: bind(session, serverReplaceMetadata),
    mergeMetadata: bind(session, serverMergeMetadata),
    deleteMetadata: bind(session, serverDeleteMetadata),
    setTags: bind(session, serverReplaceTags),
    addTags: bind(session, serverAddTags),
    removeTags: bind(session, serverRemoveTags),
    lock: bind(session, serverLock),
    unlock: bind(session, serverUnlock),
    start: bind(session, serverStart),
    stop: bind(session, serverStop),
    pause: bind(session, serverPause),
    unpause: bind(session, serverUnpause),
    suspend: bind(session, serverSuspend),
    resume: bind(session, serverResume),
    rescue: bind(session, serverRescue),
    unrescue: bind(session, serverUnrescue),
    shelve: bind(session, serverShelve),
    unshelve: bind(session, serverUnshelve),
    reboot: bind(session, serverReboot),
    rebootHard: bind(session, serverRebootHard),
    rebuild: bind(session, serverRebuild),
    resize: bind(session, serverResize),
    confirmResize: bind(session, serverConfirmResize),
    revertResize: bind(session, serverRevertResize),
    /** Gives servers volumes, or takes them: many at once. */
    attachVolumes: bind(session, serverAttachVolumes),
    detachVolumes: bind(session, serverDetachVolumes),
    delete: bind(session, serverDelete),
    forceDelete: bind(session, serverForceDelete),
  })
}

async function createServers(
  session: Session,
  request: ServerRequest,
  options: CallOptions,
): Promise<ServerBatch> {
  requireObject(request, 'request')
  requireObject(options, 'options')
  const { signal, idempotencyKey, requestId, ...input } = request
  const how = { ...given({ signal, idempotencyKey, requestId }), ...given(options) }
  return new ServerBatch(
    session,
    await session.plane.invoke(session.actor, serverCreate, input, how),
  )
}

/** The options that are there: an undefined one must not hide another. */
function given(options: { readonly [K in keyof CallOptions]?: CallOptions[K] | undefined }) {
  const { signal, idempotencyKey, requestId } = options
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}
