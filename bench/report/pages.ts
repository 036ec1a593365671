import type { Chart } from './charts.ts'
import type { NamedResult } from './results.ts'
import { escaped, plotStyle } from './svg.ts'
import { conditionsTable, goalsTable, type Table, tablesOf } from './tables.ts'

const intro =
  'Figures of the placement engine alone, made by `npm run bench:report`. Every figure stands ' +
  'beside its baseline or its bound; the conditions of each run and its command are at the end. ' +
  'Machines are noisy: compare ratios within a run rather than figures across machines.'

/** The tables as Markdown, with links to the plots beside. */
export function markdown(results: readonly NamedResult[], charts: readonly Chart[]): string {
  const tables = [...tablesOf(results), goalsTable(results), conditionsTable(results)]
  const parts = [
    '# Placement engine: measured',
    intro,
    ...charts.map(({ name, title }) => `![${title}](${name}.svg)`),
    ...tables.map(markdownTable),
  ]
  return `${parts.join('\n\n')}\n`
}

function markdownTable({ title, head, rows, note }: Table): string {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((each) => each.replaceAll('|', '\\|')).join(' | ')} |`
  const lines = [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)]
  return `## ${title}\n\n${lines.join('\n')}\n\n${note}`
}

const pageStyle = `
  :root { color-scheme: light dark; --page: #ffffff; --text: #1b1f24; --line: #d8dee4;
    --good: #116329; --bad: #a40e26; }
  @media (prefers-color-scheme: dark) { :root { --page: #0d1117; --text: #e6edf3;
    --line: #30363d; --good: #7ee787; --bad: #ff9492; } }
  body { background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif;
    margin: 0 auto; max-width: 1100px; padding: 1rem; }
  table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
  caption { text-align: left; font-weight: 600; padding: .4rem 0; }
  th, td { border-bottom: 1px solid var(--line); padding: .25rem .6rem; text-align: left; }
  .scroll { overflow-x: auto; }
  .met { color: var(--good); } .missed { color: var(--bad); font-weight: 600; }
  figure { margin: 1.5rem 0; max-width: 820px; } svg { width: 100%; height: auto; }
  code { overflow-wrap: anywhere; }
`

/** One page that needs nothing else: style and plots are within. */
export function htmlPage(results: readonly NamedResult[], charts: readonly Chart[]): string {
  const tables = [...tablesOf(results), goalsTable(results), conditionsTable(results)]
  const commands = new Map(results.map(({ key, result }) => [key, result.conditions.command]))
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Placement engine: measured</title>',
    `<style>${pageStyle}${plotStyle}</style></head><body>`,
    '<h1>Placement engine: measured</h1>',
    `<p>${escaped(intro).replaceAll(/`([^`]*)`/g, '<code>$1</code>')}</p>`,
    ...charts.map((chart) => htmlFigure(chart, commands)),
    ...tables.map(htmlTable),
    '</body></html>',
    '',
  ].join('\n')
}

function htmlFigure(chart: Chart, commands: ReadonlyMap<string, string>): string {
  const made = chart.from.map((key) => `<code>${escaped(commands.get(key) ?? key)}</code>`)
  return (
    `<figure>${chart.draw(false)}` +
    `<figcaption>${escaped(chart.title)}. Made by ${made.join(', ')}.</figcaption></figure>`
  )
}

function htmlTable({ title, head, rows, note }: Table): string {
  const heads = head.map((each) => `<th scope="col">${escaped(each)}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.map(htmlCell).join('')}</tr>`)
  return [
    `<div class="scroll"><table><caption>${escaped(title)}</caption>`,
    `<thead><tr>${heads}</tr></thead><tbody>`,
    ...body,
    `</tbody></table></div><p>${escaped(note)}</p>`,
  ].join('\n')
}

function htmlCell(text: string): string {
  const verdict = text === 'met' || text === 'missed' ? ` class="${text}"` : ''
  return `<td${verdict}>${escaped(text)}</td>`
}
