import type { Stored } from '../model/kind.ts'
import type { WriteBatch } from '../ports/store.ts'
import { EventNotes } from './event-notes.ts'
import { rightsAdd } from './rights-version.ts'
import { UsageNotes } from './usage-notes.ts'

type Row = Omit<Stored, 'rev'> & object

/**
 * Adds to a batch what follows from its rows: the usage that ends with them, the events that they
 * are, and that rights have changed. So no operation has to remember any of it, and all of it is as
 * durable as the rows.
 *
 * @param nextId makes ids of event records.
 */
export function withDerived(batch: WriteBatch, nextId: () => string): WriteBatch {
  const add = rightsAdd(batch)
  const noted = withNotes(batch, nextId)
  return add ? { ...noted, add: [...(noted.add ?? []), add] } : noted
}

function withNotes(batch: WriteBatch, nextId: () => string): WriteBatch {
  if (!batch.kinds.some(({ kind }) => kind.meter ?? kind.events)) return batch
  const usage = new UsageNotes(Math.floor(batch.at))
  const events = new EventNotes(batch)
  const kinds = batch.kinds.map((entry) => {
    const { kind, writes } = entry
    if (!kind.meter && !kind.events) return entry
    const insert = writes.insert?.map((row): Row => events.insert(kind, usage.insert(kind, row)))
    const update = writes.update?.map((row): Stored =>
      events.update(kind, usage.update<Stored>(kind, row)),
    )
    for (const row of writes.remove ?? []) {
      usage.remove(kind, row)
      events.remove(kind, row)
    }
    return { kind, writes: { ...writes, ...(insert && { insert }), ...(update && { update }) } }
  })
  const topics = [...(batch.topics ?? []), ...events.topics()]
  return { ...batch, kinds: [...kinds, ...usage.writes(), ...events.writes(nextId)], topics }
}
