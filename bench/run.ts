import { BenchError } from './errors.ts'
import { judge } from './goals.ts'
import { conditions } from './harness/conditions.ts'
import { readOptions } from './harness/options.ts'
import { render } from './harness/table.ts'
import { suites } from './suites/index.ts'

/**
 * `npm run -s bench -- list`, or the name of a benchmark with its options. With `--json`, one
 * object on standard output. What the caller can mend is told in one line, with exit status 2.
 */
async function main(args: readonly string[]): Promise<void> {
  const [name = 'list', ...rest] = args
  if (name === 'list') {
    readOptions(rest, {})
    process.stdout.write(listing())
    return
  }
  const found = Object.hasOwn(suites, name) ? suites[name] : undefined
  if (found === undefined) {
    throw new BenchError(`no benchmark ${JSON.stringify(name)}; try: npm run -s bench -- list`)
  }
  const { json, ...values } = readOptions(rest, found.options)
  const report = await found.run(values)
  const where = conditions(args, report.tier)
  const goals = judge(name, report.figures)
  const { figures, notes = [] } = report
  if (json) {
    const whole = { suite: name, ...figures, goals, notes, conditions: where }
    process.stdout.write(`${JSON.stringify(whole)}\n`)
  } else {
    process.stdout.write(render(name, figures, goals, where, notes))
  }
}

function listing(): string {
  const lines: string[] = []
  for (const [name, { summary, options }] of Object.entries(suites)) {
    lines.push(`${name.padEnd(12)} ${summary}`)
    for (const [option, { placeholder, summary: said }] of Object.entries(options)) {
      const shown = placeholder === null ? `--${option}` : `--${option} ${placeholder}`
      lines.push(`${' '.repeat(15)}${shown.padEnd(18)} ${said}`)
    }
  }
  return `${lines.join('\n')}\nEach takes --json.\n`
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof BenchError)) throw error
  process.stderr.write(`bench: ${error.message}\n`)
  process.exitCode = 2
}
