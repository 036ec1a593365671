import {
  type CallOptions,
  confirmServerResize,
  countServers,
  createServers,
  deleteServers,
  forceDeleteServers,
  getServerBatch,
  getServers,
  hardRebootServers,
  type InputOf,
  listServerActions,
  listServers,
  pauseServers,
  rebootServers,
  rebuildServers,
  resizeServer,
  revertServerResize,
  startServers,
  stopServers,
  unpauseServers,
} from '@nephos/core'
import { bind, bindList, type Session } from './bind.ts'
import { ServerBatch } from './server-batch.ts'

/** Input of `servers.create`: what is wanted, and how to call. */
export type ServerRequest = InputOf<typeof createServers> & CallOptions

export function serversApi(session: Session) {
  return Object.freeze({
    /**
     * Asks for `minCount` to `maxCount` servers in one atomic, idempotent decision.
     * @returns once it is durable: the members exist, and are built from then on.
     * @throws CloudError `quotaExceeded`, `noValidHost`, `addressesExhausted`: nothing is left behind.
     */
    async create(request: ServerRequest): Promise<ServerBatch> {
      const { signal, idempotencyKey, requestId, ...input } = request
      const options = {
        ...(signal === undefined ? {} : { signal }),
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        ...(requestId === undefined ? {} : { requestId }),
      }
      return new ServerBatch(session, await session.plane.invoke(session.actor, createServers, input, options))
    },
    /** An earlier request for servers, by the id of its batch. */
    async batch(id: string, options?: CallOptions): Promise<ServerBatch> {
      return new ServerBatch(session, await session.plane.invoke(session.actor, getServerBatch, { id }, options))
    },
    get: bind(session, getServers),
    list: bindList(session, listServers),
    count: bind(session, countServers),
    actions: bind(session, listServerActions),
    start: bind(session, startServers),
    stop: bind(session, stopServers),
    pause: bind(session, pauseServers),
    unpause: bind(session, unpauseServers),
    reboot: bind(session, rebootServers),
    rebootHard: bind(session, hardRebootServers),
    rebuild: bind(session, rebuildServers),
    resize: bind(session, resizeServer),
    confirmResize: bind(session, confirmServerResize),
    revertResize: bind(session, revertServerResize),
    delete: bind(session, deleteServers),
    forceDelete: bind(session, forceDeleteServers),
  })
}
