import type { Judged } from '../goals.ts'
import type { Conditions } from './conditions.ts'

/** A result as lines for people: every figure by its path, with the goals on it beside. */
export function render(
  name: string,
  figures: object,
  goals: readonly Judged[],
  where: Conditions,
  notes: readonly string[] = [],
): string {
  const lines: string[] = [name, '']
  lines.push(...rowsOf(figures, goals), '')
  for (const note of notes) lines.push(`note: ${note}`)
  const met = goals.filter(({ verdict }) => verdict === 'met').length
  const missed = goals.filter(({ verdict }) => verdict === 'missed')
  if (goals.length > 0) lines.push(`goals: ${met} met, ${missed.length} not reached`)
  for (const goal of missed) lines.push(`not reached: ${goal.id} ${sentence(goal)}`)
  lines.push(
    `${where.node}, ${where.cpu}, ${where.cores} cores, one thread, tier ${where.tier ?? 'none'}`,
    `${where.date}  ${where.command}`,
  )
  return `${lines.join('\n')}\n`
}

/** What a goal asks for, and what was found. */
export function sentence(goal: Judged): string {
  const sign = goal.atLeast ? '≥' : '≤'
  return `${goal.what}: ${number(goal.found)}, goal ${sign} ${number(goal.target)}`
}

function rowsOf(figures: object, goals: readonly Judged[]): string[] {
  const flat = flatten(figures)
  const width = Math.max(8, ...flat.map(([path]) => path.length))
  return flat.flatMap(([path, value]) => {
    if (isTable(value)) return [`  ${path}`, ...columnsOf(value)]
    const beside = goals
      .filter((goal) => goal.path === path)
      .map(({ id, atLeast, target, verdict }) => {
        return `${id} ${atLeast ? '≥' : '≤'} ${number(target)} ${verdict}`
      })
    return [[`  ${path.padEnd(width)}  ${shown(value)}`, ...beside].join('   ')]
  })
}

type FlatRow = Readonly<Record<string, unknown>>

function isTable(value: unknown): value is readonly FlatRow[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null)
}

function columnsOf(rows: readonly FlatRow[]): string[] {
  const names = Object.keys(rows[0] ?? {})
  const cells = [names, ...rows.map((row) => names.map((name) => shown(row[name])))]
  const widths = names.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)))
  return cells.map((row) =>
    `    ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd(),
  )
}

/** Longer lists than this are for programs, not for people. */
const longest = 24

function flatten(value: unknown, path = ''): (readonly [path: string, value: unknown])[] {
  if (Array.isArray(value)) {
    if (value.length > longest) return [[path, `(${value.length} entries, see --json)`]]
    return [[path, isTable(value) ? value : (value as unknown[]).map(shown).join(' ')]]
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, each]) =>
      flatten(each, path === '' ? key : `${path}.${key}`),
    )
  }
  return [[path, value]]
}

function shown(value: unknown): string {
  return typeof value === 'number' ? number(value) : String(value)
}

function number(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US')
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(5)))
}
