import type { Logged } from './log.ts'

/** Longest text that is shown of a statement. */
const textMost = 130

const meanings: readonly (readonly [RegExp, string])[] = [
  [/^BEGIN/, 'one transaction, with its own time limits'],
  [/^COMMIT/, 'all of it becomes durable, or none'],
  [/"meta"|\.meta\b/, 'the feed gets the change, and its number: commits take turns from here'],
  [/^INSERT INTO \S+counter/, 'counters that are not there yet'],
  [/^WITH k AS .*counter/, 'quotas and capacity are taken within their limits'],
  [/^SELECT .*counter/, 'counters as they stand'],
  [/^INSERT/, 'rows of this kind, all in one statement'],
  [/^UPDATE/, 'rows of this kind, if they are as they were read'],
  [/^DELETE/, 'rows of this kind, if they are as they were read'],
  [/^SELECT/, 'read before deciding'],
]

/** The page about requests for so few and so many servers. */
export function pageOf(
  counts: readonly number[],
  few: readonly Logged[],
  many: readonly Logged[],
): string {
  const control = many.filter(({ text }) => /^(?:BEGIN|SET|COMMIT)\b/.test(text)).length
  const rows = many.map(({ text, ms }, at) => {
    const cells = [at + 1, tableOf(text), meaningOf(text), few[at]?.ms.toFixed(2), ms.toFixed(2)]
    return `| ${cells.join(' | ')} |\n`
  })
  const texts = many.map(({ text }, at) => `${at + 1}. \`${shown(text)}\`\n`)
  const sum = (all: readonly Logged[]): string => all.reduce((ms, one) => ms + one.ms, 0).toFixed(1)
  return `# What one request for ${counts[1]} servers says to PostgreSQL

Written by \`npm run statements\`, from the log of a PostgreSQL of its own with \`fsync\`, on an
empty cloud of 1,000 hosts, for servers without ports. One run on a machine that is shared with
others: the times are examples.

- Lines in the log: ${many.length} for ${counts[1]} servers and as many for ${counts[0]}; ${control}
  of them begin and end the transaction. What travels in one message is one line.
  What the process reads of the feed meanwhile, asked or not, is left out.
- The server parsed, planned and executed for ${sum(few)} ms for ${counts[0]} servers, and for
  ${sum(many)} ms for ${counts[1]}; the network comes on top.

| | table | what for | ms, ${counts[0]} servers | ms, ${counts[1]} servers |
|---|---|---|---|---|
${rows.join('')}
${texts.join('')}`
}

function meaningOf(text: string): string {
  const [, meaning] = meanings.find(([pattern]) => pattern.test(text)) ?? []
  if (meaning === undefined) throw new Error(`a statement without a meaning: ${text}`)
  return meaning
}

/** The first table of the cloud's schema that it names. */
function tableOf(text: string): string {
  const table = /"nephos"\."?(\w+(?:\.\w+)?)"?/.exec(text)?.[1]
  return table === undefined ? '' : `\`${table}\``
}

function shown(text: string): string {
  return text.length > textMost ? `${text.slice(0, textMost)} …` : text
}
