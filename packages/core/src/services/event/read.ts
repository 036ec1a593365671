import { CloudError, throwIfAborted } from '../../base/errors.ts'
import type { Kernel } from '../../kernel.ts'
import {
  eventHorizonId,
  eventHorizonKind,
  eventKind,
  type EventRecord,
} from '../../model/event/event.ts'
import type { Change } from '../../ports/store.ts'
import { cursorText, type Place } from './cursor.ts'

/** Something that happened to one resource. */
export interface EventView {
  /** Its place in the stream: go on `after` it. */
  readonly cursor: string
  /** The kind and what became of it: `server.created`, `server.active`, `port.deleted`. */
  readonly type: string
  /** The resource. */
  readonly id: string
  /** Null: of the cloud itself. */
  readonly projectId: string | null
  readonly at: number
  /** The call that did it; null when the cloud did it by itself, later or unasked. */
  readonly operation: string | null
  readonly requestId: string | null
  readonly userId: string | null
}

export interface EventPage {
  readonly events: readonly EventView[]
  /** Where to go on, also when there are no events: what was passed over is not read again. */
  readonly cursor: string
  /** True: there may be more already. */
  readonly more: boolean
}

/** Changes of one read, and reads of one page: other projects' changes are passed over. */
const changesPerRead = 256
const readsPerPage = 16

/**
 * The events after a place, in the order of the commits, each once.
 *
 * @param topic which changes are looked at: those that rang it.
 * @throws CloudError `notFound` with `field` `after` when events after the place are forgotten.
 */
export async function readEvents(
  { store }: Pick<Kernel, 'store'>,
  topic: string,
  concerns: (record: EventRecord) => boolean,
  page: { readonly after: Place; readonly limit: number },
  signal?: AbortSignal,
): Promise<EventPage> {
  const reader = new Reader(page.after, page.limit)
  for (let reads = 0; reads < readsPerPage; reads++) {
    throwIfAborted(signal)
    const changes = await store.changes(reader.readFrom, changesPerRead)
    const own = changes.filter(({ topics }) => topics.includes(topic))
    const ids = own.flatMap(({ put }) => put[eventKind.name] ?? [])
    const rows = ids.length === 0 ? [] : await store.get(eventKind, ids)
    const records = new Map(ids.map((id, at) => [id, rows[at]]))
    // After what it judges: what was there then was whole.
    const [horizon] = await store.get(eventHorizonKind, [eventHorizonId])
    if (horizon && reader.misses(horizon.seq)) throw tooOld(horizon.seq)
    const isWhole = reader.take(changes, topic, records, concerns)
    if (!isWhole || changes.length < changesPerRead) return reader.page(reader.isFull)
  }
  return reader.page(true)
}

function tooOld(seq: number): CloudError {
  return new CloudError('notFound', 'after: events that follow it are forgotten.', {
    field: 'after',
    limit: cursorText({ seq, given: Infinity }),
  })
}

class Reader {
  readonly #limit: number
  readonly #events: EventView[] = []
  #place: Place

  constructor(after: Place, limit: number) {
    this.#place = after
    this.#limit = limit
  }

  get isFull(): boolean {
    return this.#events.length === this.#limit
  }

  /** The change after which to read: one that was given by half is read again. */
  get readFrom(): number {
    const { seq, given } = this.#place
    return given === Infinity ? seq : Math.max(0, seq - 1)
  }

  /** True if something that it has not read yet is forgotten. The very beginning is any. */
  misses(forgotten: number): boolean {
    return this.#place.seq > 0 && this.readFrom < forgotten
  }

  /** False when the page is full, or a record cannot be read yet. */
  take(
    changes: readonly Change[],
    topic: string,
    records: ReadonlyMap<string, EventRecord | undefined>,
    concerns: (record: EventRecord) => boolean,
  ): boolean {
    for (const change of changes) {
      const { seq, topics, put } = change
      const ids = topics.includes(topic) ? (put[eventKind.name] ?? []) : []
      const rows = ids.map((id) => records.get(id))
      if (rows.includes(undefined)) return false
      const events = rows.filter((row) => row !== undefined && concerns(row)).flatMap(eventsOf)
      const given = this.#place.seq === seq ? this.#place.given : 0
      for (let at = given; at < events.length; at++) {
        if (this.isFull) return false
        const isLast = at + 1 === events.length
        this.#place = { seq, given: isLast ? Infinity : at + 1 }
        this.#events.push({ ...(events[at] as Bare), cursor: cursorText(this.#place) })
      }
      this.#place = { seq, given: Infinity }
    }
    return !this.isFull
  }

  page(more: boolean): EventPage {
    return { events: this.#events, cursor: cursorText(this.#place), more }
  }
}

type Bare = Omit<EventView, 'cursor'>

function eventsOf(record: EventRecord | undefined): Bare[] {
  if (!record) return []
  const { projectId, at, cause } = record
  const by = cause ?? { operation: null, requestId: null, userId: null }
  return record.events.flatMap(({ type, ids }) =>
    ids.map((id) => ({ type, id, projectId, at, ...by })),
  )
}
