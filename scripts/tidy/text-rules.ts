import { type Finding, isCode, isTest, limits, linesOf, type Source } from './source.ts'

interface LineRule {
  readonly rule: string
  readonly pattern: RegExp
  readonly message: string
  readonly applies: (path: string) => boolean
}

/** The rules and their tests spell what they look for. */
const everywhere = (path: string): boolean => !path.startsWith('scripts/tidy/')

const lineRules: readonly LineRule[] = [
  {
    rule: 'marker',
    pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/,
    message: 'leftover marker: finish it or describe the limit',
    applies: everywhere,
  },
  {
    rule: 'control-character',
    // C0 without tab, line feed and carriage return; C1; zero-width and bidirectional; BOM.
    pattern: new RegExp(
      String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]` +
        String.raw`|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]`,
    ),
    message: 'invisible character: write an escape',
    applies: everywhere,
  },
  {
    rule: 'carriage-return',
    pattern: /\r/,
    message: 'lines end with a line feed only',
    applies: everywhere,
  },
  {
    rule: 'suppression',
    pattern: /@ts-(?:ignore|nocheck)|(?:es|ox)lint-disable/,
    message: 'fix the cause instead of silencing the check',
    applies: (path) => isCode(path) && everywhere(path),
  },
  {
    rule: 'suppression',
    pattern: /@ts-expect-error/,
    message: 'only tests may expect a type error',
    applies: (path) => isCode(path) && everywhere(path) && !isTest(path),
  },
  {
    rule: 'banned-words',
    pattern: /\bissue #|(?:^|[\s"'`(=:])\/work\/|\bCI machine\b/i,
    message: 'says where it was made; readers elsewhere cannot use that',
    applies: everywhere,
  },
]

/** Rules that need only the text. */
export function textFindings(source: Source): Finding[] {
  const { path } = source
  const findings: Finding[] = []
  const lines = linesOf(source.text)
  const rules = lineRules.filter((rule) => rule.applies(path))
  lines.forEach((line, index) => {
    for (const { rule, pattern, message } of rules) {
      if (pattern.test(line)) findings.push({ path, line: index + 1, rule, message })
    }
  })
  if (!isCode(path)) return findings
  lines.forEach((line, index) => {
    const columns = Array.from(line).length
    if (columns <= limits.columns || /https?:\/\/\S{40}/.test(line)) return
    const message = `${columns} columns, limit ${limits.columns}`
    findings.push({ path, line: index + 1, rule: 'columns', message })
  })
  if (lines.length > limits.fileLines) {
    const message = `${lines.length} lines, limit ${limits.fileLines}`
    findings.push({ path, line: limits.fileLines + 1, rule: 'file-lines', message })
  }
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (!/^\.?[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(name)) {
    findings.push({ path, line: 1, rule: 'file-name', message: 'names are kebab-case' })
  }
  return findings
}
