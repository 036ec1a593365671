import {
  type CallOptions,
  serverConfirmResize,
  serverCount,
  serverCreate,
  serverDelete,
  serverForceDelete,
  serverBatchGet,
  serverGet,
  serverRebootHard,
  type InputOf,
  serverActionList,
  serverList,
  serverPause,
  serverReboot,
  serverRebuild,
  serverResize,
  serverRevertResize,
  serverStart,
  serverStop,
  serverUnpause,
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
    async create(request: ServerRequest, options: CallOptions = {}): Promise<ServerBatch> {
      requireObject(request, 'request')
      requireObject(options, 'options')
      const { signal, idempotencyKey, requestId, ...input } = request
      const how = { ...given({ signal, idempotencyKey, requestId }), ...given(options) }
      return new ServerBatch(
        session,
        await session.plane.invoke(session.actor, serverCreate, input, how),
      )
    },
    /** An earlier request for servers, by the id of its batch. */
    async batch(id: string, options?: CallOptions): Promise<ServerBatch> {
      return new ServerBatch(
        session,
        await session.plane.invoke(session.actor, serverBatchGet, { id }, options),
      )
    },
    get: bind(session, serverGet),
    list: bindList(session, serverList),
    count: bind(session, serverCount),
    actions: bind(session, serverActionList),
    start: bind(session, serverStart),
    stop: bind(session, serverStop),
    pause: bind(session, serverPause),
    unpause: bind(session, serverUnpause),
    reboot: bind(session, serverReboot),
    rebootHard: bind(session, serverRebootHard),
    rebuild: bind(session, serverRebuild),
    resize: bind(session, serverResize),
    confirmResize: bind(session, serverConfirmResize),
    revertResize: bind(session, serverRevertResize),
    delete: bind(session, serverDelete),
    forceDelete: bind(session, serverForceDelete),
  })
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
