import { defineKind, type Stored } from '../kind.ts'

/**
 * What one commit brought about in one project, or, with none, in the cloud itself. The change feed
 * says when: it lists these rows in the order of the commits.
 */
export interface EventRecord extends Stored {
  readonly projectId: string | null
  readonly at: number
  /** The call that did it; null when the cloud did it by itself, later or unasked. */
  readonly cause: EventCause | null
  readonly events: readonly EventGroup[]
}

/** Events of one type in one commit. */
export interface EventGroup {
  /** The kind and what became of it: `server.created`, `server.active`, `port.deleted`. */
  readonly type: string
  readonly ids: readonly string[]
}

export interface EventCause {
  readonly operation: string
  readonly requestId: string
  readonly userId: string
}

export const eventKind = defineKind<EventRecord>(
  'event',
  { byAge: { fields: ['at'] } },
  { feed: true },
)

/**
 * What is forgotten: events of changes up to this one. Written with their removal, so that whoever
 * misses one knows why. There is one such row.
 */
export interface EventHorizon extends Stored {
  readonly seq: number
}

export const eventHorizonKind = defineKind<EventHorizon>('eventHorizon', {})

export const eventHorizonId = 'events'

/** Ids in one record: a commit of more has several. */
export const eventIds = 1_000

/** Topic that rings whenever something happened anywhere. */
export const eventsTopic = 'events'

/** Topic that rings when something happened in a project; null = in the cloud itself. */
export function eventTopic(projectId: string | null): string {
  return projectId === null ? `${eventsTopic}:` : `${eventsTopic}:${projectId}`
}
