import { auditKind, type AuditRecord } from '../model/audit/audit.ts'
import {
  type EventCause,
  type EventGroup,
  eventIds,
  eventKind,
  type EventRecord,
  eventsTopic,
  eventTopic,
} from '../model/event/event.ts'
import type { Draft, Kind, Stored } from '../model/kind.ts'
import type { WriteBatch } from '../ports/store.ts'

type Row = Omit<Stored, 'rev'>

/**
 * Turns row writes into events. A change of state is one whoever brought it about; any other change
 * of a row only if somebody asked for it, for the cloud itself writes rows all the time.
 */
export class EventNotes {
  readonly #at: number
  readonly #cause: EventCause | null
  /** Ids by type, by project. */
  readonly #projects = new Map<string | null, Map<string, string[]>>()

  constructor(batch: WriteBatch) {
    this.#at = batch.at
    this.#cause = causeOf(batch)
  }

  /** The row as it is to be stored. */
  insert<T extends Row>(kind: Kind, row: T): T {
    if (!kind.events) return row
    this.#note(kind, row, 'created')
    const state = kind.events.state?.(row)
    return state === undefined ? row : { ...row, announced: state }
  }

  /** As `insert`, for a row that replaces one. */
  update<T extends Row>(kind: Kind, row: T): T {
    if (!kind.events) return row
    const state = kind.events.state?.(row)
    if (state !== undefined && state !== row.announced) {
      this.#note(kind, row, state)
      return { ...row, announced: state }
    }
    if (this.#cause) this.#note(kind, row, 'updated')
    return row
  }

  remove(kind: Kind, row: Row): void {
    if (kind.events) this.#note(kind, row, 'deleted')
  }

  /** Whom to wake. */
  topics(): readonly string[] {
    return this.#projects.size === 0
      ? []
      : [eventsTopic, ...[...this.#projects.keys()].map(eventTopic)]
  }

  writes(nextId: () => string): WriteBatch['kinds'] {
    const insert = [...this.#projects].flatMap(([projectId, types]) =>
      pages(types).map((events): Draft<EventRecord> => {
        return { id: nextId(), projectId, at: this.#at, cause: this.#cause, events }
      }),
    )
    return insert.length === 0 ? [] : [{ kind: eventKind, writes: { insert } }]
  }

  #note(kind: Kind, row: Row, what: string): void {
    const projectId = (row as Row & { readonly projectId?: string | null }).projectId ?? null
    const types = this.#projects.get(projectId) ?? new Map<string, string[]>()
    this.#projects.set(projectId, types)
    const type = `${kind.name}.${what}`
    const ids = types.get(type)
    if (ids) ids.push(row.id)
    else types.set(type, [row.id])
  }
}

function causeOf(batch: WriteBatch): EventCause | null {
  const writes = batch.kinds.find(({ kind }) => kind.name === auditKind.name)?.writes
  const record = writes?.insert?.[0] as Draft<AuditRecord> | undefined
  if (!record) return null
  const { operation, requestId, userId } = record
  return { operation, requestId, userId }
}

/** Parts of at most `eventIds` ids. */
function pages(types: ReadonlyMap<string, readonly string[]>): EventGroup[][] {
  const parts: EventGroup[][] = []
  let left = 0
  for (const [type, ids] of types) {
    for (let at = 0; at < ids.length;) {
      if (left === 0) {
        parts.push([])
        left = eventIds
      }
      const some = ids.slice(at, at + left)
      parts.at(-1)?.push({ type, ids: some })
      at += some.length
      left -= some.length
    }
  }
  return parts
}
