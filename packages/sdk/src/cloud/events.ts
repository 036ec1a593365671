import {
  type AnswerOf,
  auditChainVerify,
  auditRecordList,
  type AuditRecordView,
  type EventView,
  followEvents,
  type FollowOptions,
  type InputOf,
} from '@nephos/core'
import { bind, bindList, type Bound, type BoundList, requireObject, type Session } from './bind.ts'

/**
 * What happens, as it happens: in a project, or, for operators, everywhere. In the order of the
 * commits, each event once; go on after the cursor of the last one, in whatever process. It has no
 * end: break off, or fire the signal.
 */
export type FollowEvents = (options?: FollowOptions) => AsyncGenerator<EventView, void, undefined>

export function eventsApi({ plane, actor }: Session): FollowEvents {
  return async function* events(options = {}) {
    requireObject(options, 'options')
    yield* followEvents(plane.kernel, actor, options)
  }
}

/** Who asked for what. */
export interface AuditLogApi {
  readonly list: BoundList<InputOf<typeof auditRecordList>, AuditRecordView>
  /** Operators: whether any record was changed, removed or put in since it was sealed. */
  readonly verify: Bound<InputOf<typeof auditChainVerify>, AnswerOf<typeof auditChainVerify>>
}

export function auditLogApi(session: Session): AuditLogApi {
  return Object.freeze({
    list: bindList(session, auditRecordList),
    verify: bind(session, auditChainVerify),
  })
}
