import type { TraceEvent } from '../../world/trace.ts'
import type { Violation } from '../story-types.ts'
import { type Attempt, violationsOf } from './attempt.ts'
import { commandOf } from './command.ts'
import { element, escaped } from './markup.ts'
import { instantText } from './text.ts'
import { type DrawnStory, drawing, lanesOf } from './timeline-drawing.ts'
import { pageScript, pageStyle } from './timeline-script.ts'

/** Events that are listed as text as well. */
const listed = 500
/** The page asks for nothing, even if a text of the story were to. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

/**
 * Draws a story: one HTML file that needs nothing else, neither network nor server. Lanes of
 * processes, store, bus, hosts, tenants and world; events with what they were; states as bars;
 * broken promises across all lanes.
 *
 * @param attempt a story that was run with `keepTrace`.
 */
export function timelinePage(attempt: Attempt): string {
  const { options, result } = attempt
  const events = result?.trace ?? []
  const violations = violationsOf(attempt).map(({ at, ...rest }) => ({
    at,
    text: violationText({ at, ...rest }),
  }))
  const from = events[0]?.at ?? 0
  const to = Math.max(result?.virtualMs ?? 0, from + 1)
  const title = `Story of seed ${options.seed}`
  const extent = `${events.length} events from ${instantText(from)} to ${instantText(to)}`
  const body = [
    element('h1', {}, escaped(title)),
    element('p', {}, element('code', {}, escaped(commandOf(options)))),
    element('p', {}, escaped(`${extent}; hash ${result?.hash ?? 'none'}`)),
    violationList(violations.map(({ text }) => text)),
    controls([...new Set(events.map(({ kind }) => kind))].sort()),
    board({ events, violations, lanes: lanesOf(events), from, to, title }),
    element('p', { id: 'window', class: 'window', 'aria-live': 'polite' }),
    eventTable(events.slice(-listed)),
    element('script', {}, pageScript),
  ]
  const head = [
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: contentPolicy }),
    element('title', {}, escaped(title)),
    element('style', {}, pageStyle),
  ]
  const parts = [element('head', {}, head.join('\n')), element('body', {}, body.join('\n'))]
  return `<!doctype html>\n${element('html', { lang: 'en' }, ...parts)}\n`
}

function board(story: DrawnStory): string {
  const names = story.lanes.map((lane) => element('div', {}, escaped(lane)))
  const lanes = element('div', { class: 'lanes', 'aria-hidden': 'true' }, ...names)
  return element('div', { class: 'drawing' }, lanes, drawing(story))
}

function controls(kinds: readonly string[]): string {
  const buttons = [
    ['in', 'Zoom in'],
    ['out', 'Zoom out'],
    ['left', 'Earlier'],
    ['right', 'Later'],
    ['all', 'Everything'],
  ].map(([id = '', label = '']) =>
    element('button', { type: 'button', 'data-move': id }, escaped(label)),
  )
  const boxes = kinds.map((kind) => {
    const box = element('input', { type: 'checkbox', 'data-kind': kind, checked: true })
    return element('label', {}, box, ' ', escaped(kind))
  })
  const search = element('input', { type: 'search', id: 'filter', placeholder: 'text' })
  return element(
    'form',
    { id: 'controls' },
    element('span', {}, buttons.join(' ')),
    element('label', {}, 'Only with ', search),
    element('fieldset', {}, element('legend', {}, 'Events'), ...boxes),
  )
}

function violationList(violations: readonly string[]): string {
  if (violations.length === 0) return element('p', {}, 'No promise was broken.')
  const items = violations.map((text) => element('li', {}, escaped(text)))
  return element('h2', {}, 'Broken promises') + element('ul', { class: 'violations' }, ...items)
}

function violationText({ at, invariant, subject, message }: Violation): string {
  const name = invariant === 0 ? 'defect' : `invariant ${invariant}`
  return `${instantText(at)} ${name}: ${subject}: ${message}`
}

function eventTable(events: readonly TraceEvent[]): string {
  const title = `The last ${events.length} events as text`
  const columns = ['Time', 'Where', 'Kind', 'What']
  const heads = columns.map((column) => element('th', { scope: 'col' }, column))
  const rows = events.map(({ at, lane, kind, text }) => {
    const cells = [instantText(at), lane, kind, text]
    return element('tr', {}, ...cells.map((cell) => element('td', {}, escaped(cell))))
  })
  const table = element(
    'table',
    {},
    element('caption', {}, title),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, rows.join('\n')),
  )
  return element('details', {}, element('summary', {}, title), table)
}
