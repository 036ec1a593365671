import {
  type BatchProgress,
  type CallOptions,
  CloudError,
  serverDelete,
  serverList,
  type ServerBatchView,
  type ServerView,
  watchBatch,
} from '@nephos/core'
import { bindList, requireObject, type Session } from './bind.ts'

/** What became of one member of a batch. */
export interface ServerOutcome {
  readonly id: string
  readonly name: string
  readonly status: ServerView['status']
  /** Why it is in ERROR, or null. */
  readonly fault: string | null
}

export interface BatchResult extends BatchProgress {
  /** One per member that still exists, in order of creation. */
  readonly servers: readonly ServerOutcome[]
}

/**
 * An accepted request for servers. The members exist already; this follows them until each has
 * settled.
 */
export class ServerBatch {
  readonly id: string
  readonly requestId: string
  readonly name: string
  /** Members: between the minCount and the maxCount that were asked. */
  readonly count: number
  readonly hostsUsed: number
  readonly #session: Session

  constructor(session: Session, view: ServerBatchView) {
    this.#session = session
    this.id = view.id
    this.requestId = view.requestId
    this.name = view.name
    this.count = view.count
    this.hostsUsed = view.hostsUsed
  }

  /**
   * Resolves when every member is ACTIVE, in ERROR or deleted, with an outcome each. Members in
   * ERROR do not reject.
   *
   * @throws CloudError `aborted` when the signal fires; the batch goes on all the same.
   */
  async done(options: Pick<CallOptions, 'signal'> = {}): Promise<BatchResult> {
    let last: BatchProgress | undefined
    for await (const progress of this.progress(options)) last = progress
    if (!last) throw new CloudError('internal', 'The batch told nothing of its progress.')
    const servers: ServerOutcome[] = []
    for await (const { id, name, status, fault } of this.servers(options)) {
      servers.push({ id, name, status, fault: fault?.message ?? null })
    }
    return { ...last, servers }
  }

  /** The progress now, and then each time it has changed, until nothing is pending. */
  async *progress(
    options: Pick<CallOptions, 'signal'> = {},
  ): AsyncGenerator<BatchProgress, void, undefined> {
    requireObject(options, 'options')
    yield* watchBatch(this.#session.plane.kernel, this.#session.actor, this.id, options)
  }

  /** The members, oldest first. */
  servers(options: Pick<CallOptions, 'signal'> = {}): AsyncGenerator<ServerView, void, undefined> {
    return bindList(this.#session, serverList)({ batchId: this.id }, options)
  }

  /** Begins to delete every member, in one request. */
  delete(options: CallOptions = {}): Promise<{ readonly count: number }> {
    return this.#session.plane.invoke(
      this.#session.actor,
      serverDelete,
      { batchId: this.id },
      options,
    )
  }
}
