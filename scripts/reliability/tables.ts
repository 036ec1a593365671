import { callFaults, type FaultName, type StoryOptions, worldFaults } from '@nephos/testkit'
import type { Coverage } from '../../packages/testkit/src/simulate/invariants-coverage.ts'

/** A story that once failed. */
export interface Found {
  readonly story: StoryOptions
  readonly was: string
}

/** Names in a cell before the rest is only counted. */
const mostNames = 4

/**
 * All invariants, one in a row.
 *
 * @param guarded numbers of those that hold at every instant even when reads are old.
 * @param lapsed numbers of those that old reads may leave broken.
 */
export function invariantLines(
  coverage: readonly Coverage[],
  guarded: ReadonlySet<number>,
  lapsed: ReadonlySet<number>,
): readonly string[] {
  return [
    '| # | what always holds | in rows | in stories | also | with old reads |',
    '|---|---|---|---|---|---|',
    ...coverage.map(({ invariant, title, rules, checks, also, absent }) => {
      const places =
        absent === null
          ? [
              namesText(rules.map((name) => `\`${name}\``)),
              checksText(title, checks),
              also.map(placeText).join(', '),
              rules.length + checks.length === 0
                ? ''
                : guarded.has(invariant)
                  ? 'holds'
                  : lapsed.has(invariant)
                    ? 'no'
                    : 'at rest',
            ]
          : ['', '', `nothing yet: ${absent}`, '']
      return row([String(invariant), title, ...places])
    }),
  ]
}

/** All faults, in two tables: those drawn at each call, and those that befall the world. */
export function faultLines(meanings: Readonly<Record<FaultName, string>>): readonly string[] {
  const table = (head: string, names: readonly FaultName[]): readonly string[] => [
    `| ${head} | what happens |`,
    '|---|---|',
    ...names.map((name) => row([`\`${name}\``, meanings[name]])),
  ]
  return [...table('at a call', callFaults), '', ...table('now and then', worldFaults)]
}

/** Stories that are kept because they once failed, with the commands that run them. */
export function foundLines(
  found: readonly Found[],
  commandOf: (story: StoryOptions) => string,
): readonly string[] {
  if (found.length === 0) return ['No story is kept yet.']
  return [
    '| what it was | the story that found it |',
    '|---|---|',
    ...found.map(({ story, was }) => row([was, `\`${commandOf(story)}\``])),
  ]
}

/**
 * The document with what stands between `<!-- begin NAME -->` and `<!-- end NAME -->` replaced.
 *
 * @throws Error when a pair of marks is not there exactly once.
 */
export function filled(
  markdown: string,
  sections: Readonly<Record<string, readonly string[]>>,
): string {
  let text = markdown
  for (const [name, lines] of Object.entries(sections)) {
    const begin = `<!-- begin ${name} -->\n`
    const end = `<!-- end ${name} -->\n`
    const [before, rest, ...more] = text.split(begin)
    const [old, after, ...again] = rest?.split(end) ?? []
    if (old === undefined || after === undefined || more.length + again.length > 0)
      throw new Error(`Not exactly one section "${name}".`)
    text = `${before}${begin}${lines.map((line) => `${line}\n`).join('')}${end}${after}`
  }
  return text
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`
}

function namesText(names: readonly string[]): string {
  const more = names.length - mostNames
  // One more is shorter than saying that there is one.
  if (more <= 1) return names.join(', ')
  return `${names.slice(0, mostNames).join(', ')} and ${more} more`
}

/** A check that says just what the row says needs no words. */
function checksText(title: string, checks: readonly string[]): string {
  return checks.map((check) => (check === title ? 'watched' : `“${check}”`)).join(' ')
}

function placeText(place: string): string {
  return place.endsWith('.ts') ? `[${nameOf(place)}](../${place})` : place
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/(?:\.test)?\.ts$/, '')
}
