import { eventKind, type EventPage } from '@nephos/core'
import type { Check, HistoryEntry, Scene, Watch } from '../check.ts'
import { visit } from './rows.ts'

/** An event as it was committed. */
interface Noted {
  readonly seq: number
  readonly projectId: string | null
  readonly text: string
}

/** Pages of events hold, after their cursor, what was committed: all of it, in order, once. */
export const watch: Check = {
  invariant: 26,
  title: 'Who follows events misses none, is told none twice, and goes on after any cursor.',
  watch: (scene) => {
    const noted: Noted[] = []
    return {
      commit: (commit) => {
        visit(commit, eventKind, {
          insert: ({ projectId, events }) => {
            for (const { type, ids } of events) {
              for (const id of ids)
                noted.push({ seq: commit.seq, projectId, text: `${type} ${id}` })
            }
          },
        })
      },
      answer: (entry) => {
        if (entry.operation === 'event.event.list' && entry.end === 'ok') {
          checkPage(scene, entry, noted)
        }
      },
    } satisfies Watch
  },
}

function checkPage(
  { report, sometimes }: Scene,
  entry: HistoryEntry,
  noted: readonly Noted[],
): void {
  const { after } = entry.input as { readonly after?: string }
  const { events, cursor } = entry.answer as EventPage
  if (after === 'latest') return
  const { projectId } = entry
  const own = noted.filter((one) => projectId === null || one.projectId === projectId)
  const from = placeIn(own, after ?? '0')
  const to = placeIn(own, cursor)
  const expected = own.slice(from, to).map(({ text }) => text)
  const given = events.map(({ type, id }) => `${type} ${id}`)
  if (given.length > 0 && from > 0) sometimes('events were gone on with')
  if (given.join('\n') === expected.join('\n')) return
  const message = `${after ?? 'start'} to ${cursor}: ${given.length} of ${expected.length}`
  report(`events:${projectId ?? 'all'}`, message)
}

/** How many events a cursor has behind it. */
function placeIn(own: readonly Noted[], cursor: string): number {
  const [seq, given] = cursor.split('.').map(Number) as [number, number?]
  const before = own.findIndex((one) => one.seq >= seq)
  const start = before < 0 ? own.length : before
  if (given !== undefined) return start + given
  const end = own.findIndex((one) => one.seq > seq)
  return end < 0 ? own.length : end
}
