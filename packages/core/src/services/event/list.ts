import { z } from 'zod'
import { limits } from '../../base/limits.ts'
import { type EventRecord, eventsTopic, eventTopic } from '../../model/event/event.ts'
import type { Call } from '../call.ts'
import { defineOperation } from '../operation.ts'
import { cursorForm, parseCursor, type Place } from './cursor.ts'
import { type EventPage, readEvents } from './read.ts'

const listInput = z.strictObject({
  /**
   * Cursor of the last event that is known, or of the last page: what follows it is listed. Absent:
   * from the oldest event that is kept; `latest`: nothing, but the cursor of the end.
   */
  after: z
    .string()
    .refine((text) => text === 'latest' || cursorForm.test(text), 'is not a cursor')
    .optional(),
  limit: z.int().min(1).max(limits.pageRows).default(limits.pageRows),
})
type ListInput = z.infer<typeof listInput>

/**
 * One page of what happened: in the caller's project, or, for operators, everywhere. In the order
 * of the commits; whoever goes on after the cursor misses nothing and is told nothing twice. An
 * empty page is not the end: the stream has none.
 *
 * @throws CloudError `notFound` with `field` `after` when what follows the cursor is forgotten; the
 *   oldest cursor that may be used is its `limit`.
 */
export const eventList = defineOperation({
  id: 'event.event.list',
  summary: 'One page of what happened to resources, in order, after a cursor.',
  policy: { scope: 'any', role: 'reader' },
  input: listInput,
  mutates: false,
  run: async (call: Call, input: ListInput): Promise<EventPage> => {
    const { actor, kernel, signal } = call
    const after = await placeOf(call, input.after)
    const concerns = ({ projectId }: EventRecord): boolean =>
      actor.system || projectId === actor.projectId
    return readEvents(kernel, followedTopic(actor), concerns, { ...input, after }, signal)
  },
})

/** What rings for whoever may see something. */
export function followedTopic(actor: Call['actor']): string {
  return actor.system ? eventsTopic : eventTopic(actor.projectId)
}

async function placeOf({ kernel }: Call, after: string | undefined): Promise<Place> {
  if (after === undefined) return { seq: 0, given: Infinity }
  if (after !== 'latest') return parseCursor(after)
  // The projection of placement follows the feed anyway: its place is the end.
  await kernel.fleet.sync()
  return { seq: kernel.fleet.cursor, given: Infinity }
}
