import type { TraceEvent } from '../../world/trace.ts'
import { element, escaped } from './markup.ts'
import { instantText } from './text.ts'
import { barsOf } from './timeline-bars.ts'

/** What is drawn of a story; times are virtual milliseconds since its beginning. */
export interface DrawnStory {
  readonly events: readonly TraceEvent[]
  readonly violations: readonly { readonly at: number; readonly text: string }[]
  readonly lanes: readonly string[]
  readonly from: number
  readonly to: number
  readonly title: string
}

/** Height of a lane, in pixels; the style of the page says the same. */
const laneHeight = 26
const shared = ['store', 'bus', 'hosts']

/** The world first, then processes, what they share, and tenants. */
export function lanesOf(events: readonly TraceEvent[]): readonly string[] {
  const rank = (lane: string): number => {
    if (lane === 'world') return 0
    if (lane.startsWith('client:')) return 9
    return shared.includes(lane) ? 2 + shared.indexOf(lane) : 1
  }
  const lanes = [...new Set(['world', ...events.map(({ lane }) => lane)])]
  return lanes.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

/** The drawing: a unit across is a virtual millisecond, so that zooming is a change of the view. */
export function drawing(story: DrawnStory): string {
  const { events, violations, lanes, from, to, title } = story
  const height = lanes.length * laneHeight
  const top = new Map(lanes.map((lane, index) => [lane, index * laneHeight]))
  const marks = events.map(({ at, lane, kind, text }) => {
    const d = `M${at.toFixed(3)} ${(top.get(lane) ?? 0) + 5}v${laneHeight - 10}`
    const label = `${instantText(at)} ${lane} ${kind}: ${text}`
    return element('path', { class: `mark ${kind}`, d }, hover(label))
  })
  const broken = violations.map(({ at, text }) => {
    const d = `M${at.toFixed(3)} 0v${height}`
    return element('path', { class: 'mark broken', d }, hover(text))
  })
  return element(
    'svg',
    {
      id: 'drawing',
      role: 'img',
      'aria-label': `${title}: the same as text is below`,
      viewBox: `${from} 0 ${to - from} ${height}`,
      preserveAspectRatio: 'none',
      style: `height:${height}px`,
      'data-from': from,
      'data-to': to,
    },
    [...stripes(story), ...bars(story, top), ...marks, ...broken].join('\n'),
  )
}

function stripes({ lanes, from, to }: DrawnStory): readonly string[] {
  return lanes.map((_, index) => {
    const y = index * laneHeight + 1
    return element('rect', {
      class: 'stripe',
      x: from,
      y,
      width: to - from,
      height: laneHeight - 2,
    })
  })
}

function bars({ events, to }: DrawnStory, top: ReadonlyMap<string, number>): readonly string[] {
  return barsOf(events, to).map((bar) => {
    const until = `from ${instantText(bar.from)} to ${instantText(bar.to)}`
    const box = {
      class: `bar ${bar.state.replace(' ', '-')}`,
      x: bar.from.toFixed(3),
      y: (top.get(bar.lane) ?? 0) + 3,
      width: (bar.to - bar.from).toFixed(3),
      height: laneHeight - 6,
    }
    return element('rect', box, hover(`${bar.lane}: ${bar.state} ${until}: ${bar.text}`))
  })
}

function hover(text: string): string {
  return element('title', {}, escaped(text))
}
