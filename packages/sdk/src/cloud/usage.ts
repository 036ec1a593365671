import {
  type AnswerOf,
  type InputOf,
  usageGet,
  usageList,
  type UsagePeriodView,
} from '@nephos/core'
import { bind, bindList, type Bound, type BoundList, type Session } from './bind.ts'

/** What was used between two instants; operators name a project. */
export interface UsageApi {
  /** The sum of each resource class, clipped to the span. */
  readonly get: Bound<InputOf<typeof usageGet>, AnswerOf<typeof usageGet>>
  /** The periods that ended in the span, resource by resource, by their end. */
  readonly list: BoundList<InputOf<typeof usageList>, UsagePeriodView>
}

export function usageApi(session: Session): UsageApi {
  return Object.freeze({ get: bind(session, usageGet), list: bindList(session, usageList) })
}
